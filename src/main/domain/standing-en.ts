// Words about standing beyond a door's sentence: why it changed, what staff should look at, discounts, pauses. English.
import type { Cause, ClockCause, Flag } from './cause.ts'

/** Why a person became what they were: "current (payment is in order)" in the history. */
export const causeWords: Record<Cause | ClockCause, string> = {
  before: 'known from before the history was kept',
  paid: 'paid',
  trial: 'in a trial',
  ending: 'paid, and cancelled for a later date',
  'first-payment': 'the first payment is not through',
  'first-debit': 'the first bank debit is on its way',
  late: 'a payment is late',
  'late-debit': 'a payment is late, and a bank debit for it is on its way',
  unpaid: 'Stripe has stopped trying to collect the payment',
  'paused-collection': 'payments are paused',
  'paused-requested': 'paused on request',
  'paused-trial-end': 'paused because the trial ended without a way to pay',
  'paused-system': 'paused by Stripe',
  cancelled: 'cancelled at once',
  'cancelled-unpaid': 'cancelled because the payment failed',
  'cancelled-as-agreed': 'cancelled for this date',
  'never-completed': 'the first payment was never made',
  'unknown-status': 'Stripe uses a word for it that Latchkey does not know',
  term: 'agreed at the desk',
  held: 'held over from the former Stripe account',
  'no-membership': 'what was bought is no membership any more',
  'end-reached': 'the agreed end was reached',
  'grace-over': 'the grace ran out',
  'term-over': 'the agreed term ended',
  'not-covered': 'no longer covered by a membership',
}

/** "Full member and Studio". */
export const allOf = (plans: readonly string[]) => plans.join(' and ')

/** In the brackets after "is paused". */
export const pauseWords = (cause: Cause): string | null =>
  cause.startsWith('paused-') ? causeWords[cause].replace(/^paused /, '') : null

/** What to look at, in the member panel. */
export const flagWords: Record<Flag | 'pause-unreviewed', string> = {
  'unknown-status':
    'Stripe uses a word for this subscription that Latchkey does not know, so it keeps its former standing. Look at it in Stripe.',
  'paused-by-system': 'Stripe paused this subscription by itself. Look in Stripe for why.',
  'price-unmapped': 'What this subscription is for is not among the plans any more. Say in Settings which plan it is.',
  'pause-unreviewed':
    'It was paused when Latchkey first read Stripe. Doors let them in until you have decided about pauses.',
}

/** Payments that a bank questions or took back; `whose` is "The" or "Ada Lovelace's". Nobody is locked out for one. */
export const disputeWords = {
  open: (whose: string, amount: string, until: string | null) =>
    `${whose} bank has taken back ${amount} or questions it. Answer it in Stripe${until === null ? '' : ` by ${until}`}; access goes on meanwhile.`,
  lost: (whose: string, amount: string) =>
    `${whose} bank has taken back ${amount} for good. Talk to them; access goes on meanwhile.`,
}

/** How an open payment stands, where nobody has said no. */
export const paymentStates = {
  processing: 'the bank debit is on its way',
  verify: 'the bank account is not verified yet',
  confirm: 'the payer has to confirm it at the bank',
  none: 'no payment has been made yet',
}

export const discountWords = {
  once: (off: string) => `${off} off once`,
  until: (off: string, day: string) => `${off} off until ${day}`,
  forever: (off: string) => `${off} off for good`,
  percent: (percent: number) => `${percent} %`,
  unknown: 'Some',
}

export const pendingChangeWords = (plans: readonly string[], owed: string | null) =>
  `${allOf(plans)}, once ${owed ?? 'its invoice'} is paid; a day later it is dropped`

/** "Studio from 1 Dec". */
export const scheduledChangeWords = (plans: readonly string[], day: string) => `${allOf(plans)} from ${day}`

/** Rows of the inbox: what happened, then what to do; `step` is what is missing. */
export const inboxWords = {
  'paid-days-left': (name: string, ended: string, until: string) =>
    `${name}'s membership was cancelled at once ${ended}, with days paid until ${until}. Give access until then, or put this away.`,
  'cancelled-unpaid': (name: string, day: string | null, amount: string | null) =>
    `${name}'s membership was cancelled${day === null ? '' : ` ${day}`} because ${amount ?? 'a payment'} was not paid. Have the invoice paid, or give it up in Stripe.`,
  'paused-at-import': (name: string) =>
    `${name} was paused when Latchkey first read Stripe. Until you have decided about pauses, doors let them in.`,
  'paused-by-system': (name: string) => `Stripe paused ${name}'s subscription by itself. Look in Stripe for why.`,
  'unknown-status': (name: string) =>
    `Stripe uses a word for ${name}'s subscription that Latchkey does not know. It keeps its former standing; look at it in Stripe.`,
}

export const inboxSteps = {
  'paid-days-left': 'access for the paid days',
  'cancelled-unpaid': 'the payment of an open invoice',
  'paused-at-import': 'a decision about pauses',
  'paused-by-system': 'a look at Stripe',
  'unknown-status': 'a look at Stripe',
  dispute: 'an answer to the bank',
}

/** What is said when access by a person's word is asked for and cannot be given. */
export const accessRefusals = {
  noMember: 'This person is not here any more: search for them by name.',
  noMoment: (text: string) => `"${text}" is not a day: write it like 2026-12-03, or choose one.`,
  past: 'Choose a day that is still to come.',
  noWhy: 'Say why they may come in: it stands in the log.',
  gone: 'This access has ended already.',
}
