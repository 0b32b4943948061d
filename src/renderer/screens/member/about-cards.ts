// Which answers on screen may be different after something was done to a card.
import type { CallName } from '../../../preload/contract.ts'

export const ABOUT_CARDS: CallName[] = [
  'members.get',
  'cards.list',
  'cards.find',
  'cards.history',
  'feed.why',
  'feed.lostCards',
]
