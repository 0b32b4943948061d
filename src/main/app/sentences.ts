// Fills the sentence of a reason with this person's names, dates and money.
import { shortForm } from '../domain/card-identity.ts'
import type { CredentialNow } from '../domain/credential.ts'
import { dueMoment } from '../domain/entitlement.ts'
import { cameIn, declinedInWords, mayComeIn, type SentenceParts, sentences } from '../domain/messages-en.ts'
import { formatMoney } from '../domain/money.ts'
import type { Reason } from '../domain/reasons.ts'
import { sayDay, sayMoment, type Voice } from '../domain/say.ts'
import { accessEnd, type Entitlement } from '../domain/standing.ts'
import { DAY, type Ms } from '../domain/time.ts'
import { readFreshFrom } from '../store/billing-inbox.ts'
import { invoicesOfSubscription, paymentIntents } from '../store/billing-objects.ts'
import { entitlementOf, type Membership, membershipsOfMember } from '../store/entitlements.ts'
import { memberById } from '../store/members.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'

export type SentenceSubject = {
  reason: Reason
  /** Looking back at a swipe, or ahead at what would happen. */
  tense: 'past' | 'ahead'
  memberId: string | null
  membershipId: string | null
  doorName: string
  canonical: string | null
  cardText: string
  credential: CredentialNow | null
  at: Ms
}

export function voiceOf(deps: ReadDeps, now = deps.now()): Voice {
  const { timeZone, locale } = readSettings(deps.desk)
  return { now, zone: timeZone, locale }
}

export function sentenceFor(deps: ReadDeps, subject: SentenceSubject): string {
  const voice = voiceOf(deps, subject.at)
  const membership =
    subject.memberId === null
      ? undefined
      : membershipsOfMember(deps.desk, subject.memberId, subject.at).find(({ id }) => id === subject.membershipId)
  const freshFrom = readFreshFrom(deps.desk)
  const parts: SentenceParts = {
    name: (subject.memberId === null ? null : memberById(deps.desk, subject.memberId)?.name) ?? 'Somebody',
    came: subject.tense === 'past' ? cameIn : mayComeIn,
    door: subject.doorName,
    plan: membership?.planName ?? 'This plan',
    short: subject.canonical === null ? subject.cardText : shortForm(subject.canonical),
    ...moneyParts(deps, membership, subject.reason, voice),
    lastSync: freshFrom === null ? null : sayMoment(freshFrom, voice),
    days: freshFrom === null ? null : Math.floor((subject.at - freshFrom) / DAY),
    why: subject.credential?.why || null,
    cardSince: subject.credential?.since ? sayDay(subject.credential.since, voice) : null,
  }
  return sentences[subject.reason](parts)
}

/** Dates and money of the membership that decided, as the reason speaks of them. */
function moneyParts(deps: ReadDeps, membership: Membership | undefined, reason: Reason, voice: Voice) {
  const entitlement = membership === undefined ? null : entitlementOf(deps.desk, membership.id)
  const { amount, declined, since } = openDebt(deps, membership, voice)
  const until = entitlement === null ? null : endSpokenOf(entitlement, reason, voice.now)
  return {
    amount,
    declined,
    since: since ?? (entitlement?.graceStart ? sayDay(entitlement.graceStart, voice) : null),
    until: until === null ? null : sayDay(until, voice),
    late: entitlement?.phase === 'owing',
  }
}

function endSpokenOf(entitlement: Entitlement, reason: Reason, now: Ms): Ms | null {
  switch (reason) {
    case 'ok-grace':
      return entitlement.graceUntil
    case 'lapsed':
    case 'ended':
      return accessEnd(entitlement, now)
    default:
      return entitlement.phase === 'owing' ? entitlement.graceUntil : entitlement.paidUntil
  }
}

/** The oldest open invoice of a membership: what is owed, since when, and why the bank said no. */
export function openDebt(deps: ReadDeps, membership: Membership | undefined, voice: Voice) {
  const nothing = { amount: null, declined: null, since: null }
  if (!membership?.account || !membership.subscriptionId) return nothing
  const invoices = invoicesOfSubscription(deps.desk, membership.account, membership.subscriptionId)
  const open = invoices
    .filter((invoice) => invoice.status === 'open')
    .toSorted((a, b) => dueMoment(a) - dueMoment(b))[0]
  if (open === undefined) return nothing
  const intents = paymentIntents(deps.desk, membership.account, open.paymentIntents)
  const code = [...intents.values()].find((intent) => intent.declineCode !== null)?.declineCode
  return {
    amount: formatMoney(open.remaining, voice.locale),
    declined: code ? declinedInWords(code) : null,
    since: sayDay(dueMoment(open), voice),
  }
}
