// What is stored of plans, prices, seats and terms, and which of it may change what a door answers.
import { beforeEach, expect, test } from 'vitest'
import { DAY } from '../../src/main/domain/time.ts'
import { insertStripeMembership, morePlansOf, setMorePlans } from '../../src/main/store/entitlements.ts'
import {
  endManual,
  insertManualMembership,
  insertTerm,
  manualIds,
  termEnd,
  termStart,
  termsEnding,
  termsOf,
} from '../../src/main/store/manual-memberships.ts'
import { insertMember, linkCustomer } from '../../src/main/store/members.ts'
import {
  cover,
  coversOf,
  overfull,
  payerOf,
  seatsOf,
  setSeats,
  uncover,
} from '../../src/main/store/membership-seats.ts'
import type { WriteDb } from '../../src/main/store/open.ts'
import { insertPlan, planById, provisionalDays, savePlan, upsertProductPlan } from '../../src/main/store/plans.ts'
import { decidePrice, decisionOf, liveSubscriptionsByPrice } from '../../src/main/store/price-plans.ts'
import { readRevision } from '../../src/main/store/settings.ts'
import { emptyTally, storePage } from '../../src/main/stripe/mirror.ts'
import { translate } from '../../src/main/stripe/translate.ts'
import { customer, item, price, subscription } from '../stripe/objects.ts'
import { openFresh } from './folder.ts'

const EVER = { scheduleId: null, visits: null, visitsPer: 'month' as const }

let db: WriteDb

/** Ada's subscription of two prices, and a company's agreement. */
beforeEach(() => {
  db = openFresh()
  upsertProductPlan(db, { id: 'full', account: 'acct_1', productId: 'prod_Full', name: 'Full', at: 1 })
  insertPlan(db, { id: 'team', name: 'Team', at: 1 })
  for (const id of ['ada', 'ben', 'cat', 'acme']) insertMember(db, { id, name: id, phone: null, createdAt: 1 }, 'desk')
  linkCustomer(db, 'acct_1', 'cus_Ada', 'ada', 1)
  const membership = { account: 'acct_1', subscriptionId: 'sub_Ada', planId: 'full', memberId: 'ada', from: 1, at: 1 }
  insertStripeMembership(db, { id: 'm1', ...membership, origin: 'desk' })
  insertManualMembership(db, { id: 'm2', planId: 'team', payerId: 'acme', seats: null, at: 2, origin: 'desk' })
  sell(item({ quantity: 2 }), item({ id: 'si_2', price: price({ id: 'price_Locker' }), quantity: 3 }))
})

function sell(...items: ReturnType<typeof item>[]): void {
  const page = [['customer', customer()] as const, ['subscription', subscription({}, items)] as const].map(
    ([kind, raw]) => ({ mirror: translate(kind, raw), fetchedAt: 5 }),
  )
  storePage({ db, account: 'acct_1', apiVersion: '1', run: 1, fresh: false }, page, 5, emptyTally())
}

const term = (id: string, from: number, until: number) =>
  insertTerm(db, {
    ...{ id, membershipId: 'm2', from, until, method: 'invoice', amount: { minor: 90_000, currency: 'jpy' } },
    ...{ note: null, at: from, operator: 'owner', origin: 'desk' },
  })

test('seats are by the largest of Stripe’s quantities without other sales, before that by the plan, before that by hand', () => {
  expect(seatsOf(db, 'm1')).toBe(3)
  decidePrice(db, { account: 'acct_1', priceId: 'price_Locker', planId: null, at: 6, operator: 'owner' })
  expect(seatsOf(db, 'm1')).toBe(2)
  savePlan(db, { id: 'full', name: 'Full', seats: 7, provisionalDays: 0, ...EVER }, null)
  expect(seatsOf(db, 'm1')).toBe(7)
  setSeats(db, 'm1', 4)
  expect(seatsOf(db, 'm1')).toBe(4)
  setSeats(db, 'm1', null)
  expect(seatsOf(db, 'm1')).toBe(7)
  expect([seatsOf(db, 'm2'), seatsOf(db, 'none')]).toEqual([1, null])
})

test('the payer is who was named, else the person behind the customer', () => {
  expect([payerOf(db, 'm1')?.name, payerOf(db, 'm2')?.name, payerOf(db, 'none')]).toEqual(['ada', 'acme', null])
  db.prepare("UPDATE membership SET payer_id = 'ben' WHERE id = 'm1'").run()
  expect(payerOf(db, 'm1')?.name).toBe('ben')
})

test('who is covered, who no longer is, who is again; each may change what a door answers', () => {
  const changes = (what: () => void) => {
    const before = readRevision(db)
    what()
    return readRevision(db) > before
  }
  expect(changes(() => cover(db, 'm1', 'ben', 10))).toBe(true)
  expect(changes(() => void uncover(db, 'm1', 'ben', 20))).toBe(true)
  expect(uncover(db, 'm1', 'ben', 21)).toBe(false)
  expect(changes(() => cover(db, 'm1', 'ben', 30))).toBe(true)
  // Taken off before it began, and put on again.
  cover(db, 'm1', 'cat', 50)
  uncover(db, 'm1', 'cat', 40)
  cover(db, 'm1', 'cat', 50)
  expect(coversOf(db, 'm1').map(({ name }) => name)).toEqual(['ada', 'ben', 'cat'])
  const rows = db.prepare('SELECT member_id, from_at, until_at FROM membership_cover ORDER BY from_at').raw().all()
  expect(rows).toEqual([
    ['ada', 1, null],
    ['ben', 10, 20],
    ['ben', 30, null],
    ['cat', 50, null],
  ])
  expect(changes(() => setMorePlans(db, 'm1', ['team']))).toBe(true)
  expect(changes(() => setMorePlans(db, 'm1', ['team']))).toBe(false)
  expect(morePlansOf(db, 'm1')).toEqual(['team'])
  expect(changes(() => setMorePlans(db, 'm1', []))).toBe(true)
})

test('a membership with more people than seats is told of, since the last of them came', () => {
  cover(db, 'm1', 'ben', 10)
  expect(overfull(db)).toEqual([])
  sell(item({ quantity: 1 }))
  expect(overfull(db)).toEqual([{ membershipId: 'm1', covered: 2, since: 10 }])
  uncover(db, 'm1', 'ben', 20)
  expect(overfull(db)).toEqual([])
})

test('terms are kept as they were agreed; the last end counts, and one that was ended is spoken of no more', () => {
  expect([termStart(db, 'm2'), termEnd(db, 'm2'), termStart(db, 'm1')]).toEqual([null, null, null])
  term('t1', 10 * DAY, 40 * DAY)
  term('t2', 40 * DAY, 70 * DAY)
  expect([termStart(db, 'm2'), termEnd(db, 'm2')]).toEqual([10 * DAY, 70 * DAY])
  expect(termsOf(db, 'm2').map(({ id, amount }) => [id, amount])).toEqual([
    ['t2', { minor: 90_000, currency: 'jpy' }],
    ['t1', { minor: 90_000, currency: 'jpy' }],
  ])
  expect(termsEnding(db, 33 * DAY, 40 * DAY)).toEqual([])
  expect(termsEnding(db, 63 * DAY, 70 * DAY)).toEqual([
    { membershipId: 'm2', memberId: 'acme', until: 70 * DAY, graceUntil: 70 * DAY },
  ])
  expect(termsEnding(db, 70 * DAY, 77 * DAY)).toEqual([])
  endManual(db, 'm2', 65 * DAY)
  expect(termsEnding(db, 63 * DAY, 70 * DAY)).toEqual([])
  expect(manualIds(db)).toEqual(['m2'])
})

test('the last word about a price counts, in its account alone', () => {
  const say = (account: string, planId: string | null, at: number) =>
    decidePrice(db, { account, priceId: 'price_Full', planId, at, operator: 'owner' })
  expect(decisionOf(db, 'acct_1', 'price_Full')).toBeNull()
  say('acct_1', null, 1)
  say('acct_1', 'team', 2)
  expect(decisionOf(db, 'acct_1', 'price_Full')).toEqual({ planId: 'team' })
  expect(decisionOf(db, 'acct_2', 'price_Full')).toBeNull()
})

test('subscriptions that are over are not counted with a price', () => {
  expect(liveSubscriptionsByPrice(db, 'acct_1').get('price_Full')).toBe(1)
  expect(liveSubscriptionsByPrice(db, 'acct_1').get('price_Locker')).toBe(1)
  const raw = subscription({ status: 'canceled' })
  const row = { mirror: translate('subscription', raw), fetchedAt: 9 }
  storePage({ db, account: 'acct_1', apiVersion: '1', run: 1, fresh: false }, [row], 9, emptyTally())
  expect(liveSubscriptionsByPrice(db, 'acct_1').size).toBe(0)
})

test('a plan keeps what was set on it, and a product of a known plan makes no second one', () => {
  savePlan(db, { id: 'full', name: 'All hours', seats: 3, provisionalDays: 5, ...EVER }, 7)
  const again = { id: 'other', account: 'acct_1', productId: 'prod_Full', name: 'Full 2', at: 8 }
  expect(upsertProductPlan(db, again)).toBe('full')
  expect(planById(db, 'full')).toEqual({ id: 'full', name: 'All hours', seats: 3, provisionalDays: 5, ...EVER })
  expect([provisionalDays(db, 'full'), provisionalDays(db, 'none')]).toEqual([5, 0])
})
