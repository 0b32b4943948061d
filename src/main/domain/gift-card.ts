// A gift card: sold once, redeemed once, as credit at Stripe. Its code is told when it is sold and kept nowhere. Pure.
import type { Money } from './money.ts'
import { deedNow } from './money-journal.ts'
import type { DeedNow, Fault } from './sign-up.ts'
import type { Ms } from './time.ts'

export type GiftFact = { at: Ms } & (
  | {
      kind: 'started'
      number: number
      amount: Money
      paidBy: string
      receipt: string | null
      note: string | null
      salt: string
      digest: string
    }
  /** Whose it is to be; it is theirs until Stripe has said no. */
  | { kind: 'claimed'; memberId: string; customerId: string }
  | { kind: 'begun'; deed: 'credit'; key: string }
  | { kind: 'made'; deed: 'credit'; creditId: string }
  | { kind: 'refused'; deed: 'credit'; fault: Fault }
  | { kind: 'closed'; how: 'redeemed' | 'withdrawn' }
)

export type GiftNow = Omit<Extract<GiftFact, { kind: 'started' }>, 'kind'> & {
  state: 'unused' | 'going' | 'redeemed' | 'withdrawn'
  since: Ms
  claim: { memberId: string; customerId: string } | null
  credit: DeedNow
}

export function giftAt(facts: readonly GiftFact[]): GiftNow | null {
  const [start] = facts
  if (start?.kind !== 'started') return null
  let now: GiftNow = { ...start, state: 'unused', since: start.at, claim: null, credit: deedNow(facts, 'credit') }
  for (const fact of facts) {
    if (fact.kind === 'claimed')
      now = { ...now, state: 'going', since: fact.at, claim: { memberId: fact.memberId, customerId: fact.customerId } }
    if (fact.kind === 'refused') now = { ...now, state: 'unused', claim: null }
    if (fact.kind === 'closed') now = { ...now, state: fact.how, since: fact.at }
  }
  return now
}

/** Crockford's alphabet: no letter looks like a digit. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LONG = 16

/** Sixteen letters, eighty bits, in groups of four; `hex` is twenty digits of chance. */
export function giftCode(hex: string): string {
  const bits = BigInt(`0x${hex}`)
  const letters = Array.from({ length: LONG }, (_, n) => LETTERS[Number((bits >> BigInt(5 * n)) & 31n)])
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** As it is digested, however it was written down or read out; null where it can be no code. */
export function readGiftCode(text: string): string | null {
  const letters = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return letters.length === LONG && [...letters].every((letter) => LETTERS.includes(letter)) ? letters : null
}
