// Two months of a space lived through under several rules, swipe by swipe by the door's own answer. Berlin's clocks go
// forward in between, and Stripe is out of reach for eleven days.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import { giveAccess } from '../../src/main/app/access-override.ts'
import { reinstateCard, suspendCard } from '../../src/main/app/card-state.ts'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { enrolCard } from '../../src/main/app/enrol-card.ts'
import { letInOnce } from '../../src/main/app/let-in-once.ts'
import { bar, liftBar, lockDown } from '../../src/main/app/order-doors.ts'
import { setAllowance } from '../../src/main/app/outage-extend.ts'
import type { Result } from '../../src/main/app/result.ts'
import { entitle, entitleManual } from '../../src/main/domain/entitlement.ts'
import type { Entitlement, Policy } from '../../src/main/domain/standing.ts'
import { DAY, HOUR, MINUTE, type Ms, toIso } from '../../src/main/domain/time.ts'
import { type Answerer, createAnswerer } from '../../src/main/door/answer.ts'
import { writeSyncState } from '../../src/main/store/billing-inbox.ts'
import { takeInTail } from '../../src/main/store/decision-tail.ts'
import { doorById, insertDoor } from '../../src/main/store/doors.ts'
import { insertStripeMembership, writeEntitlement } from '../../src/main/store/entitlements.ts'
import { insertMember } from '../../src/main/store/members.ts'
import type { WriteDb } from '../../src/main/store/open.ts'
import { upsertProductPlan } from '../../src/main/store/plans.ts'
import { saveSchedule } from '../../src/main/store/schedules.ts'
import { policyFrom, readSettings, writeSetting } from '../../src/main/store/settings.ts'
import { facts, invoice, subscription } from '../domain/samples.ts'
import { openNew } from '../store/folder.ts'

const START = Date.parse('2026-03-01T05:00:00Z')
const DAYS = 50
const PEOPLE = 24
const day = (n: number, hours = 0): Ms => START + n * DAY + hours * HOUR
/** Stripe is out of reach. */
const OUTAGE = { from: day(31), until: day(42) }
const card = (n: number) => `em:${(0x6f00000000 + n).toString(16).toUpperCase()}`
const some = (n: number, of: number) => ((n * 2_654_435_761) % 1_000_003) % of

export type LivedDesk = { deps: DeskDeps; db: WriteDb; access: WriteDb; answer: Answerer }
type Clock = { at: Ms; folder: string }

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.sentence)
  return result.value
}

function open(clock: Clock, name: string, { graceDays, endOfDay }: Rules): LivedDesk {
  const own = path.join(clock.folder, name)
  fs.mkdirSync(own)
  const db = openNew(own)
  const access = openNew(own, 'access')
  // Nobody cuts the power here.
  for (const one of [db, access]) one.pragma('synchronous = OFF')
  let ids = 0
  // Of what only a running desk has, these use cases take no more.
  const live = {
    db,
    newId: () => `${name}-${ids++}`,
    operator: 'owner',
    push: () => undefined,
    pushLamps: () => undefined,
    doorSeen: () => null,
    deviceState: () => null,
  }
  const deps: DeskDeps = {
    version: '1',
    desk: db,
    access,
    report: null,
    deskId: name,
    now: () => clock.at,
    live: live as never,
  }
  for (const [key, set] of Object.entries({ deskId: name, timeZone: 'Europe/Berlin', graceDays, endOfDay }))
    writeSetting(db, key as 'deskId', set, START)
  upsertProductPlan(db, { id: 'full', account: 'a', productId: 'p', name: 'Full member', at: START })
  saveSchedule(db, {
    id: 'evenings',
    name: 'Evenings',
    windows: [{ days: [1, 2, 3, 4, 5], from: '17:00', to: '23:00' }],
  })
  for (const id of ['front', 'laser'])
    insertDoor(db, { id, name: id, driver: 'native', format: null, key: null, at: START })
  value(setAllowance(deps, { id: 'laser', days: 1 }))
  for (let n = 0; n < PEOPLE; n++) {
    insertMember(db, { id: `p${n}`, name: `Person ${n}`, phone: null, createdAt: START }, name)
    for (const id of n % 6 === 5 ? [`m${n}`, `second${n}`] : [`m${n}`])
      insertStripeMembership(db, {
        id,
        account: 'a',
        subscriptionId: `s-${id}`,
        planId: 'full',
        memberId: `p${n}`,
        from: START,
        at: START,
        origin: name,
      })
    value(enrolCard(deps, `p${n}`, card(n)))
  }
  const answerer = createAnswerer({ desk: db, access, deskId: name, now: () => clock.at })
  const answer: Answerer = async (...asked) => {
    const made = await answerer(...asked)
    takeInTail(access)
    return made
  }
  return { deps, db, access, answer }
}

/** What is stored of somebody's memberships, derived as the sync would. */
function held(n: number, policy: Policy, at: Ms): Entitlement[] {
  const due = day(5 + some(n, 30), some(n, 6))
  const paid = due + (2 + some(n + 7, 14)) * DAY
  const periodEnd = [3, 33, 63].map((one) => day(one + (n % 5))).find((end) => end > at) ?? day(90)
  const of = (id: string, change: object, invoices = [invoice({ serviceEnd: due })]) =>
    entitle({
      ...facts({ subscription: subscription({ created: START, periodEnd, ...change }), invoices }),
      membershipId: id,
      policy,
    }).entitlement
  const isLate = at >= due && at < paid
  const owed = invoice({ id: 'in_2', status: 'open', paidAt: null, finalizedAt: due, serviceEnd: null })
  const late = (id: string, method: string) =>
    of(
      id,
      { defaultMethod: method, status: isLate ? 'past_due' : 'active' },
      isLate ? [invoice({ serviceEnd: due }), owed] : [invoice()],
    )
  switch (n % 6) {
    case 0:
      return [late(`m${n}`, 'card')]
    case 1:
      return [late(`m${n}`, 'sepa_debit')]
    case 2:
      return [entitleManual({ id: `m${n}`, planId: 'full', termEnd: at < paid ? due : day(90) }, policy)]
    case 3:
      return [of(`m${n}`, isLate ? { status: 'paused', pausedType: 'pause_requested' } : {})]
    case 4:
      return [of(`m${n}`, { cancelAt: due + 20 * DAY })]
    default:
      return [late(`m${n}`, 'card'), of(`second${n}`, { status: 'incomplete' }, [])]
  }
}

function sync({ db }: LivedDesk, at: Ms): void {
  if (at >= OUTAGE.from && at < OUTAGE.until) return
  writeSyncState(db, { account: 'a', livemode: false, freshFrom: at - MINUTE, lastCompleteAt: at - MINUTE })
  const policy = policyFrom(readSettings(db))
  db.transaction(() => {
    for (let n = 0; n < PEOPLE; n++) for (const one of held(n, policy, at)) writeEntitlement(db, one, null, at)
  }).immediate()
}

const deeds: [Ms, (deps: DeskDeps) => Result<unknown>][] = [
  [day(10, 6), (deps) => lockDown(deps, { id: 'front', minutes: 400, why: 'a leak' })],
  [day(15), (deps) => bar(deps, { member: 'p7', why: 'a fight' })],
  [day(25), (deps) => liftBar(deps, { member: 'p7' })],
  [day(12), (deps) => giveAccess(deps, { member: 'p12', until: toIso(day(30)), why: 'paid at the bar' })],
  [day(14), (deps) => suspendCard(deps, card(9), 'left at the desk')],
  [day(18), (deps) => reinstateCard(deps, card(9))],
  [day(26), (deps) => letInOnce(deps, { member: 'p6', door: 'front', why: 'their bag' })],
]

export type Rules = { graceDays: { card: number; 'bank-debit': number; manual: number }; endOfDay: boolean }

/** Each desk by its name, after the same two months. */
export async function liveUnder<N extends string>(rules: Record<N, Rules>) {
  const clock: Clock = { at: START, folder: fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-what-if-')) }
  const desks = Object.fromEntries(
    Object.entries<Rules>(rules).map(([name, one]) => [name, open(clock, name, one)]),
  ) as Record<N, LivedDesk>
  const all = Object.values<LivedDesk>(desks)
  const events: [Ms, (desk: LivedDesk) => unknown][] = deeds.map(([when, deed]) => [
    when,
    ({ deps }) => value(deed(deps)),
  ])
  for (let n = 0; n < DAYS * 2; n++) events.push([day(0, n * 12), (desk) => sync(desk, clock.at)])
  for (let n = 0; n < PEOPLE * DAYS; n++) {
    if (some(n, 10) < 5) continue
    const presentation = { id: `swipe-${n}`, card: card(n % PEOPLE), format: undefined }
    const door = some(n, 3) === 0 ? 'laser' : 'front'
    events.push([
      day(Math.floor(n / PEOPLE)) + some(n, 18 * 3600) * 1000,
      ({ answer, db }) => answer(doorById(db, door) ?? expect.fail('no door'), presentation, (given) => given),
    ])
  }
  for (const [when, act] of events.sort(([a], [b]) => a - b)) {
    clock.at = when
    for (const desk of all) await act(desk)
  }
  clock.at = day(DAYS)
  return {
    desks,
    close() {
      for (const { db, access } of all) for (const one of [db, access]) one.close()
      fs.rmSync(clock.folder, { recursive: true, force: true })
    },
  }
}
