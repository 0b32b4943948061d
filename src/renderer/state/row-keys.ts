// A list that keys walk: j and k or the arrows go from row to row, and Tab stops at one of them.
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useKeys } from './keys.ts'

type RowKeys = {
  /** Of what holds the rows; in each, what takes the focus is marked `data-open`. */
  body: RefObject<HTMLTableSectionElement | null>
  /** The row in turn. */
  at: number
  setAt: (index: number) => void
}

/** `list`: what is listed, in a word; another list begins at its top. */
export function useRowKeys(count: number, list: string | undefined): RowKeys {
  const [active, setActive] = useState(0)
  const body = useRef<HTMLTableSectionElement>(null)
  const at = Math.min(active, count - 1)

  // The first press goes to the row that the eye is on, not past it.
  function step(by: number, event: KeyboardEvent): void {
    event.preventDefault()
    const inside = body.current?.contains(document.activeElement)
    const next = Math.max(0, Math.min(count - 1, inside ? at + by : at))
    setActive(next)
    body.current?.querySelectorAll<HTMLElement>('[data-open]')[next]?.focus()
  }
  useKeys({
    j: (event) => step(1, event),
    k: (event) => step(-1, event),
    ArrowDown: (event) => step(1, event),
    ArrowUp: (event) => step(-1, event),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top.
  useEffect(() => setActive(0), [list])
  return { body, at, setAt: setActive }
}
