// How a swipe is called in public: the person's name, or plainly that the card says nobody's.
import type { FeedRow } from '../../../preload/shapes.ts'
import { deskWords } from '../../messages/desk-en.ts'

export function nameOf({ member, card }: FeedRow): string {
  return member?.name ?? (card === '' ? deskWords.unreadableName : deskWords.unknownName)
}
