// Words of the worklists: why somebody stands in one, what the lists mean, headings of files. English.
import type { PayWay } from './payment.ts'
import type { LeakWay, LockOutKind } from './worklists.ts'

/** One sentence for each list: shown beside it, on paper and in files. */
export const listDefinitions = {
  weekend:
    'Who can come in now and will be refused before Monday if nothing changes, those who come most often first. The moment is when doors close, by the rules that doors go by.',
  entering:
    'Lapsed or ended, and let in all the same in the last 30 days, after access had ended: by a permission, an event, a door that was held open, an old list or old data.',
  idle: 'Current for 60 days or longer, and nobody of the membership was let in in the last 60 days. Ask how they are: nobody has to be pushed.',
  recovered:
    'Refused at a door for want of money or let in late, and paid at the desk within a day: how long the payment took, and how long until the door let them in.',
  expiring:
    'Stripe will charge a bank card that has run out by then. Many banks tell Stripe of the new card by themselves, so ask before you chase.',
} as const

/** `over`: the agreed term has ended already. */
type Parts = {
  amount: string | null
  since: string | null
  end: string | null
  over: boolean
  by: string | null
  why: string | null
}

/** Why doors close for somebody. */
export const lockOutWords: Record<LockOutKind, (parts: Parts) => string> = {
  grace: ({ amount, since }) =>
    since === null
      ? 'A payment is late, and its grace runs out.'
      : `${amount ?? 'A payment'} is late since ${since}, and grace runs out.`,
  term: ({ end, over }) =>
    over
      ? `The agreed term ended ${end ?? ''}, and its grace runs out.`
      : `The agreed term ends ${end ?? ''} and is not renewed.`,
  ending: () => 'The membership ends, as was agreed.',
  pause: () => 'The membership is paused, and the paid days are used up.',
  provisional: () => 'The first bank debit is still on its way, and the access before it ends.',
  word: ({ by, why }) =>
    `The permission of ${by ?? 'somebody'}${why === null ? '' : ` (${why})`} runs out, and nothing else opens doors.`,
  card: () => 'The card runs out, and there is no other.',
  cover: () => 'The membership of somebody else covers them no longer.',
}

export const weekendWords = {
  retry: (at: string) => `Stripe tries again ${at}.`,
  owesToo: (amount: string, since: string) => `${amount} is late since ${since}.`,
  may: (charge: string, month: string, grace: string) =>
    `Stripe charges a bank card ${charge} that ran out in ${month}: if it fails, ${grace}.`,
  graceFollows: (days: number) => `${days} days of grace begin`,
  noGrace: 'doors close at once',
  noDay: (text: string) => `"${text}" is not a day: write it like 2026-12-03.`,
  past: 'That day is over: choose one that is still to come.',
}

/** By what somebody was let in, after "Let in 4 times". */
export const leakWords: Record<
  LeakWay['kind'],
  (parts: { by: string | null; why: string | null; door: string | null }) => string
> = {
  word: ({ by, why }) => `by ${by ?? 'somebody'}'s permission${why === null ? '' : ` (${why})`}`,
  event: ({ by, why }) => `by the event "${why ?? ''}"${by === null ? '' : ` of ${by}`}`,
  'held-open': ({ by, door }) => `while ${by ?? 'somebody'} held ${door ?? 'a door'} open`,
  stale: () => 'while Stripe was not reached and the data was old',
  list: ({ door }) => `by an old list of ${door ?? 'a door'}`,
}

export const leaksWords = {
  entering: (standing: 'lapsed' | 'ended', since: string, ways: readonly string[]) =>
    `${standing === 'lapsed' ? 'Lapsed' : 'Ended'} ${since}. Let in ${ways.join(', ')}.`,
  times: (count: number) => ['', 'once', 'twice'][count] ?? `${count} times`,
  never: (since: string) => `Member since ${since}, and was never let in.`,
  notSeen: (since: string, told: string) => `Member since ${since}; not let in since doors tell of visits, ${told}.`,
  lastIn: (since: string) => `Was last let in ${since}.`,
  nobodyOf: (count: number) => `Nobody of the ${count} people on the membership came.`,
  tooEarly: (since: string) => `Doors have told of visits only since ${since}: 60 days later this list begins.`,
  noDoors: 'No door has told of a visit yet: this list begins 60 days after the first.',
}

const HOW: Record<PayWay, string> = {
  reader: 'at the card reader',
  page: 'on their phone',
  'invoice-page': 'on their phone',
  cash: 'in cash',
  outside: 'by another way',
}

export const recoveredWords = {
  refused: (door: string, at: string) => `Refused at ${door} ${at}`,
  late: (door: string, at: string) => `Let in late at ${door} ${at}`,
  paid: (way: PayWay, minutes: number) => `paid ${HOW[way]} ${minutes === 0 ? 'at once' : `${span(minutes)} later`}`,
  paidAlone: (way: PayWay) => `Paid ${HOW[way]}; the swipe is not in the log any more`,
  back: (minutes: number) => `let in ${minutes === 0 ? 'at once' : `${span(minutes)} after that`}`,
  notBack: 'not let in since',
}

function span(minutes: number): string {
  if (minutes < 120) return minutes === 1 ? 'a minute' : `${minutes} minutes`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1_440)} days`
}

export const expiringWords = {
  ranOut: (month: string, charge: string) => `The bank card ran out in ${month}; Stripe charges it ${charge}.`,
  runsOut: (month: string, charge: string) => `The bank card runs out with ${month}; Stripe charges it ${charge}.`,
  subject: (space: string) => `Your bank card at ${space}`,
  body: (name: string, month: string, charge: string, space: string) =>
    `Hello ${name},\n\nthe bank card that pays for your membership is good until the end of ${month}, and the next payment is due ${charge}. Please give us the new one at the desk, or answer this mail and we send you a link.\n\n${space}\n`,
}

/** Headings of files. */
export const listColumns = {
  name: 'Name',
  standing: 'Standing',
  plan: 'Plan',
  moment: 'Doors close',
  certain: 'Certain',
  why: 'Why',
  owed: 'Owed',
  amount: 'Amount',
  currency: 'Currency',
  visits: 'Visits in 90 days',
  times: 'Times let in',
  last: 'Last let in',
  since: 'Since',
  perMonth: 'A month',
  paid: 'Paid',
  way: 'Way',
  by: 'By',
  door: 'Door',
  swipe: 'Swipe',
  toPay: 'Minutes to pay',
  toBack: 'Minutes until in again',
  charge: 'Next charge',
  expires: 'Card good until',
  email: 'Email',
  phone: 'Phone',
} as const
