// The sentence for every reason, as staff read it: what happened, then what follows. English; other tongues stand beside it.
import type { Reason } from './reasons.ts'

/** Everything is already in words (names, dates, money); null where it is not known. */
export type SentenceParts = {
  name: string
  /** Looking back ("came in") or ahead ("may come in"). */
  came: string
  door: string
  plan: string
  short: string
  amount: string | null
  since: string | null
  until: string | null
  /** `until` is the end of a grace, not of a paid period. */
  late: boolean
  lastSync: string | null
  days: number | null
  declined: string | null
  why: string | null
  cardSince: string | null
}

/** "on 3 Dec", but "today". */
const on = (day: string) => (/^(today|yesterday|tomorrow)$/.test(day) ? day : `on ${day}`)

/** What ran out, where the renewal cannot be seen: a paid period, or the grace of a late payment. */
const ranOut = (p: SentenceParts) =>
  `${p.late ? 'The grace for a late payment ended' : 'Paid until'} ${p.until ?? 'a date we do not know'}`

export const sentences: Record<Reason, (p: SentenceParts) => string> = {
  ok: (p) => `${p.name} ${p.came}.`,
  'ok-keyholder': (p) => `${p.name} ${p.came}.`,
  'ok-grace': (p) =>
    `${p.name} ${p.came}. ${p.amount === null ? 'A payment' : `Payment of ${p.amount}`} is late${p.since === null ? '' : ` since ${p.since}`}${p.until === null ? '' : `; access ends ${p.until}`}.`,
  'ok-stale': (p) =>
    `${p.name} ${p.came}. ${ranOut(p)}; Stripe ${p.lastSync === null ? 'has not been reached' : `was last read ${p.lastSync}`}, so we cannot see the renewal yet.`,
  'ok-override': (p) => `${p.name} ${p.came} by permission${p.why === null ? '' : ` (${p.why})`}.`,
  'ok-held-open': (p) => `${p.door} is held open.`,
  lockdown: (p) =>
    `${p.door} is locked down${p.since === null ? '' : ` since ${p.since}`}${p.why === null ? '' : ` (${p.why})`}.`,
  'unreadable-card': () => 'The card could not be read cleanly. Try again, flat and still.',
  'unknown-card': (p) => `Nobody has this card (${p.short}).`,
  'card-unassigned': () => 'This card is ours but not given to anyone.',
  'card-not-yet-active': (p) => `${p.name}'s card starts ${p.cardSince === null ? 'later' : on(p.cardSince)}.`,
  'card-expired': (p) => `${p.name}'s card ran out${p.cardSince === null ? '' : ` ${on(p.cardSince)}`}.`,
  'card-lost': (p) =>
    `This card was reported lost by ${p.name}${p.cardSince === null ? '' : ` ${on(p.cardSince)}`}. Check who holds it.`,
  'card-stolen': (p) =>
    `This card was reported stolen by ${p.name}${p.cardSince === null ? '' : ` ${on(p.cardSince)}`}. Check who holds it.`,
  'card-suspended': (p) => `${p.name}'s card is paused${p.why === null ? '' : ` (${p.why})`}.`,
  'card-revoked': (p) => `This card was replaced or returned${p.cardSince === null ? '' : ` ${on(p.cardSince)}`}.`,
  'member-barred': (p) => `${p.name} is barred${p.since === null ? '' : ` since ${p.since}`}. Ask a manager.`,
  'no-membership': (p) => `${p.name} has no membership.`,
  'payment-pending': (p) => `${p.name}'s first payment is not through yet.`,
  lapsed: (p) =>
    `${p.name}'s payment${p.amount === null ? '' : ` of ${p.amount}`} ${p.since === null ? 'is missing' : `failed ${on(p.since)}`}${p.declined === null ? '' : `: ${p.declined}`}.${p.until === null ? '' : ` Access ended ${p.until}.`}`,
  frozen: (p) => `${p.name}'s membership is paused${p.until === null ? '' : `; the paid days ended ${p.until}`}.`,
  ended: (p) => `${p.name}'s membership ended${p.until === null ? '' : ` ${on(p.until)}`}.`,
  'billing-stale': (p) =>
    `${ranOut(p)}, and Stripe has not been reached ${p.days === null ? 'yet' : p.days < 1 ? 'since then' : `for ${p.days} ${p.days === 1 ? 'day' : 'days'}`}.`,
  'not-this-door': (p) => `${p.plan} does not open ${p.door}.`,
  'outside-hours': (p) => `${p.plan} does not open ${p.door} at this hour.`,
  'anti-passback': (p) => `${p.name} is already in, by our count.`,
}

/** Stripe's decline codes in plain words; whatever is not listed reads as a plain refusal by the bank. */
export function declinedInWords(code: string): string {
  switch (code) {
    case 'insufficient_funds':
      return 'not enough money on the account'
    case 'expired_card':
      return 'the bank card has expired'
    case 'lost_card':
    case 'stolen_card':
    case 'pickup_card':
      return 'the bank has blocked the bank card'
    case 'authentication_required':
      return 'the bank wants the payer to confirm it'
    case 'processing_error':
      return 'the bank could not process it just then'
    default:
      return 'the bank refused it'
  }
}

export const cameIn = 'came in'
export const mayComeIn = 'may come in'

/** "paid until 3 Dec", "access ends Sat 18:00": what stands beside the standing word. */
export const standingDates = {
  paidUntil: (date: string) => `paid until ${date}`,
  endsOn: (date: string) => `ends ${date}`,
  graceUntil: (date: string) => `access ends ${date}`,
  since: (date: string) => `since ${date}`,
  pausedUntil: (date: string) => `paid days until ${date}`,
}

/** What the panel says of a person as a whole, before any door is named. */
export const panelSentences = {
  pending: (name: string) => `${name}'s first payment is not through yet.`,
  grace: (name: string, amount: string | null, since: string | null, until: string | null) =>
    `${amount === null ? 'A payment' : `Payment of ${amount}`} by ${name} is late${since === null ? '' : ` since ${since}`}${until === null ? '' : `; access ends ${until}`}.`,
  noMembership: (name: string) => `${name} has no membership.`,
  noCard: (name: string) => `${name} has no card yet.`,
}
