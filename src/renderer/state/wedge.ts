// A reader that types goes to whatever has the focus: its text is taken out of there again and handed to the desk.
// Typing by hand arrives as it was typed; only while such a reader is in use are keys looked at at all.
import { createBurst, GAP } from './burst.ts'
import { useLamps } from './lamps.ts'
import { call } from './link.ts'
import { ourSearch, useReaderSearch } from './reader-search.ts'

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
/** How the field with the focus was before the first key. */
type Before = { field: Field; value: string; from: number | null; to: number | null }

function isInUse(): boolean {
  const search = ourSearch(useReaderSearch.getState())
  if (search?.port === 'keyboard' && search.state !== 'ended') return true
  return useLamps.getState().lamps?.readers.some(({ profile }) => profile === 'wedge') ?? false
}

export function catchWedge(): void {
  const burst = createBurst()
  let before: Before | null = null
  /** Keys outside a field, which may be orders to the page: they are given once they are known to be no card. */
  let held: KeyboardEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const release = () => {
    clearTimeout(timer)
    const keys = held
    held = []
    for (const key of keys) key.target?.dispatchEvent(new KeyboardEvent('keydown', key))
  }

  window.addEventListener(
    'keydown',
    (event) => {
      // What is dispatched here is let through: it has been looked at.
      if (!event.isTrusted || event.ctrlKey || event.altKey || event.metaKey || !isInUse()) return
      const { key, timeStamp: at, repeat } = event
      const pressed = burst.press({ key, at, repeat })
      if (pressed.is === 'text') {
        event.preventDefault()
        event.stopImmediatePropagation()
        clearTimeout(timer)
        held = []
        if (before !== null) putBack(before)
        before = null
        void call('readers.typed', { text: pressed.text })
        return
      }
      if (key === 'Shift') return
      if (pressed.is === 'first') before = fieldOf(event.target)
      if (pressed.is !== 'more') release()
      if (pressed.is === 'other' || before !== null) return
      event.stopImmediatePropagation()
      held.push(event)
      clearTimeout(timer)
      timer = setTimeout(release, GAP)
    },
    { capture: true },
  )
}

function fieldOf(target: EventTarget | null): Before | null {
  if (target instanceof HTMLSelectElement) return { field: target, value: target.value, from: null, to: null }
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return null
  if (['checkbox', 'radio', 'button', 'submit'].includes(target.type)) return null
  return { field: target, value: target.value, from: target.selectionStart, to: target.selectionEnd }
}

/** By the browser's own setter, and told as typing would be: the page holds a copy of what stands in its fields. */
function putBack({ field, value, from, to }: Before): void {
  if (!field.isConnected || field.value === value) return
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
  if (!(field instanceof HTMLSelectElement) && from !== null) field.setSelectionRange(from, to)
}
