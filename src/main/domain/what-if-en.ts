// Words of "What if": what a rule would have changed, and what somebody could have done at a door. English.
import type { Reason } from './reasons.ts'
import type { Unknown } from './what-if.ts'

export const whatIfDefinition =
  'Each swipe is decided anew by itself: whoever was refused may not have come again, and whoever is refused may have paid. Cards, bars, lockdowns and what a door decided alone while the desk was silent stay as they were. Plans, hours and time zone are those of today.'

export const unknownWords: Record<Unknown, string> = {
  'older-rules': 'they were decided by an older version of Latchkey',
  'not-kept': 'what was stored of the membership then does not fit the row of the log',
  'other-answer': 'even without a change they do not come out as they were recorded',
}

/** Why, in two or three words: beside "let in" or "refused". */
const SHORT: Partial<Record<Reason, string>> = {
  ok: 'paid',
  'ok-grace': 'in grace',
  'ok-stale': 'by older data',
  'payment-pending': 'first payment missing',
  lapsed: 'lapsed',
  frozen: 'paused',
  ended: 'ended',
  'billing-stale': 'data too old',
  'not-this-door': 'not this door',
  'outside-hours': 'outside the hours',
  'anti-passback': 'already in',
  'no-membership': 'no membership',
}

export function shortReason(reason: Reason): string {
  return SHORT[reason] ?? reason.replaceAll('-', ' ')
}

const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)

/** Of one person at one door. */
export const whatIfRow = {
  letIn: (name: string, door: string, count: number, was: Reason, would: Reason) =>
    `${name} was refused ${times(count)} at ${door} (${shortReason(was)}) and would have come in (${shortReason(would)}).`,
  refused: (name: string, door: string, count: number, was: Reason, would: Reason) =>
    `${name} came in ${times(count)} at ${door} (${shortReason(was)}) and would have been refused (${shortReason(would)}).`,
}

export const whatIfRefusals = {
  stopped: 'This was stopped, or somebody tried another rule since.',
  noDoor: (id: string) => `There is no door "${id}": choose one of the list.`,
  noPlan: (id: string) => `There is no plan "${id}": choose one of the list.`,
  noHours: (id: string) => `There are no hours "${id}": choose some of the list.`,
  noMoment: (text: string) => `"${text}" is not a moment: write it like 2026-03-03T21:00.`,
  noLog: 'No door has been used yet: there is nothing to try a rule on.',
}

/** The answer to "could they?", before the reason. */
export const couldWords = {
  yes: (moment: string, door: string) => `${moment} at ${door}: yes.`,
  no: (moment: string, door: string) => `${moment} at ${door}: no.`,
  noCard: (name: string, past: boolean) =>
    `${name} ${past ? 'had no card then' : 'has no card'}: this is what a card in order ${past ? 'would have been' : 'would be'} told.`,
  noMembership: (name: string) => `${name} had no membership then.`,
  rulesOfToday: 'Plans, hours and inductions that the door asks for are those of today: what they were is not kept.',
  fresh: 'When Stripe had last been read is not known for that hour: it is taken to have been read.',
  ahead: 'By what is known now: a payment, or a change of the rules, may alter it.',
  agrees: (moment: string) => `The log agrees: swiped ${moment}.`,
  differs: (moment: string) => `The log says otherwise: swiped ${moment}.`,
}

export const whatIfColumns = {
  name: 'Name',
  door: 'Door',
  first: 'First swipe',
  last: 'Last swipe',
  count: 'Swipes',
  was: 'Was',
  would: 'Would be',
  sentence: 'In words',
} as const
