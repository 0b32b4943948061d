// One row of the report of late payments: who, how much, why, what doors do, and how to reach them.
import type { LateRow } from '../../preload/shapes-report.ts'
import { decide } from '../domain/decide.ts'
import type { Followed } from '../domain/follow-up.ts'
import { amountIn, bucketOf, type LateLine, type LateList, reasonKey } from '../domain/lapsed-report.ts'
import { doorWords, reasonWords } from '../domain/report-en.ts'
import { sayDay, sayUntil, type Voice } from '../domain/say.ts'
import { accessEnd, type Entitlement } from '../domain/standing.ts'
import { countDays, type Ms, toIso } from '../domain/time.ts'
import { storedObject } from '../store/billing-objects.ts'
import { entitlementsOfMember, planOfMembership, subscriptionOf } from '../store/entitlements.ts'
import { emailsOf, memberById } from '../store/members.ts'
import { type Person, peopleBehind } from '../store/membership-seats.ts'
import { idsOfPerson } from '../store/people-merge.ts'
import { planById } from '../store/plans.ts'
import { lastLetThrough, letThroughTimes } from '../store/visit-times.ts'
import { atAnyDoor } from './at-any-door.ts'
import type { ReadDeps } from './deps.ts'
import { followedOf } from './follow-ups.ts'
import { type Late, standingsIn } from './late-lines.ts'
import { stateOfDebt } from './open-debt.ts'
import { permissionsOf } from './permissions.ts'
import { voiceOf } from './sentences.ts'

const NOBODY: Person = { id: '', name: '' }

export function lateRows(deps: ReadDeps, lines: readonly LateLine[], late: Late, list: LateList): LateRow[] {
  const followed = followedOf(
    deps,
    lines.map(({ id }) => id),
  )
  const standingOf = standingsIn(deps, lines, late.now)
  return lines.map((line) => ({
    ...lateRow(deps, line, late, list, followed(line.id)),
    standing: standingOf(line.membershipId),
  }))
}

function lateRow(
  deps: ReadDeps,
  line: LateLine,
  { calendar, currency }: Late,
  list: LateList,
  { note, assignee, snoozedUntil }: Followed,
): Omit<LateRow, 'standing'> {
  const { desk } = deps
  const member = peopleBehind(desk, [line.membershipId]).get(line.membershipId) ?? NOBODY
  const stored = line.invoiceId === null ? null : storedObject(desk, 'invoice', line.account ?? '', line.invoiceId)
  const invoice = stored?.kind === 'invoice' ? stored.row : null
  const days = calendar.daysOverdue(line)
  // An open payment may be under way again, which the last refusal does not tell.
  const state = line.state === 'open' && invoice !== null ? stateOfDebt(deps, line.account ?? '', invoice).state : null
  const key = reasonKey(line)
  return {
    id: line.id,
    member,
    customer: invoice?.customerId ?? null,
    subscription: subscriptionOf(desk, line.membershipId)?.subscriptionId ?? null,
    membership: line.membershipId,
    invoice: invoice && { id: invoice.id, number: invoice.number, url: line.state === 'open' ? invoice.url : null },
    plan: planById(desk, planOfMembership(desk, line.membershipId) ?? '')?.name ?? '',
    amount: { minor: amountIn(line, list), currency },
    dueAt: toIso(line.dueAt),
    daysOverdue: days,
    bucket: bucketOf(days),
    outcome:
      line.state === 'open' ? 'open' : line.state === 'paid' && amountIn(line, 'recovered') > 0 ? 'recovered' : 'lost',
    paidAt: toIso(line.paidAt),
    returned: { minor: line.returned, currency },
    reason: key === 'no-reason' && state !== null ? state : reasonWords(key),
    attempts: line.invoiceId === null ? null : line.attempts,
    nextRetryAt: toIso(line.nextAttemptAt),
    doors: doorsFor(deps, member.id, voiceOf(deps)),
    ...visitsOf(deps, member.id, line.dueAt, voiceOf(deps)),
    contact: {
      email: emailsOf(desk, [member.id]).get(member.id)?.[0] ?? null,
      phone: memberById(desk, member.id)?.phone ?? null,
    },
    ...{ note, assignee, snoozedUntil: toIso(snoozedUntil) },
  }
}

/** What a door that every plan opens does with them now, and until or since when. */
function doorsFor(deps: ReadDeps, memberId: string, voice: Voice): LateRow['doors'] {
  const { now } = voice
  const entitlements = entitlementsOfMember(deps.desk, memberId, now)
  const input = atAnyDoor(deps, memberId, entitlements, now)
  const decision = decide(input)
  if (input.barred) return { opens: false, words: doorWords.barred }
  const deciding = entitlements.find(({ membershipId }) => membershipId === decision.membershipId)
  // A word that holds at some doors alone, such as those of their plan while a payment is late.
  const word = decision.grant ? undefined : permissionsOf(deps, memberId, now).find(({ uses }) => uses === null)
  if (word !== undefined) return { opens: true, words: doorWords.byWord(sayUntil(word.until, voice)) }
  if (!decision.grant) {
    const end = deciding === undefined ? null : accessEnd(deciding, now)
    return { opens: false, words: end === null ? doorWords.closed : doorWords.closedSince(sayDay(end, voice)) }
  }
  const until = decision.reason === 'ok-override' ? (input.override?.until ?? null) : opensUntil(deciding, now)
  return { opens: true, words: until === null ? doorWords.open : doorWords.openUntil(sayUntil(until, voice)) }
}

/** The end of grace, where nothing holds it open. */
function opensUntil(deciding: Entitlement | undefined, now: Ms): Ms | null {
  if (deciding === undefined || deciding.debitProcessing) return null
  const { graceUntil } = deciding
  return ['owing', 'term'].includes(deciding.phase) && graceUntil !== null && graceUntil > now ? graceUntil : null
}

function visitsOf({ desk, access }: ReadDeps, memberId: string, since: Ms, { zone }: Voice) {
  const ids = idsOfPerson(desk, memberId)
  const last = access === null ? null : lastLetThrough(access, ids)
  const days = access === null || last === null || last < since ? [] : letThroughTimes(access, ids, since)
  return { lastVisitAt: toIso(last), visitsSince: countDays(days, zone) }
}
