// Photos of people: which there are, as the desk tells; each picture is asked for once, when a face is first shown.
import { useEffect } from 'react'
import { create } from 'zustand'
import { call } from './link.ts'

/** `versions` by person; `pictures` as data URLs, by person and version. */
type PhotoFacts = { versions: Record<string, string>; pictures: Record<string, string> }

const usePhotos = create<PhotoFacts>(() => ({ versions: {}, pictures: {} }))

/** So many at once: a long list of faces must not hold up what else is asked of the desk. */
const AT_ONCE = 4
const asked = new Set<string>()
const queue: { id: string; key: string }[] = []
let running = 0

const keyOf = (id: string, version: string) => `${id} ${version}`

export async function loadPhotos(): Promise<void> {
  const outcome = await call('members.photos', {})
  if (!outcome.ok) return
  const current = new Set(Object.entries(outcome.value).map(([id, version]) => keyOf(id, version)))
  usePhotos.setState(({ pictures }) => ({
    versions: outcome.value,
    // What was replaced or taken off is not kept here either.
    pictures: Object.fromEntries(Object.entries(pictures).filter(([key]) => current.has(key))),
  }))
}

/** Null where there is none, or it is not here yet. */
export function usePhoto(id: string | null): string | null {
  const versions = usePhotos((facts) => facts.versions)
  const version = id === null ? undefined : versions[id]
  const key = id === null || version === undefined ? null : keyOf(id, version)
  const picture = usePhotos(({ pictures }) => (key === null ? null : (pictures[key] ?? null)))
  // biome-ignore lint/correctness/useExhaustiveDependencies: one that could not be had is asked for again after each telling.
  useEffect(() => {
    if (id === null || key === null || picture !== null || asked.has(key)) return
    asked.add(key)
    queue.push({ id, key })
    void fetchNext()
  }, [id, key, picture, versions])
  return picture
}

export function useHasPhoto(id: string): boolean {
  return usePhotos(({ versions }) => versions[id] !== undefined)
}

async function fetchNext(): Promise<void> {
  const next = running < AT_ONCE ? queue.shift() : undefined
  if (next === undefined) return
  running += 1
  const outcome = await call('members.photo', { id: next.id })
  running -= 1
  asked.delete(next.key)
  if (outcome.ok) {
    const key = keyOf(next.id, outcome.value.version)
    const picture = `data:image/jpeg;base64,${outcome.value.jpeg}`
    usePhotos.setState(({ pictures }) => ({ pictures: { ...pictures, [key]: picture } }))
  }
  void fetchNext()
}
