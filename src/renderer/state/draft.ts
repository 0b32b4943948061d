// What is typed over what is stored: a field that nobody touched follows what others save meanwhile.
import { useEffect, useState } from 'react'

type Draft<T> = { draft: T; change: (news: Partial<T>) => void; changed: boolean }

/** `stored` as the form writes it, field by field. */
export function useDraft<T extends Record<string, unknown>>(stored: T): Draft<T> {
  const [typed, setTyped] = useState<Partial<T>>({})
  const written = JSON.stringify(stored)
  // What is stored as it was typed, or typed as it is stored, is no longer anybody's draft.
  useEffect(() => {
    const now = JSON.parse(written)
    const differs = ([field, value]: [string, unknown]) => JSON.stringify(value) !== JSON.stringify(now[field])
    const all = Object.entries(typed)
    const left = all.filter(differs)
    if (left.length < all.length) setTyped(Object.fromEntries(left) as Partial<T>)
  }, [written, typed])
  const draft = { ...stored, ...typed }
  return {
    draft,
    change: (news) => setTyped((before) => ({ ...before, ...news })),
    changed: JSON.stringify(draft) !== written,
  }
}
