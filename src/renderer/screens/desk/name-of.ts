// How a row of the feed is called in public: the person's name, that the card is nobody's, or what the door itself told.
import type { FeedRow } from '../../../preload/shapes-doors.ts'
import { deskWords } from '../../messages/desk-en.ts'

export function nameOf({ member, card, event }: FeedRow): string {
  if (event !== null) return deskWords.events[event]
  return member?.name ?? (card === '' ? deskWords.unreadableName : deskWords.unknownName)
}
