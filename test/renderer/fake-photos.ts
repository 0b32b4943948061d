// Faces at the fake desk: photos, which it looks through as the real one does, and cards that were reported lost.
import { photoFault } from '../../src/main/domain/photo.ts'
import { lostCardSettled, noPhoto, photoRefusals } from '../../src/main/domain/photos-en.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'

export function photoHandlers(world: World): Handlers {
  const photos = new Map<string, { version: string; jpeg: string }>()
  const nameOf = (id: string) => world.members.find((member) => member.id === id)?.name ?? ''
  let last = 0
  const lost = () => {
    const cards = world.cards.filter(({ state }) => state === 'lost' || state === 'stolen')
    const lostBy = new Set(cards.map(({ member }) => member?.id))
    return world.feed.filter(({ seq, compare, member }) => compare && lostBy.has(member?.id) && !world.kept.has(seq))
  }
  return {
    'members.photos': () => Object.fromEntries([...photos].map(([id, { version }]) => [id, version])),
    'members.photo': ({ id }) => photos.get(id) ?? no('not-found', noPhoto(nameOf(id))),
    'members.setPhoto': ({ id, jpeg }) => {
      const fault = photoFault(Buffer.from(jpeg, 'base64'))
      if (fault !== null) return no('bad-request', photoRefusals[fault])
      last += 1
      photos.set(id, { version: `photo-${last}`, jpeg })
      return { ok: true }
    },
    'members.removePhoto': ({ id }) => (photos.delete(id) ? { ok: true } : no('wrong-state', noPhoto(nameOf(id)))),
    'feed.lostCards': () => lost(),
    'feed.keepLost': ({ seq }) => {
      const one = lost().find((row) => row.seq === seq)
      if (one === undefined) return no('wrong-state', lostCardSettled)
      for (const row of lost()) if (row.member?.id === one.member?.id) world.kept.add(row.seq)
      return { ok: true }
    },
  }
}
