// "Present the card now": one wait at a time owns the readers, for 60 s after the last card, and says how it went.

import type { CardRow } from '../../preload/shapes.ts'
import type { CardWait } from '../../preload/shapes-cards.ts'
import { waitWords } from '../domain/cards-en.ts'
import type { NewId } from '../domain/ids.ts'
import { type Ms, SECOND, toIso } from '../domain/time.ts'

export const WAIT_TIME = 60 * SECOND

/** What a card that came makes of the wait. `on`: it goes on, with a word about this card. */
export type Outcome = { sentence?: string | null; card?: CardRow | null } & (
  | { step: 'done' }
  | { step: 'refused'; sameAs?: CardWait['sameAs'] }
  | { step: 'on'; counts: boolean }
)

/** `door`: where a card was presented, null for a reader at the desk. Null: no matter of this wait. */
export type OnCard = (canonical: string, door: string | null) => Outcome | null

export type NewWait = Pick<CardWait, 'what' | 'member'> & { onCard: OnCard }

export type CardWaits = {
  /** Null while another has the readers. */
  begin(wait: NewWait): CardWait | null
  /** The one that has the readers. */
  current(): CardWait | null
  stop(id: string): void
  /** A card was read; true where somebody waited for it. */
  onRead(canonical: string, door: string | null): boolean
  /** A reader came or went. */
  onReaders(): void
}

export type CardWaitDeps = {
  now: () => Ms
  newId: NewId
  readerReady: () => boolean
  push: (wait: CardWait) => void
}

export function createCardWaits(deps: CardWaitDeps): CardWaits {
  let current: { wait: CardWait; onCard: OnCard } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Changes what is waited for, and tells it; whatever is no longer waiting has let go of the readers. */
  function tell(change: Partial<CardWait>): void {
    if (current === null) return
    const wait = { ...current.wait, ...change }
    if (wait.state === 'waiting') current = { ...current, wait }
    else {
      clearTimeout(timer)
      current = null
    }
    deps.push(wait)
  }

  function untilLater(): string {
    clearTimeout(timer)
    timer = setTimeout(() => tell({ state: 'timed-out', sentence: waitWords.timedOut }), WAIT_TIME)
    // A desk that is told to end does not wait for a card.
    timer.unref()
    return toIso(deps.now() + WAIT_TIME)
  }

  return {
    begin({ what, member, onCard }) {
      if (current !== null) return null
      const wait: CardWait = {
        id: deps.newId(),
        what,
        member,
        until: untilLater(),
        state: 'waiting',
        sentence: null,
        card: null,
        count: 0,
        sameAs: null,
        readerReady: deps.readerReady(),
      }
      current = { wait, onCard }
      return wait
    },
    current: () => current?.wait ?? null,
    stop(id) {
      if (current?.wait.id === id) tell({ state: 'cancelled' })
    },
    onRead(canonical, door) {
      const outcome = current?.onCard(canonical, door) ?? null
      if (current === null || outcome === null) return false
      const { sentence = null, card = null } = outcome
      if (outcome.step === 'done') tell({ state: 'done', sentence, card })
      else if (outcome.step === 'refused') tell({ state: 'refused', sentence, card, sameAs: outcome.sameAs ?? null })
      else tell({ sentence, card, until: untilLater(), count: current.wait.count + (outcome.counts ? 1 : 0) })
      return true
    },
    onReaders() {
      if (current !== null && current.wait.readerReady !== deps.readerReady()) tell({ readerReady: deps.readerReady() })
    },
  }
}
