// Fills the sentence of a reason with this person's names, dates and money.
import { shortForm } from '../domain/card-identity.ts'
import type { CredentialNow } from '../domain/credential.ts'
import { passing, type SentenceParts, sentences } from '../domain/messages-en.ts'
import type { Detail, Reason } from '../domain/reasons.ts'
import type { Receipt } from '../domain/receipt.ts'
import { sayDay, sayLastDay, sayMoment, sayUntil, type Voice } from '../domain/say.ts'
import { sayHours } from '../domain/say-hours.ts'
import { isWithin } from '../domain/schedule.ts'
import { accessEnd, type Entitlement } from '../domain/standing.ts'
import { pauseWords } from '../domain/standing-en.ts'
import { DAY, type Ms, toLocal } from '../domain/time.ts'
import { comparesFaces } from '../domain/verdict.ts'
import { readFreshFrom } from '../store/billing-inbox.ts'
import { barAt } from '../store/door-orders.ts'
import { entitlementAt, versionsOf } from '../store/entitlement-versions.ts'
import { type Membership, membershipsOfMember } from '../store/entitlements.ts'
import { memberById } from '../store/members.ts'
import { overrideById } from '../store/overrides.ts'
import { photoOf } from '../store/photos.ts'
import { allHolidays } from '../store/schedules.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { openDebtOf } from './open-debt.ts'

export type SentenceSubject = {
  reason: Reason
  detail: Detail | null
  rule: string
  /** What the decision stood on, as the log keeps it: an old row is told as it was. */
  receipt: Receipt
  /** Looking back at a swipe, or ahead at what would happen. */
  tense: keyof typeof passing
  memberId: string | null
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
  return sentences[subject.reason](sentenceParts(deps, subject))
}

export function sentenceParts(deps: ReadDeps, subject: SentenceSubject): SentenceParts {
  const voice = voiceOf(deps, subject.at)
  const { memberId, reason, receipt, detail, rule } = subject
  const membership =
    memberId === null
      ? undefined
      : membershipsOfMember(deps.desk, memberId, subject.at).find(({ id }) => id === receipt.membership)
  const freshFrom = receipt.freshSince === undefined ? readFreshFrom(deps.desk) : momentOf(receipt.freshSince)
  const { guestOf, missingInduction, visits, event } = receipt
  return {
    detail,
    rule,
    name: nameOf(deps, memberId) ?? 'Somebody',
    ...passing[subject.tense],
    door: subject.doorName,
    plan: receipt.plan ?? membership?.planName ?? 'This plan',
    short: subject.canonical === null ? subject.cardText : shortForm(subject.canonical),
    lastSync: freshFrom === null ? null : sayMoment(freshFrom, voice),
    days: freshFrom === null ? null : Math.floor((subject.at - freshFrom) / DAY),
    why: subject.credential?.why || null,
    by: null,
    once: false,
    event: event ?? null,
    host: guestOf === undefined ? null : nameOf(deps, guestOf.host),
    induction: missingInduction ?? null,
    visits: visits ?? null,
    ...hoursParts(deps, receipt, rule, voice),
    photo: comparesFaces(reason) && memberId !== null && photoOf(deps.desk, memberId) !== null,
    cardSince: subject.credential?.since ? sayDay(subject.credential.since, voice) : null,
    ...moneyParts(deps, membership, reason, voice),
    ...(reason === 'ok-override' ? permissionParts(deps, subject, voice) : {}),
    ...(reason === 'member-barred' && memberId !== null ? barParts(deps, memberId, voice) : {}),
    ...(reason === 'lockdown' || reason === 'ok-held-open' ? orderParts(receipt, voice) : {}),
  }
}

function nameOf(deps: ReadDeps, id: string | null): string | null {
  return id === null ? null : (memberById(deps.desk, id)?.name ?? null)
}

function barParts(deps: ReadDeps, memberId: string, voice: Voice): Partial<SentenceParts> {
  const bar = barAt(deps.desk, memberId, voice.now)
  return bar === null ? {} : { since: sayDay(bar.at, voice), why: bar.why }
}

function orderParts({ orderBy, orderSince, orderUntil, orderWhy }: Receipt, voice: Voice): Partial<SentenceParts> {
  const [since, until] = [momentOf(orderSince), momentOf(orderUntil)]
  return {
    by: orderBy ?? null,
    since: since === null ? null : sayMoment(since, voice),
    until: until === null ? null : sayUntil(until, voice),
    why: orderWhy ?? null,
  }
}

function momentOf(iso: string | null | undefined): Ms | null {
  return iso == null ? null : Date.parse(iso)
}

/** Of a pass that was used the end says nothing any more. */
function permissionParts(
  deps: ReadDeps,
  { receipt: { override, overrideBy, overrideUntil, event, takes }, tense }: SentenceSubject,
  voice: Voice,
): Partial<SentenceParts> {
  const once = takes === 'permission' && event === undefined
  const ends = once && tense === 'past' ? null : momentOf(overrideUntil)
  const why = override === undefined ? null : (overrideById(deps.desk, override)?.why ?? null)
  return { once, by: overrideBy ?? null, until: ends === null ? null : sayUntil(ends, voice), why }
}

/** `holiday`: the name of the one without which it would be within the hours. */
function hoursParts(
  deps: ReadDeps,
  { hours, minor }: Receipt,
  rule: string,
  { now, zone }: Voice,
): Pick<SentenceParts, 'hours' | 'holiday'> {
  const asked = (rule === 'hours-of-minors' ? minor?.hours : hours) ?? null
  if (asked === null) return { hours: null, holiday: null }
  const { day, yesterday } = toLocal(now, zone)
  const near = isWithin(asked, now, zone, new Set()) ? [day.date, yesterday.date] : []
  const holidays = allHolidays(deps.desk)
  const holiday = near.map((date) => holidays.find((one) => one.day === date)?.name).find((name) => name !== undefined)
  return { hours: sayHours(asked), holiday: holiday ?? null }
}

/** Dates and money of the membership that decided, as the reason speaks of them and as they were then. */
function moneyParts(deps: ReadDeps, membership: Membership | undefined, reason: Reason, voice: Voice) {
  const entitlement = membership === undefined ? null : entitlementAt(deps.desk, membership.id, voice.now)
  const { amount, declined, since, state } = openDebtOf(deps, membership?.id ?? null, voice)
  const until = entitlement === null ? null : endSpokenOf(entitlement, reason, voice.now)
  const day = (at: Ms | null | undefined, say = sayDay) => (at === null || at === undefined ? null : say(at, voice))
  // A term "has been over since" the day after the one on which it "ended".
  const sayOver = reason === 'lapsed' && entitlement?.method === 'manual' ? sayLastDay : sayDay
  return {
    amount,
    declined,
    state: reason === 'payment-pending' || entitlement?.cause === 'late-debit' ? state : null,
    since:
      reason === 'frozen' && membership !== undefined
        ? day(pausedSince(deps, membership.id, voice.now))
        : (since ?? day(entitlement?.graceStart, sayOver)),
    until: day(until, sayLastDay),
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
