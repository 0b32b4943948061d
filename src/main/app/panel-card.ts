// What keeps somebody out who may come in: their only card waits for its day, or ran out.
import type { CardRow, MemberPanel } from '../../preload/shapes.ts'
import { cardSentences } from '../domain/messages-en.ts'
import { sayDay } from '../domain/say.ts'
import type { ReadDeps } from './deps.ts'
import { voiceOf } from './sentences.ts'

const REMEDIES = { 'not-yet-active': 'start-card', expired: 'extend-card' } as const

/** Null where neither is so; `cards` the newest first, none of which works. */
export function cardHeadline(
  deps: ReadDeps,
  name: string,
  cards: readonly CardRow[],
): Pick<MemberPanel, 'sentence' | 'remedies'> | null {
  for (const { state, since } of cards) {
    if (state !== 'not-yet-active' && state !== 'expired') continue
    const day = since === null ? null : sayDay(Date.parse(since), voiceOf(deps))
    return { sentence: cardSentences[state](name, day), remedies: [REMEDIES[state]] }
  }
  return null
}
