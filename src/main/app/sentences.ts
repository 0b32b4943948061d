// Fills the sentence of a reason with this person's names, dates and money.
import { shortForm } from '../domain/card-identity.ts'
import type { CredentialNow } from '../domain/credential.ts'
import { cameIn, mayComeIn, type SentenceParts, sentences } from '../domain/messages-en.ts'
import type { Reason } from '../domain/reasons.ts'
import { sayDay, sayMoment, type Voice } from '../domain/say.ts'
import { sayHours } from '../domain/say-hours.ts'
import type { Hours } from '../domain/schedule.ts'
import { accessEnd, type Entitlement } from '../domain/standing.ts'
import { pauseWords } from '../domain/standing-en.ts'
import { DAY, type Ms, toLocal } from '../domain/time.ts'
import type { DecisionRow } from '../store/access-log.ts'
import { readFreshFrom } from '../store/billing-inbox.ts'
import { barAt, orderAt } from '../store/door-orders.ts'
import { entitlementAt, versionsOf } from '../store/entitlement-versions.ts'
import { type Membership, membershipsOfMember } from '../store/entitlements.ts'
import { memberById } from '../store/members.ts'
import { overridesOf } from '../store/overrides.ts'
import { allHolidays } from '../store/schedules.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { openDebtOf } from './open-debt.ts'

export type SentenceSubject = {
  reason: Reason
  /** Looking back at a swipe, or ahead at what would happen. */
  tense: 'past' | 'ahead'
  memberId: string | null
  membershipId: string | null
  doorName: string
  doorId?: string
  canonical: string | null
  cardText: string
  credential: CredentialNow | null
  /** Those that refused, where hours did. */
  hours: Hours | null
  at: Ms
}

export function voiceOf(deps: ReadDeps, now = deps.now()): Voice {
  const { timeZone, locale } = readSettings(deps.desk)
  return { now, zone: timeZone, locale }
}

export function sentenceFor(deps: ReadDeps, subject: SentenceSubject): string {
  return sentences[subject.reason](sentenceParts(deps, subject))
}

export function sentenceParts(deps: ReadDeps, subject: SentenceSubject): SentenceParts {
  const voice = voiceOf(deps, subject.at)
  const { memberId, reason } = subject
  const membership =
    memberId === null
      ? undefined
      : membershipsOfMember(deps.desk, memberId, subject.at).find(({ id }) => id === subject.membershipId)
  const freshFrom = readFreshFrom(deps.desk)
  return {
    name: (memberId === null ? null : memberById(deps.desk, memberId)?.name) ?? 'Somebody',
    came: subject.tense === 'past' ? cameIn : mayComeIn,
    door: subject.doorName,
    plan: membership?.planName ?? 'This plan',
    short: subject.canonical === null ? subject.cardText : shortForm(subject.canonical),
    lastSync: freshFrom === null ? null : sayMoment(freshFrom, voice),
    days: freshFrom === null ? null : Math.floor((subject.at - freshFrom) / DAY),
    why: subject.credential?.why || null,
    by: null,
    cardSince: subject.credential?.since ? sayDay(subject.credential.since, voice) : null,
    ...moneyParts(deps, membership, reason, voice),
    ...hoursParts(deps, subject.hours, voice),
    ...(reason === 'ok-override' && memberId !== null ? permission(deps, memberId, voice) : {}),
    ...(reason === 'member-barred' && memberId !== null ? barParts(deps, memberId, voice) : {}),
    ...(reason === 'lockdown' ? orderParts(deps, subject.doorId, voice) : {}),
  }
}

function hoursParts(deps: ReadDeps, hours: Hours | null, { now, zone }: Voice) {
  if (hours === null) return { hours: null, holiday: null }
  const { date } = toLocal(now, zone).day
  return { hours: sayHours(hours), holiday: allHolidays(deps.desk).find(({ day }) => day === date)?.name ?? null }
}

/** As the row of the log has them. */
export function hoursInLog({ rule, inputs }: DecisionRow): Hours | null {
  return rule === 'hours' && Array.isArray(inputs.hours) ? (inputs.hours as Hours) : null
}

function barParts(deps: ReadDeps, memberId: string, voice: Voice): Partial<SentenceParts> {
  const bar = barAt(deps.desk, memberId, voice.now)
  return bar === null ? {} : { since: sayDay(bar.at, voice), why: bar.why }
}

/** As it is now: of an order that is over only the log still knows. */
function orderParts(deps: ReadDeps, doorId: string | undefined, voice: Voice): Partial<SentenceParts> {
  const order = doorId === undefined ? null : orderAt(deps.desk, doorId, voice.now)
  return order === null ? { since: null, why: null } : { since: sayMoment(order.at, voice), why: order.why || null }
}

function permission(deps: ReadDeps, memberId: string, voice: Voice): Partial<SentenceParts> {
  const [override] = overridesOf(deps.desk, memberId, voice.now)
  return override === undefined
    ? {}
    : { by: override.operator, until: sayDay(override.until - 1, voice), why: override.why }
}

/** Dates and money of the membership that decided, as the reason speaks of them and as they were then. */
function moneyParts(deps: ReadDeps, membership: Membership | undefined, reason: Reason, voice: Voice) {
  const entitlement = membership === undefined ? null : entitlementAt(deps.desk, membership.id, voice.now)
  const { amount, declined, since, state } = openDebtOf(deps, membership?.id ?? null, voice)
  const until = entitlement === null ? null : endSpokenOf(entitlement, reason, voice.now)
  const day = (at: Ms | null | undefined) => (at === null || at === undefined ? null : sayDay(at, voice))
  return {
    amount,
    declined,
    state: reason === 'payment-pending' || entitlement?.cause === 'late-debit' ? state : null,
    since:
      reason === 'frozen' && membership !== undefined
        ? day(pausedSince(deps, membership.id, voice.now))
        : (since ?? day(entitlement?.graceStart)),
    until: day(until),
    pause: entitlement === null ? null : pauseWords(entitlement.cause),
    kind: kindOf(entitlement),
  }
}

function kindOf(entitlement: Entitlement | null): SentenceParts['kind'] {
  if (entitlement?.method === 'manual') return 'term'
  if (entitlement?.phase === 'pending') return 'first-debit'
  return entitlement?.phase === 'owing' ? 'late' : 'paid'
}

function endSpokenOf(entitlement: Entitlement, reason: Reason, now: Ms): Ms | null {
  if (entitlement.phase === 'pending') return entitlement.provisionalUntil
  switch (reason) {
    case 'ok-grace':
      return entitlement.debitProcessing ? null : entitlement.graceUntil
    case 'lapsed':
    case 'ended':
      return accessEnd(entitlement, now)
    default:
      return entitlement.phase === 'owing' ? entitlement.graceUntil : entitlement.paidUntil
  }
}

/** When the pause was first seen; null where the desk never saw the membership before it. */
function pausedSince(deps: ReadDeps, membershipId: string, at: Ms): Ms | null {
  const versions = versionsOf(deps.desk, membershipId).filter((version) => version.at <= at)
  const before = versions.findLastIndex(({ entitlement }) => entitlement.phase !== 'frozen')
  return before < 0 ? null : (versions[before + 1]?.at ?? null)
}
