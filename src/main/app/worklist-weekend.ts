// "Who will stand before a closed door this weekend": worked out by the rules of a door, at every moment until Monday at which
// the clock may turn them.
import type { Args, Reply } from '../../preload/contract.ts'
import type { NextAction, WeekendRow } from '../../preload/shapes-worklists.ts'
import { credentialAt } from '../domain/credential.ts'
import { formatMoney, type Money } from '../domain/money.ts'
import type { Covering } from '../domain/outage-forecast.ts'
import { sayDay, sayMoment, sayUntil, type Voice } from '../domain/say.ts'
import type { Policy } from '../domain/standing.ts'
import { countDays, DAY, endOfLocalDate, type Ms, toIso } from '../domain/time.ts'
import { type Comer, comingMonday, FELT_AFTER, type LockOut, lockOut, sumsOf } from '../domain/worklists.ts'
import { listDefinitions, lockOutWords, weekendWords as words } from '../domain/worklists-en.ts'
import { credentialsEverOf } from '../store/credentials.ts'
import { barsAt, keysOf } from '../store/door-orders.ts'
import { hiddenPeople } from '../store/hidden.ts'
import { termsOf } from '../store/manual-memberships.ts'
import { overrideById, overridesOf } from '../store/overrides.ts'
import { idsOfPerson } from '../store/people-merge.ts'
import { planById } from '../store/plans.ts'
import { policyFrom, readSettings } from '../store/settings.ts'
import { letThroughTimes } from '../store/visit-times.ts'
import { coveringOf, type OpenLate, oldestLate, peopleWithAnEnd } from '../store/worklists.ts'
import type { ReadDeps } from './deps.ts'
import { eachInTurn } from './in-steps.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'
import { askFor, type Charge, oldCards, sayMonth } from './worklist-expiring.ts'
import { contactOf, opensADoor, personNamed, ROWS } from './worklist-people.ts'

/** How far back visits rank somebody. */
const VISITS = 90 * DAY

type Looked = { deps: ReadDeps; now: Ms; voice: Voice; policy: Policy; visits: (id: string) => number | null }

export async function weekendList(
  deps: ReadDeps,
  { until: asked, limit = ROWS }: Args<'worklists.weekend'>,
): Promise<Result<Reply<'worklists.weekend'>>> {
  const now = deps.now()
  const policy = policyFrom(readSettings(deps.desk))
  const until = asked === undefined ? comingMonday(now, policy.zone) : endOfLocalDate(asked, policy.zone)
  if (until === null) return refuse('bad-request', words.noDay(asked ?? ''))
  if (until <= now) return refuse('bad-request', words.past)
  const looked: Looked = { deps, now, voice: voiceOf(deps), policy, visits: visitsOf(deps, now, policy.zone) }
  const ids = peopleWithAnEnd(deps.desk, { felt: now - FELT_AFTER, now, until })
  const covering = coveringOf(deps.desk, ids, now)
  const opens = opensADoor(deps, now)
  const comerOf = comersOf(deps, ids, now)
  const shut = await eachInTurn(ids, (id) => {
    const memberships = (covering.get(id) ?? []).filter(({ entitlement }) => opens(entitlement))
    const found = lockOut({ memberships, ...comerOf(id) }, policy, now, until)
    return found === null ? [] : [shutOut(looked, id, found, covering.get(id) ?? [])]
  })
  const certain = shut.flat()
  const named = new Set(certain.map(({ memberId }) => memberId))
  const may = oldCards(deps, until)
    .filter(({ chargeAt, memberId }) => chargeAt > now && !named.has(memberId))
    .map((charge) => mayBeShutOut(looked, charge))
  const rows = [...byVisits(certain), ...byVisits(may)]
  return done({
    asOf: toIso(now),
    until: toIso(until),
    total: rows.length,
    certain: certain.length,
    owed: sumsOf(rows.map(({ owed }) => owed)),
    rows: rows.slice(0, limit).map(({ row }) => row()),
    definition: listDefinitions.weekend,
  })
}

/** What ranks and sums a row; it is put into words where it is shown. */
type Found = { memberId: string; at: Ms; visits: number | null; owed: Money | null; row: () => WeekendRow }

function byVisits(rows: readonly Found[]): Found[] {
  return rows.toSorted((a, b) => (b.visits ?? 0) - (a.visits ?? 0) || a.at - b.at)
}

/** Bars and cards are read of everybody at once, the rest of each. */
function comersOf({ desk }: ReadDeps, ids: readonly string[], now: Ms): (id: string) => Omit<Comer, 'memberships'> {
  const bars = new Map(barsAt(desk, now).map((bar) => [bar.memberId, bar]))
  const cards = Map.groupBy(
    credentialsEverOf(desk, ids)
      .map(({ facts }) => credentialAt(facts, now))
      .filter(({ state }) => state === 'active' || state === 'not-yet-active'),
    ({ memberId }) => memberId,
  )
  return (id) => {
    const bar = bars.get(id)
    return {
      words: overridesOf(desk, id, now).filter(({ uses }) => uses === null),
      keyholder: keysOf(desk, id).length > 0,
      barredUntil: bar === undefined ? null : (bar.until ?? Number.POSITIVE_INFINITY),
      cards: (cards.get(id) ?? []).map(({ validFrom, validUntil }) => ({ from: validFrom, until: validUntil })),
    }
  }
}

function visitsOf(deps: ReadDeps, now: Ms, zone: string): Looked['visits'] {
  const { access, desk } = deps
  const hidden = hiddenPeople(desk)
  return (id) => {
    if (hidden.has(id)) return null
    return access === null ? 0 : countDays(letThroughTimes(access, idsOfPerson(desk, id), now - VISITS), zone)
  }
}

function shutOut({ deps, voice, visits }: Looked, id: string, found: LockOut, covering: readonly Covering[]): Found {
  const { desk } = deps
  const { entitlement, at } = found
  // What is owed for another membership would open doors as well.
  const owing = [entitlement, ...covering.map((one) => one.entitlement)].flatMap((one) => one?.membershipId ?? [])
  const late = owing.map((membershipId) => oldestLate(desk, membershipId)).find((one) => one !== null) ?? null
  const term = entitlement?.phase === 'term' ? (termsOf(desk, entitlement.membershipId)[0]?.amount ?? null) : null
  const owed = late === null ? term : { minor: late.minor, currency: late.currency }
  const came = visits(id)
  const row = (): WeekendRow => ({
    id: `${found.kind}:${id}`,
    member: personNamed(deps, id),
    kind: found.kind,
    at: toIso(at),
    sentence: sentenceOf(deps, voice, found, late, owed),
    owed,
    retryAt: toIso(retryOf(found, late)),
    visits: came,
    contact: contactOf(deps, id),
    next: nextOf(deps, id, found, late),
  })
  return { memberId: id, at, visits: came, owed, row }
}

/** When Stripe tries again before doors close. */
function retryOf({ at }: LockOut, late: OpenLate | null): Ms | null {
  const next = late?.nextAttemptAt ?? null
  return next !== null && next < at ? next : null
}

function sentenceOf(
  { desk }: ReadDeps,
  voice: Voice,
  found: LockOut,
  late: OpenLate | null,
  owed: Money | null,
): string {
  const { kind, entitlement, word } = found
  const permission = word === null ? null : overrideById(desk, word)
  const amount = owed === null ? null : formatMoney(owed, voice.locale)
  const since = late?.dueAt ?? entitlement?.graceStart ?? null
  const retryAt = retryOf(found, late)
  const sentences = [
    lockOutWords[kind]({
      amount,
      since: since === null ? null : sayDay(since, voice),
      end: entitlement?.paidUntil == null ? null : sayUntil(entitlement.paidUntil, voice),
      over: (entitlement?.paidUntil ?? 0) <= voice.now,
      by: permission?.operator ?? null,
      why: permission?.why || null,
    }),
    ...(kind !== 'grace' && late !== null && amount !== null ? [words.owesToo(amount, sayDay(late.dueAt, voice))] : []),
    ...(retryAt !== null && retryAt > voice.now ? [words.retry(sayMoment(retryAt, voice))] : []),
  ]
  return sentences.join(' ')
}

/** One action: the one that keeps the doors open. */
function nextOf(deps: ReadDeps, id: string, { kind, entitlement, at }: LockOut, late: OpenLate | null): NextAction {
  if (kind === 'card') return { do: 'look' }
  if (kind === 'word' && late === null) return { do: 'extend', until: toIso(at) }
  if (kind === 'term' && entitlement !== null) {
    const { membershipId, planId, paidUntil } = entitlement
    const plan = planById(deps.desk, planId)?.name ?? ''
    return { do: 'renew', membership: membershipId, plan, paidUntil: toIso(paidUntil) }
  }
  if (late === null) return { do: 'look' }
  const canMail = late.page === 1 && contactOf(deps, id).email !== null
  return canMail ? { do: 'send-link', invoice: late.invoiceId } : { do: 'take-payment' }
}

function mayBeShutOut({ deps, voice, policy, visits }: Looked, charge: Charge): Found {
  const { memberId, chargeAt, expires } = charge
  const days = Math.round(policy.grace.card / DAY)
  const grace = days === 0 ? words.noGrace : words.graceFollows(days)
  const came = visits(memberId)
  const at = chargeAt + policy.grace.card
  const row = (): WeekendRow => ({
    id: `may:${charge.membershipId}`,
    member: personNamed(deps, memberId),
    kind: 'may',
    at: toIso(at),
    sentence: words.may(sayMoment(chargeAt, voice), sayMonth(expires, voice), grace),
    owed: null,
    retryAt: null,
    visits: came,
    ...askFor(deps, charge, voice),
  })
  return { memberId, at, visits: came, owed: null, row }
}
