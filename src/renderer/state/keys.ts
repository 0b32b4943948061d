// Single keys do things, but never while somebody types, and Ctrl or Alt belong to the browser.
import { useEffect, useRef } from 'react'

type Keys = Record<string, (event: KeyboardEvent) => void>

const TYPING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]'
/** In front of the page: its own keys rest until it is gone. */
export const IN_FRONT = '[role=dialog], [role=alertdialog], [role=menu]'

export function useKeys(keys: Keys, { everywhere = false } = {}): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    function pressed(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest(TYPING)) return
      if (!everywhere && document.querySelector(IN_FRONT) !== null) return
      latest.current[event.key]?.(event)
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [everywhere])
}
