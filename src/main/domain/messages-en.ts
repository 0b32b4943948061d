// The sentence for every reason, as staff read it: what happened, then what follows. English; other tongues stand beside it.
import type { Detail, Reason } from './reasons.ts'

/** Everything is already in words (names, dates, money); null where it is not known. */
export type SentenceParts = {
  /** More about a refusal, and the line of the rules that decided. */
  detail: Detail | null
  rule: string
  name: string
  /** Looking back ("came in", "went out"; "could come in", "could go out") or ahead ("may come in", "may go out"). */
  came: string
  went: string
  door: string
  plan: string
  /** Of a card; empty where its number is not kept any longer. */
  short: string
  amount: string | null
  since: string | null
  until: string | null
  /** What `until` is the end of, where that is no paid period. */
  kind: 'paid' | 'late' | 'first-debit' | 'term'
  lastSync: string | null
  days: number | null
  declined: string | null
  why: string | null
  /** Who gave access, or ordered it of the door. */
  by: string | null
  /** Let in for one pass alone. */
  once: boolean
  /** What the space puts on. */
  event: string | null
  /** Whose guest they are. */
  host: string | null
  induction: string | null
  /** The hours that were asked for, and the holiday without which they would have been kept. */
  hours: string | null
  holiday: string | null
  visits: { allowed: number; per: 'month' | 'term' } | null
  /** How a payment stands: "the bank debit is on its way". */
  state: string | null
  /** Why it is paused. */
  pause: string | null
  cardSince: string | null
  /** Whether there is one of the person. */
  photo: boolean
}

/** "on 3 Dec", but "today". */
const on = (day: string) => (/^(today|yesterday|tomorrow)$/.test(day) ? day : `on ${day}`)

/** What ran out, where the renewal cannot be seen: a paid period, or the grace of a late payment. */
const ranOut = (p: SentenceParts) => {
  const until = p.until ?? 'a date we do not know'
  if (p.kind === 'late') return `The grace for a late payment ended ${until}`
  return p.kind === 'first-debit' ? `Access ahead of the first payment ended ${until}` : `Paid until ${until}`
}

const ofAmount = (p: SentenceParts) => (p.amount === null ? '' : ` of ${p.amount}`)

/** Why somebody comes in though money is missing, and until when; `whose` where no sentence before it names them. */
const inGrace = (p: SentenceParts, whose = '') => {
  const ends = p.until === null ? '' : `; access ends ${p.until}`
  const since = p.since === null ? '' : ` since ${p.since}`
  if (p.kind === 'term') return `The agreed term${whose && ` of ${whose}`} has been over${since}${ends}.`
  if (p.kind === 'first-debit')
    return `The first payment${ofAmount(p)}${whose && ` by ${whose}`} is still on its way${ends}.`
  const payment = p.amount === null ? 'A payment' : `Payment${ofAmount(p)}`
  if (whose && p.state === null && p.declined !== null)
    return `${payment} by ${whose} is late${since}: ${p.declined}.${p.until === null ? '' : ` Access ends ${p.until}.`}`
  return `${payment}${whose && ` by ${whose}`} is late${since}${p.state === null ? ends : `; ${p.state}`}.`
}

const permitted = (p: SentenceParts) => {
  const why = p.event ?? p.why
  const by = p.by === null ? 'permission' : `${p.by}'s permission`
  return `${p.name} ${p.came}${p.once ? ' once' : ''} by ${by}${p.until === null ? '' : ` until ${p.until}`}${why === null ? '' : ` (${why})`}.`
}

const notHere = (p: SentenceParts) => {
  switch (p.detail) {
    case 'needs-induction':
      return `${p.plan} does not open ${p.door}: it needs ${p.induction === null ? 'an' : `the ${p.induction.replace(/\s*induction$/i, '')}`} induction.`
    case 'visits-used': {
      const { allowed, per } = p.visits ?? { allowed: null, per: 'month' }
      const which = `of this ${per}`
      if (allowed === 1) return `${p.name}'s one visit ${which} is used.`
      return `${p.name}'s ${allowed === null ? '' : `${allowed} `}visits ${which} are used.`
    }
    case 'guardian-absent':
      return `${p.name} is under age and comes in while a guardian is in, and none of theirs is.`
    default:
      return `${p.plan} does not open ${p.door}.`
  }
}

const wrongHour = (p: SentenceParts) => {
  const whose = p.rule === 'hours-of-minors' ? `${p.name} is under age and comes in` : `${p.plan} opens ${p.door}`
  if (p.hours === null) return `${p.plan} does not open ${p.door} at this hour.`
  return `${whose} ${p.hours}${p.holiday === null ? '' : `, but not on a holiday (${p.holiday})`}.`
}

const reported = (p: SentenceParts, how: string) =>
  `This card was reported ${how} by ${p.name}${p.cardSince === null ? '' : ` ${on(p.cardSince)}`}. ${p.photo ? 'Look at the photo.' : 'Check who holds it.'}`

/** `since` null: at a moment that is not known. */
export const cardSentences = {
  'not-yet-active': (name: string, since: string | null) =>
    `${name}'s card starts ${since === null ? 'later' : on(since)}.`,
  expired: (name: string, since: string | null) => `${name}'s card ran out${since === null ? '' : ` ${on(since)}`}.`,
}

export const sentences: Record<Reason, (p: SentenceParts) => string> = {
  ok: (p) => {
    if (p.rule === 'way-out') return `${p.name} ${p.went}.`
    return `${p.name} ${p.came}${p.rule === 'guest' ? ` as ${p.host ?? 'somebody'}'s guest` : ''}.`
  },
  'ok-keyholder': (p) => `${p.name} ${p.came}.`,
  'ok-grace': (p) => `${p.name} ${p.came}. ${inGrace(p)}`,
  'ok-stale': (p) =>
    `${p.name} ${p.came}. ${ranOut(p)}; Stripe ${p.lastSync === null ? 'has not been reached' : `was last read ${p.lastSync}`}, so we cannot see the renewal yet.`,
  'ok-override': permitted,
  'ok-held-open': (p) =>
    `${p.door} is held open${p.by === null ? '' : ` by ${p.by}`}${p.until === null ? '' : ` until ${p.until}`}.`,
  lockdown: (p) =>
    `${p.door} is locked down${p.by === null ? '' : ` by ${p.by}`}${p.since === null ? '' : ` since ${p.since}`}${p.why === null ? '' : ` (${p.why})`}.`,
  'unreadable-card': () => 'The card could not be read cleanly. Try again, flat and still.',
  'unknown-card': (p) =>
    p.short === '' ? 'Nobody had this card. Its number is not kept any longer.' : `Nobody has this card (${p.short}).`,
  'card-unassigned': () => 'This card is ours but not given to anyone.',
  'card-not-yet-active': (p) => cardSentences['not-yet-active'](p.name, p.cardSince),
  'card-expired': (p) => cardSentences.expired(p.name, p.cardSince),
  'card-lost': (p) => reported(p, 'lost'),
  'card-stolen': (p) => reported(p, 'stolen'),
  'card-suspended': (p) => `${p.name}'s card is paused${p.why === null ? '' : ` (${p.why})`}.`,
  'card-revoked': (p) => `This card was replaced or returned${p.cardSince === null ? '' : ` ${on(p.cardSince)}`}.`,
  'member-barred': (p) => `${p.name} is barred${p.since === null ? '' : ` since ${p.since}`}. Ask a manager.`,
  'no-membership': (p) =>
    p.detail === 'host-absent'
      ? `${p.name} comes in while ${p.host ?? 'their host'} is in, and ${p.host ?? 'their host'} is not.`
      : `${p.name} has no membership.`,
  'payment-pending': (p) => `${p.name}'s first payment is not through yet${p.state === null ? '' : ` (${p.state})`}.`,
  lapsed: (p) =>
    p.kind === 'term'
      ? `${p.name}'s agreed term ended${p.since === null ? '' : ` ${on(p.since)}`} and was not renewed.${p.until === null ? '' : ` Access ended ${p.until}.`}`
      : `${p.name}'s payment${ofAmount(p)} ${p.since === null ? 'is missing' : `failed ${on(p.since)}`}${p.declined === null ? '' : `: ${p.declined}`}.${p.until === null ? '' : ` Access ended ${p.until}.`}`,
  frozen: (p) =>
    `${p.name}'s membership is paused${p.since === null ? '' : ` since ${p.since}`}${p.pause === null ? '' : ` (${p.pause})`}${p.until === null ? '' : `; the paid days ended ${p.until}`}.`,
  ended: (p) => `${p.name}'s membership ended${p.until === null ? '' : ` ${on(p.until)}`}.`,
  'billing-stale': (p) =>
    `${ranOut(p)}, and Stripe has not been reached ${p.days === null ? 'yet' : p.days < 1 ? 'since then' : `for ${p.days} ${p.days === 1 ? 'day' : 'days'}`}.`,
  'not-this-door': notHere,
  'outside-hours': wrongHour,
  'anti-passback': (p) => `${p.name} is already in, by our count.`,
}

/** Looking back at a swipe, at what a door would have said then, or ahead at what would happen. */
export const passing = {
  past: { came: 'came in', went: 'went out' },
  backThen: { came: 'could come in', went: 'could go out' },
  ahead: { came: 'may come in', went: 'may go out' },
}

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
  grace: (p: SentenceParts) => inGrace(p, p.name),
  guest: (name: string, host: string, until: string) =>
    `${name} is ${host}'s guest until ${until}: they come in while ${host} is in.`,
  noCard: (name: string) => `${name} has no card yet.`,
}
