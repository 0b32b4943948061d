// The calls about faces, each mapped to its use case.
import type { photoCalls } from '../../preload/calls-photos.ts'
import { lostCards } from './feed.ts'
import type { HandlersOf } from './handler-type.ts'
import { keepLost } from './lost-cards.ts'
import { listPhotos, readPhoto, removePhoto, setPhoto } from './photos.ts'
import { done } from './result.ts'

export const photoHandlers = {
  'members.photos': (deps) => done(listPhotos(deps)),
  'members.photo': (deps, { id }) => readPhoto(deps, id),
  'members.setPhoto': (deps, args) => setPhoto(deps, args),
  'members.removePhoto': (deps, { id }) => removePhoto(deps, id),
  'feed.lostCards': (deps) => done(lostCards(deps)),
  'feed.keepLost': (deps, { seq }) => keepLost(deps, seq),
} satisfies HandlersOf<typeof photoCalls>
