// What is done with money at Stripe is a journal: payments of what is owed, refunds, gift cards. Each deed stands there before
// it is asked for and after, with a key that makes a second asking harmless. Pure.
import type { DeedNow, Fault } from './sign-up.ts'

export const MONEY_KINDS = ['payment', 'refund', 'gift-card'] as const
export type MoneyKind = (typeof MONEY_KINDS)[number]

type DeedFact<D extends string> =
  /** Before Stripe is asked. */
  { kind: 'begun'; deed: D; key: string } | { kind: 'made'; deed: D } | { kind: 'refused'; deed: D; fault: Fault }

export const NO_DEED: DeedNow = { state: 'none', attempt: 0, key: null }

/** How one deed stands; facts of other deeds say nothing of it. `givenUp`: a kind of fact after which what was open is not
 * taken up again. */
export function deedNow<D extends string>(
  facts: readonly (DeedFact<D> | { kind: string })[],
  deed: D,
  givenUp: string | null = null,
): DeedNow {
  let now = NO_DEED
  for (const fact of facts) {
    if (fact.kind === givenUp && now.state === 'open') now = { ...now, state: 'refused' }
    if (!('deed' in fact) || fact.deed !== deed) continue
    if (fact.kind === 'begun') {
      // The same key is the same attempt, taken up again.
      const attempt = now.key === fact.key ? now.attempt : now.attempt + 1
      now = { state: 'open', attempt, key: fact.key }
    } else now = { ...now, state: fact.kind === 'made' ? 'made' : 'refused' }
  }
  return now
}

/** The same while it is not known how it went, another after a clear no. */
export function keyOfDeed(what: MoneyKind, id: string, deed: string, now: DeedNow): string {
  if (now.state === 'open' && now.key !== null) return now.key
  return `${what}:${id}:${deed}:${now.attempt + 1}`
}
