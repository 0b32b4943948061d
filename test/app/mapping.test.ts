// What is sold and what it opens: from Stripe's own objects and a manager's word to the answer at a door.
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { changePlan } from '../../src/main/app/change-plan.ts'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { membershipRows } from '../../src/main/app/inbox-memberships.ts'
import { standingRows } from '../../src/main/app/inbox-standing.ts'
import { askToConfirm, confirmPlans, readMapping, setMapping } from '../../src/main/app/mapping.ts'
import { listPlans } from '../../src/main/app/plan-members.ts'
import { coverPerson } from '../../src/main/app/seats.ts'
import { uuidv7 } from '../../src/main/domain/ids.ts'
import { writeSyncState } from '../../src/main/store/billing-inbox.ts'
import { insertMember } from '../../src/main/store/members.ts'
import { AT, invoice, item, line, price, product, subscription } from '../stripe/objects.ts'
import { refusalOf, value } from './agreed-desk.ts'
import { type MirrorDesk, openMirrorDesk } from './mirror-desk.ts'

const STUDIO = price({ id: 'price_Studio', product: 'prod_Studio', unit_amount: 12_000 })
const LOCKER = price({ id: 'price_Locker', product: 'prod_Locker', unit_amount: 500 })
const NEW = price({ id: 'price_New', created: AT, unit_amount: 7_000, nickname: '2026' })
const full = item()
const sells = (given: Record<string, unknown>, change = {}) => item({ id: `si_${given.id}`, price: given, ...change })
const of = (...items: ReturnType<typeof item>[]) => ['subscription', subscription({}, items)] as const

/** A shop that sells three things by the month; a manager at the desk. */
function open(): { desk: MirrorDesk; manager: DeskDeps } {
  const desk = openMirrorDesk()
  const live = {
    db: desk.db,
    newId: () => uuidv7(desk.deps.now(), randomBytes(10)),
    operator: 'owner',
    push: () => undefined,
    pushLamps: () => undefined,
    sync: { deriveAll: desk.deriveAll },
  }
  desk.read(
    ['product', product({ id: 'prod_Studio', name: 'Studio' })],
    ['product', product({ id: 'prod_Locker', name: 'Locker' })],
    ['price', STUDIO],
    ['price', LOCKER],
  )
  return { desk, manager: { ...desk.deps, live: live as never } }
}

const planId = (desk: MirrorDesk, name: string) => listPlans(desk.deps).find((plan) => plan.name === name)?.id ?? name
const flagOf = (desk: MirrorDesk) => desk.panel().memberships[0]?.flag ?? null

test('before anybody has said anything, every recurring price opens doors, and with a live key that is asked about', async () => {
  const { desk, manager } = open()
  desk.read(of(sells(LOCKER)))
  expect(desk.door()).toBe('ok')
  expect(askToConfirm(desk.db)).toBe(false)
  writeSyncState(desk.db, { livemode: true })
  expect(askToConfirm(desk.db)).toBe(true)
  expect(readMapping(manager).prices.find((one) => one.price === 'price_Locker')).toMatchObject({
    decision: 'membership',
    subscriptions: 1,
    plan: { name: 'Locker' },
  })
  value(await confirmPlans(manager))
  expect(askToConfirm(desk.db)).toBe(false)
  expect(desk.door()).toBe('ok')
  // What counted until then is written down, also for what nobody has bought yet.
  expect(readMapping(manager).prices.map(({ decision, plan }) => [decision, plan?.name])).toEqual([
    ['membership', 'Full member'],
    ['membership', 'Locker'],
    ['membership', 'Studio'],
  ])
})

test('a subscription of two plans opens the doors of both, at once when the mapping says so', async () => {
  const { desk, manager } = open()
  desk.read(of(full, sells(STUDIO)))
  desk.restrict('hall', ['Full member'])
  desk.restrict('studio', ['Studio'])
  expect([desk.door('hall'), desk.door('studio')]).toEqual(['ok', 'ok'])
  value(await setMapping(manager, { price: 'price_Studio', plan: planId(desk, 'Full member') }))
  expect([desk.door('hall'), desk.door('studio')]).toEqual(['ok', 'not-this-door'])
})

test('several prices are one plan: the present one, an alternate, and one that is sold no more', async () => {
  const { desk, manager } = open()
  const legacy = price({ id: 'price_2019', active: false, unit_amount: 3_000 })
  const yearly = price({ id: 'price_Year', unit_amount: 65_000, recurring: { interval: 'year', interval_count: 1 } })
  desk.read(of(full))
  value(await confirmPlans(manager))
  desk.read(['price', legacy], ['price', yearly])
  for (const { id } of [legacy, yearly])
    value(await setMapping(manager, { price: String(id), plan: planId(desk, 'Full member') }))
  desk.restrict('hall', ['Full member'])
  for (const sold of [legacy, yearly]) {
    desk.read(of(sells(sold)))
    expect(desk.panel()).toMatchObject({ standing: 'current', memberships: [{ plan: 'Full member', flag: null }] })
    expect(desk.door('hall')).toBe('ok')
  }
})

test('a new price opens nothing for a new subscription, waits, and opens when somebody has said what it is', async () => {
  const { desk, manager } = open()
  value(await confirmPlans(manager))
  desk.read(['price', NEW], of(sells(NEW)))
  expect(desk.db.prepare('SELECT count(*) AS n FROM membership').get()).toEqual({ n: 0 })
  expect(membershipRows(desk.deps)).toMatchObject([
    { id: 'price-unmapped:price_New', kind: 'price-unmapped', action: 'map-price', member: null },
  ])
  expect(membershipRows(desk.deps)[0]?.sentence).toContain('2026')
  // The plan of the product's other prices is probably it.
  const waiting = readMapping(manager).prices.find((one) => one.price === 'price_New')
  expect(waiting).toMatchObject({ decision: 'undecided', plan: null, suggestion: planId(desk, 'Full member') })
  value(await setMapping(manager, { price: 'price_New', newPlan: 'Full member 2026' }))
  expect(desk.panel()).toMatchObject({ standing: 'current', memberships: [{ plan: 'Full member 2026' }] })
  expect(membershipRows(desk.deps)).toEqual([])
})

test('a new price is probably what the product’s other prices are, else the plan that is called so', async () => {
  const { desk, manager } = open()
  value(await confirmPlans(manager))
  value(await setMapping(manager, { price: 'price_Studio', plan: planId(desk, 'Full member') }))
  desk.read(
    ['product', product({ id: 'prod_Locker2', name: 'LOCKER' })],
    ['product', product({ id: 'prod_Odd', name: 'Odd' })],
    ['price', price({ id: 'price_Studio2', product: 'prod_Studio' })],
    ['price', price({ id: 'price_Locker2', product: 'prod_Locker2' })],
    ['price', price({ id: 'price_Odd', product: 'prod_Odd' })],
  )
  const suggested = (id: string) => readMapping(manager).prices.find((one) => one.price === id)?.suggestion
  expect([suggested('price_Studio2'), suggested('price_Locker2'), suggested('price_Odd')]).toEqual([
    planId(desk, 'Full member'),
    planId(desk, 'Locker'),
    null,
  ])
})

test('what was a membership keeps all that it opened while its new price waits, and staff are told', async () => {
  const { desk, manager } = open()
  desk.read(of(full, sells(STUDIO)))
  value(await confirmPlans(manager))
  desk.restrict('hall', ['Full member'])
  desk.restrict('studio', ['Studio'])
  desk.read(['price', NEW], of(sells(NEW), sells(STUDIO)))
  desk.deriveAll()
  expect([desk.door('hall'), desk.door('studio')]).toEqual(['ok', 'ok'])
  expect(flagOf(desk)).toContain('Say in Settings which plan it is')
  value(await setMapping(manager, { price: 'price_New', plan: null }))
  expect([desk.door('hall'), desk.door('studio')]).toEqual(['not-this-door', 'ok'])
  expect(flagOf(desk)).toBeNull()
})

test('what a manager calls no membership opens nothing from then on, whatever was paid; taken back, it is as before', async () => {
  const { desk, manager } = open()
  desk.read(of(sells(LOCKER)), ['invoice', invoice({ status: 'paid', amount_remaining: 0 }, [line()])])
  const before = desk.db.prepare('SELECT * FROM entitlement').all()
  expect(desk.door()).toBe('ok')
  desk.setClock(AT + 3_600)
  value(await setMapping(manager, { price: 'price_Locker', plan: null }))
  expect(desk.door()).toBe('ended')
  expect(desk.panel()).toMatchObject({
    standing: 'ended',
    history: [{ why: expect.stringContaining('no membership') }, { standing: 'current' }],
  })
  expect(standingRows(desk.deps)).toEqual([])
  const log = desk.db.prepare("SELECT subject, detail FROM action WHERE kind = 'price-mapped'").all()
  expect(log).toEqual([{ subject: 'price_Locker', detail: '{"plan":null}' }])
  desk.deriveAll()
  expect(desk.door()).toBe('ended')
  value(await setMapping(manager, { price: 'price_Locker', plan: planId(desk, 'Locker') }))
  expect(desk.db.prepare('SELECT * FROM entitlement').all()).toEqual(before)
})

test('what is sold beside a membership gives it no seats, and two plans for the same people give them no more', async () => {
  const { desk, manager } = open()
  value(await setMapping(manager, { price: 'price_Locker', plan: null }))
  desk.read(of(full, sells(LOCKER, { quantity: 3 })))
  expect(desk.panel().memberships[0]?.seats).toBe(1)
  desk.read(of(full, sells(STUDIO)))
  expect(desk.panel().memberships[0]?.seats).toBe(1)
  desk.read(of({ ...full, quantity: 2 }, sells(STUDIO, { quantity: 3 })))
  expect(desk.panel().memberships[0]?.seats).toBe(3)
})

test('when Stripe’s quantity falls below the people on it nobody is thrown out, and a seat is to be freed', () => {
  const { desk, manager } = open()
  desk.read(of({ ...full, quantity: 3 }))
  const id = desk.panel().memberships[0]?.id ?? ''
  desk.door()
  for (const member of ['ben', 'cat']) {
    insertMember(desk.db, { id: member, name: member, phone: null, createdAt: desk.deps.now() }, 'desk')
    value(coverPerson(manager, { id, member }))
  }
  const over = () => membershipRows(desk.deps).filter(({ kind }) => kind === 'seats-over')
  expect(over()).toEqual([])
  desk.read(of({ ...full, quantity: 2 }))
  const [row] = over()
  expect(row).toMatchObject({ subject: id, action: 'free-a-seat', member: { name: 'Ada Lovelace' } })
  expect(row?.sentence).toContain('covers 3 people and has 2 seats')
  expect(desk.db.prepare('SELECT count(*) AS n FROM membership_cover WHERE until_at IS NULL').get()).toEqual({ n: 3 })
  // The same trouble has the same beginning, so that it can be put away.
  desk.setClock(AT + 3_600)
  expect(over()[0]?.since).toBe(row?.since)
  desk.read(of({ ...full, quantity: 3 }))
  expect(over()).toEqual([])
})

test('a plan is called as its product until a person names it, also once the mapping is confirmed', async () => {
  const { desk, manager } = open()
  desk.read(of(full))
  value(await confirmPlans(manager))
  desk.read(['product', product({ name: 'Full access' })])
  desk.deriveAll()
  expect(desk.panel().memberships[0]?.plan).toBe('Full access')
  value(await changePlan(manager, { id: planId(desk, 'Full access'), name: 'All hours' }))
  desk.read(['product', product({ name: 'Full' })])
  desk.deriveAll()
  expect(desk.panel().memberships[0]?.plan).toBe('All hours')
})

test('of two products with one name either plan can be changed, and renaming into a third is refused', async () => {
  const { desk, manager } = open()
  desk.read(
    ['product', product({ id: 'prod_Twin', name: 'Studio' })],
    ['price', price({ id: 'price_Twin', product: 'prod_Twin' })],
  )
  value(await confirmPlans(manager))
  const twins = listPlans(desk.deps).filter(({ name }) => name === 'Studio')
  expect(twins).toHaveLength(2)
  for (const { id } of twins)
    expect(value(await changePlan(manager, { id, seats: 4, provisionalDays: 5 }))).toMatchObject({ seats: 4 })
  expect(refusalOf(await changePlan(manager, { id: twins[0]?.id ?? '', name: ' full MEMBER ' })).code).toBe('taken')
})

test.each([
  ['an unknown price', { price: 'price_Nowhere', plan: null }, 'not-found'],
  ['an unknown plan', { price: 'price_Full', plan: 'nowhere' }, 'not-found'],
  ['neither plan nor word', { price: 'price_Full' }, 'bad-request'],
  ['a plan without a name', { price: 'price_Full', newPlan: ' ' }, 'bad-request'],
  ['a name that is taken', { price: 'price_Full', newPlan: 'studio' }, 'taken'],
  ['a new plan for what is sold once', { price: 'price_Pass', newPlan: 'Passes' }, 'wrong-state'],
])('%s is refused, and nothing changes', async (_, asked, code) => {
  const { desk, manager } = open()
  desk.read(['price', price({ id: 'price_Pass', type: 'one_time', recurring: null })])
  value(await confirmPlans(manager))
  const before = readMapping(manager)
  expect(refusalOf(await setMapping(manager, asked)).code).toBe(code)
  expect(readMapping(manager)).toEqual(before)
})
