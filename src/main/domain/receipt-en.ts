// What a decision stood on, in plain labels: for whoever asks "why exactly?". English.
import type { DecisionInput } from './decide.ts'
import type { Entitlement } from './standing.ts'

/** The line of the rules that decided, by its name (`decide.ts`). */
export const ruleWords: Record<string, string> = {
  'way-out': 'Nobody is kept from leaving',
  order: 'What was ordered of the door',
  card: 'The state of the card',
  bar: 'A bar',
  keyholder: 'A key of this door',
  override: 'A permission given by a person',
  event: 'An event of the space',
  guest: 'Being somebody’s guest',
  induction: 'An induction that the door asks for',
  guardian: 'Under age: with a guardian only',
  visits: 'Visits of the plan are counted',
  hours: 'Hours of the plan',
  'hours-of-minors': 'Under age: in certain hours only',
  presence: 'Nobody comes in twice without going out',
  plan: 'The plan does not open this door',
  membership: 'No membership covers them',
  'first-payment': 'The first payment',
  provisional: 'Access before the first payment',
  'provisional-over': 'Access before the first payment is over',
  unpaid: 'Unpaid after all tries',
  'cancelled-unpaid': 'Cancelled for want of payment',
  ended: 'The membership has ended',
  'known-end': 'Its agreed end has come',
  paid: 'Paid',
  grace: 'Grace for a late payment',
  'grace-over': 'Grace is over',
  'debit-processing': 'A bank debit is on its way',
  'end-of-day': 'The last day counts in full',
  'stale-allowance': 'The renewal could not be seen yet',
  'stale-allowance-over': 'The renewal could not be seen for too long',
  'pause-policy': 'Paused, and doors stay open by the space’s choice',
  'pause-unreviewed': 'Paused before the first import, not decided about yet',
  paused: 'Paused, and the paid days are over',
  uploaded: 'The door decided on its own while the desk was silent',
}

export const cardWords: Record<DecisionInput['card'], string> = {
  active: 'in order',
  unreadable: 'not readable',
  unknown: 'nobody’s',
  unassigned: 'given to nobody',
  stolen: 'reported stolen',
  lost: 'reported lost',
  revoked: 'taken back',
  suspended: 'paused',
  'not-yet-active': 'not valid yet',
  expired: 'ran out',
}

export const phaseWords: Record<Entitlement['phase'], string> = {
  pending: 'first payment open',
  paid: 'paid',
  owing: 'a payment is late',
  term: 'agreed at the desk',
  frozen: 'paused',
  lapsed: 'unpaid',
  ended: 'ended',
}

export const receiptLabels = {
  rule: 'Decided by',
  card: 'Card',
  plan: 'Membership',
  memberships: 'Memberships looked at',
  paidUntil: 'Paid until',
  graceUntil: 'Grace until',
  knownEnd: 'Agreed end',
  provisionalUntil: 'Before payment until',
  hours: 'Hours',
  visits: 'Visits',
  missingInduction: 'Induction missing',
  guestOf: 'Guest of',
  minor: 'Under age',
  passback: 'By our count',
  permission: 'Permission',
  order: 'Ordered',
  keyholder: 'Keyholder',
  barred: 'Barred',
  extendedTo: 'Stale data held until',
  freshSince: 'Stripe last read',
  uploadedAt: 'Told by the door',
  version: 'Rules and data',
  row: 'Row of the log',
}

export const receiptWords = {
  yes: 'yes',
  plan: (plan: string, phase: string) => `${plan}, ${phase}`,
  visits: (used: number, allowed: number, per: string, today: boolean) =>
    `${used} of ${allowed} of this ${per}${today ? ', today among them' : ''}`,
  visitTaken: (text: string) => `${text}; this is one more`,
  host: (name: string, isIn: boolean) => `${name}, who ${isIn ? 'was' : 'was not'} in`,
  guardian: { true: 'a guardian was in', false: 'no guardian was in', null: 'no guardian needed' },
  inside: (already: boolean) => (already ? 'in already' : 'not in'),
  permission: (by: string, until: string, event: string | null, taken: boolean) =>
    `${event === null ? '' : `${event}, `}by ${by} until ${until}${taken ? ', one use taken' : ''}`,
  order: (mode: 'lockdown' | 'held-open', by: string | null, until: string | null, withKeyholders: boolean) =>
    `${mode === 'lockdown' ? 'locked down' : 'held open'}${withKeyholders ? ', keyholders too' : ''}${by === null ? '' : `, by ${by}`}${until === null ? '' : `, until ${until}`}`,
  never: 'never',
  age: (moment: string, minutes: number) =>
    minutes < 1
      ? `${moment}, just before`
      : minutes < 120
        ? `${moment}, ${minutes} min before`
        : minutes < 2_880
          ? `${moment}, ${Math.round(minutes / 60)} h before`
          : `${moment}, ${Math.round(minutes / 1_440)} days before`,
  version: (policy: number, revision: number) => `rules ${policy}, data ${revision}`,
}
