// When what has the focus goes away, the focus goes to the row beside it or to the heading above, not to nothing; and while
// a button is grey because it works, its focus waits for it.
import { useEffect } from 'react'
import { IN_FRONT } from './keys.ts'

/** What is over the page for a while: the focus comes back from there. */
const OVER = `${IN_FRONT}, [data-cover]`
const ROW = 'li, tr'
const HEADING = 'h1, h2, h3'

/** Where something stands, from the nearest outwards; each row with those after it, then those before it. */
type Place = { element: HTMLElement; around: { it: Element; rows: Element[] }[] }

export function useKeptFocus(): void {
  useEffect(() => {
    let last: HTMLElement | null = null
    /** Of what last had the focus on the page itself. */
    let place: Place | null = null

    function came({ target }: FocusEvent): void {
      if (!(target instanceof HTMLElement)) return
      last = target
      if (target.closest(OVER) === null) place = placeOf(target)
    }
    function went(): void {
      // Somebody clicked beside it: there is nothing to hold.
      queueMicrotask(() => {
        if (last !== null && isFree() && last.isConnected && !last.matches(':disabled')) last = null
      })
    }
    function look(): void {
      if (last === null || !isFree()) return
      if (!last.isConnected && document.querySelector(OVER) === null) last = place && left(place)
      if (last === null || last.matches(':disabled')) return
      if (last.tabIndex < 0) last.tabIndex = -1
      last.focus({ preventScroll: true })
      // Whoever works with the mouse looks where it is.
      if (last.matches(':focus-visible')) last.scrollIntoView({ block: 'nearest' })
    }

    const changes = new MutationObserver(look)
    changes.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] })
    document.addEventListener('focusin', came)
    document.addEventListener('focusout', went)
    return () => {
      changes.disconnect()
      document.removeEventListener('focusin', came)
      document.removeEventListener('focusout', went)
    }
  }, [])
}

function isFree(): boolean {
  return document.activeElement === document.body || document.activeElement === null
}

function placeOf(element: HTMLElement): Place {
  const around: Place['around'] = []
  for (let it = element.parentElement; it !== null; it = it.parentElement) {
    const beside = it.matches(ROW) ? [...(it.parentElement?.children ?? [])] : []
    const at = beside.indexOf(it)
    around.push({ it, rows: [...beside.slice(at), ...beside.slice(0, Math.max(0, at)).reverse()] })
  }
  return { element, around }
}

function left({ element, around }: Place): HTMLElement | null {
  if (element.isConnected) return element
  for (const { it, rows } of around) {
    const row = rows.find((one) => one.isConnected)
    const found = row === undefined ? it.isConnected && it.querySelector(HEADING) : inRow(row)
    if (found instanceof HTMLElement) return found
  }
  return null
}

/** What opens it, else what it is called, else all of it. */
function inRow(row: Element): Element {
  return row.querySelector('[data-open]') ?? row.querySelector(HEADING) ?? row
}
