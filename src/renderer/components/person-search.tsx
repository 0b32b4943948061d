// Search as one types: a field with a list below it; arrows move, Enter takes, Escape leaves.
import { Search as SearchIcon } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useRef, useState } from 'react'
import type { MemberRow } from '../../preload/shapes.ts'
import type { Search } from '../state/search.ts'
import { Avatar } from './avatar.tsx'
import { cx } from './cx.ts'
import { inputClass } from './field.tsx'
import { StandingChip } from './state-chips.tsx'

type Props = {
  search: Search
  label: string
  hint: string
  nobody: (text: string) => ReactNode
  found: (count: number) => string
  onTake: (member: MemberRow) => void
  inputRef?: Ref<HTMLInputElement>
  /** Over the page, or in the flow of a dialog. */
  floating: boolean
  keyHint?: ReactNode
}

export function PersonSearch({ search, label, hint, nobody, found, onTake, inputRef, floating, keyHint }: Props) {
  const { text, hits, foundFor, sentence } = search.useSearch()
  const [active, setActive] = useState(0)
  const [focused, setFocused] = useState(false)
  const listId = useId()
  const rows = hits ?? []
  const open = hits !== null && text.trim() !== '' && (focused || !floating)

  /** Enter came before the answer: readers that type a number press it at once. */
  const hurried = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: other hits begin at the top again.
  useEffect(() => {
    setActive(0)
    if (hurried.current && foundFor === text.trim()) take(rows[0])
    if (foundFor === text.trim()) hurried.current = false
  }, [foundFor, hits])
  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [active, listId])

  function take(row: MemberRow | undefined): void {
    if (row === undefined) return
    search.clear()
    onTake(row)
  }

  function pressed(event: KeyboardEvent<HTMLInputElement>): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && rows.length > 0) {
      event.preventDefault()
      setActive((active + step + rows.length) % rows.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (foundFor === text.trim()) take(rows[active])
      else hurried.current = true
    } else if (event.key === 'Escape' && text !== '') {
      event.preventDefault()
      event.stopPropagation()
      search.clear()
    } else if (event.key === 'Escape' && floating) event.currentTarget.blur()
  }

  return (
    <div className="relative w-full">
      <div className="relative">
        <SearchIcon className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-3" />
        <input
          ref={inputRef}
          type="text"
          role="combobox"
          aria-label={label}
          aria-expanded={open}
          aria-controls={open && rows.length > 0 ? listId : undefined}
          aria-activedescendant={open && rows.length > 0 ? `${listId}-${active}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={hint}
          value={text}
          onChange={(event) => {
            hurried.current = false
            search.type(event.target.value)
          }}
          onKeyDown={pressed}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          className={cx(inputClass, 'pr-10 pl-9')}
        />
        {keyHint && text === '' && (
          <span className="pointer-events-none absolute top-1/2 right-3 flex -translate-y-1/2 text-ink-3">
            {keyHint}
          </span>
        )}
      </div>
      <p role="status" className="sr-only">
        {open ? found(rows.length) : ''}
      </p>
      {open && (
        <div
          className={cx(
            'overflow-hidden rounded-md border border-line bg-raised',
            floating ? 'arrives absolute top-full right-0 left-0 z-30 mt-2 min-w-90 shadow-float' : 'mt-2',
          )}
        >
          {rows.length === 0 ? (
            <div className="px-4 py-5 text-14 text-ink-2">{sentence ?? nobody(foundFor)}</div>
          ) : (
            <div id={listId} role="listbox" aria-label={label} className="max-h-[min(60vh,400px)] overflow-y-auto p-1">
              {rows.map((row, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys.
                // biome-ignore lint/a11y/useFocusableInteractive: options are pointed at by aria-activedescendant.
                <div
                  key={row.id}
                  id={`${listId}-${index}`}
                  role="option"
                  aria-selected={index === active}
                  onMouseDown={(event) => event.preventDefault()}
                  onMouseMove={() => setActive(index)}
                  onClick={() => take(row)}
                  className={cx('flex items-center gap-3 rounded-md px-3 py-2', index === active && 'bg-hover')}
                >
                  <Avatar person={row} size="small" />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate text-14 font-medium">{row.name}</span>
                    <span className="block truncate text-13 text-ink-3">{row.plans.join(', ') || row.emails[0]}</span>
                  </span>
                  <StandingChip standing={row.standing} />
                </div>
              ))}
            </div>
          )}
        </div>
      )}
    </div>
  )
}
