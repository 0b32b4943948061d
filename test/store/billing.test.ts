// The inbox and the mirror: what Stripe told, in whatever order it arrives.
import { beforeEach, describe, expect, test } from 'vitest'
import type { BillingKind, MirrorRow } from '../../src/main/domain/billing.ts'
import {
  clearDirty,
  type Dirty,
  deadObjects,
  dirtyObjects,
  markDirty,
  markUnread,
  noteFailure,
  reviveDead,
  staleMembers,
  staleSince,
  TRIES,
} from '../../src/main/store/billing-dirty.ts'
import {
  insertEvent,
  type ReceivedEvent,
  readFreshFrom,
  readSyncState,
  settleEvents,
  writeSyncState,
} from '../../src/main/store/billing-inbox.ts'
import { tombstone, unseenIds, upsertMirror, wasReadSince } from '../../src/main/store/billing-mirror.ts'
import {
  customerById,
  invoicesOfSubscription,
  paymentIntents,
  priceById,
  productById,
  storedObject,
  subscriptionById,
} from '../../src/main/store/billing-objects.ts'
import { insertStripeMembership } from '../../src/main/store/entitlements.ts'
import { duesSeen, rememberDue } from '../../src/main/store/first-seen.ts'
import { insertMember, linkCustomer } from '../../src/main/store/members.ts'
import { cover, uncover } from '../../src/main/store/membership-seats.ts'
import type { WriteDb } from '../../src/main/store/open.ts'
import { insertPlan } from '../../src/main/store/plans.ts'
import { intent, invoice, subscription } from '../domain/samples.ts'
import { openFresh } from './folder.ts'

const ACCOUNT = 'acct_1'
let db: WriteDb

const customer = (name: string): MirrorRow => ({
  kind: 'customer',
  row: {
    ...{ id: 'cus_1', created: 1, name, email: 'ada@example.org', phone: null, defaultMethod: 'card' },
    ...{
      fingerprint: 'fp_1',
      cardExpires: null,
      balances: [{ minor: -500, currency: 'eur' }],
      discount: null,
      memberId: null,
    },
  },
})
const write = (mirror: MirrorRow, order: number, run = 1, account = ACCOUNT) =>
  upsertMirror(db, mirror, { account, apiVersion: '2026-10-28', order, run })
const drop = (kind: BillingKind, id: string, order: number, at = order) =>
  tombstone(db, kind, id, { account: ACCOUNT, order, at })
const nameNow = () => customerById(db, ACCOUNT, 'cus_1')?.name

beforeEach(() => {
  db = openFresh()
})

describe('the mirror', () => {
  test('is never overwritten by a read that began earlier', () => {
    expect(write(customer('at 200'), 200)).toBe(true)
    expect(write(customer('at 100, late'), 100)).toBe(false)
    expect(nameNow()).toBe('at 200')
    expect(write(customer('at 200, again'), 200)).toBe(true)
    expect(write(customer('at 300'), 300)).toBe(true)
    expect(nameNow()).toBe('at 300')
  })

  test('is not brought back to life by a read that began before its tombstone', () => {
    write(customer('at 100'), 100)
    expect(drop('customer', 'cus_1', 50)).toBe(false)
    expect(drop('customer', 'cus_1', 300, 7)).toBe(true)
    expect(write(customer('at 200, late'), 200)).toBe(false)
    expect(storedObject(db, 'customer', ACCOUNT, 'cus_1')).toBeNull()
    expect(write(customer('at 400'), 400)).toBe(true)
    expect(storedObject(db, 'customer', ACCOUNT, 'cus_1')).toEqual(customer('at 400'))
  })

  test('keeps the first tombstone, and the row under it', () => {
    write({ kind: 'subscription', row: subscription() }, 100)
    drop('subscription', 'sub_1', 300)
    drop('subscription', 'sub_1', 400)
    expect(subscriptionById(db, ACCOUNT, 'sub_1')).toEqual({ ...subscription(), deletedAt: 300 })
  })

  test('keeps accounts apart', () => {
    write(customer('one'), 100)
    write(customer('two'), 50, 1, 'acct_2')
    expect([nameNow(), customerById(db, 'acct_2', 'cus_1')?.name]).toEqual(['one', 'two'])
  })

  test('gives back every kind of object as it was written', () => {
    const price = {
      ...{ id: 'price_1', created: 1, productId: 'prod_1', recurring: true },
      ...{ interval: 'month', nickname: 'Legacy', active: false, unitAmount: null, currency: 'eur' },
    }
    const paused = subscription({
      pauseCollection: true,
      trialEnd: 5,
      cancelAt: 6,
      endedAt: 7,
      pausedType: 'pause_requested',
    })
    write({ kind: 'product', row: { id: 'prod_1', created: 1, name: 'Full', active: true } }, 1)
    write({ kind: 'price', row: price }, 1)
    write({ kind: 'subscription', row: paused }, 1)
    write({ kind: 'invoice', row: invoice() }, 1)
    write({ kind: 'payment_intent', row: intent() }, 1)
    expect(productById(db, ACCOUNT, 'prod_1')).toEqual({ id: 'prod_1', created: 1, name: 'Full', active: true })
    expect(priceById(db, ACCOUNT, 'price_1')).toEqual(price)
    expect(subscriptionById(db, ACCOUNT, 'sub_1')).toEqual({ ...paused, deletedAt: null })
    expect(invoicesOfSubscription(db, ACCOUNT, 'sub_1')).toEqual([invoice()])
    expect(paymentIntents(db, ACCOUNT, ['pi_1', 'pi_2'])).toEqual(new Map([['pi_1', intent()]]))
    const dispute: MirrorRow = {
      kind: 'dispute',
      row: {
        ...{ id: 'dp_1', created: 1, paymentIntentId: 'pi_1', status: 'lost', reason: 'fraudulent' },
        amount: { minor: 6_500, currency: 'eur' },
        evidenceDue: 9,
      },
    }
    for (const mirror of [customer('Ada'), dispute]) write(mirror, 1)
    // What a later read is compared with.
    for (const mirror of [
      customer('Ada'),
      dispute,
      { kind: 'price', row: price },
      { kind: 'subscription', row: { ...paused, deletedAt: null } },
      { kind: 'invoice', row: invoice() },
      { kind: 'payment_intent', row: intent() },
    ] as MirrorRow[])
      expect(storedObject(db, mirror.kind, ACCOUNT, mirror.row.id)).toEqual(mirror)
    expect(storedObject(db, 'invoice', ACCOUNT, 'in_nobody')).toBeNull()
  })

  test('says what a full read has not seen', () => {
    for (const [id, run, created] of [
      ['sub_old', 1, 5],
      ['sub_unseen', 1, 50],
      ['sub_seen', 2, 50],
    ] as const)
      write({ kind: 'subscription', row: subscription({ id, created }) }, 100, run)
    expect(unseenIds(db, 'subscription', ACCOUNT, 2, 0)).toEqual(['sub_old', 'sub_unseen'])
    expect(unseenIds(db, 'subscription', ACCOUNT, 2, 10)).toEqual(['sub_unseen'])
    drop('subscription', 'sub_unseen', 200)
    expect(unseenIds(db, 'subscription', ACCOUNT, 2, 10)).toEqual([])
  })

  test('knows what was read since a place in the order', () => {
    write(customer('x'), 100)
    const since = (at: number) => wasReadSince(db, 'customer', ACCOUNT, 'cus_1', at)
    expect([since(99), since(100), since(101)]).toEqual([true, true, false])
  })
})

describe('an event', () => {
  const event: ReceivedEvent = {
    account: ACCOUNT,
    id: 'evt_1',
    type: 'invoice.paid',
    created: 1,
    apiVersion: null,
    objectType: 'invoice',
    objectId: 'in_1',
    customerId: 'cus_1',
    source: 'poll',
    receivedAt: 2,
    payload: '{}',
  }

  test('is stored once, whichever way it comes', () => {
    expect(insertEvent(db, event, true)).toBe(true)
    expect(insertEvent(db, { ...event, source: 'webhook', receivedAt: 9 }, true)).toBe(false)
    expect(insertEvent(db, { ...event, account: 'acct_2' }, true)).toBe(true)
  })

  test('is done when what it tells of was read, and one that tells of nothing mirrored at once', () => {
    insertEvent(db, event, true)
    insertEvent(db, { ...event, id: 'evt_2', objectId: 'in_2' }, true)
    insertEvent(db, { ...event, id: 'evt_3', objectType: 'plan' }, false)
    settleEvents(db, ACCOUNT, { objectType: 'invoice', objectId: 'in_1' }, 10, 'read')
    expect(db.prepare('SELECT id, applied_at AS at, result FROM billing_event ORDER BY id').all()).toEqual([
      { id: 'evt_1', at: 10, result: 'read' },
      { id: 'evt_2', at: null, result: null },
      { id: 'evt_3', at: 2, result: 'ignored' },
    ])
  })
})

describe('a mark to read again', () => {
  const mark = (since: number, customerId: string | null = 'cus_1', objectId = 'in_1') =>
    markDirty(db, ACCOUNT, { objectType: 'invoice', objectId, customerId, since })
  const marks = (now = Number.MAX_SAFE_INTEGER) => dirtyObjects(db, ACCOUNT, now)
  const first = () => marks()[0] as Dirty

  test('is cleared when nothing came in between', () => {
    mark(10)
    clearDirty(db, ACCOUNT, first())
    expect(marks()).toEqual([])
  })

  test('stays when the object was marked again while it was read', () => {
    mark(10)
    const reading = first()
    mark(20)
    clearDirty(db, ACCOUNT, reading)
    expect(marks()).toMatchObject([{ objectId: 'in_1', marked: 2 }])
    clearDirty(db, ACCOUNT, first())
    expect(marks()).toEqual([])
  })

  test('keeps the earliest moment, and the customer once it is known', () => {
    mark(10, null)
    mark(20, 'cus_1')
    mark(30, null)
    expect(marks()).toMatchObject([{ since: 10, customerId: 'cus_1', marked: 3 }])
  })

  test('waits longer after each failure, and after eight is given up on until someone says so', () => {
    mark(10)
    const fail = (at: number) => noteFailure(db, ACCOUNT, first(), { step: 'Reading', error: 'Stripe said 500', at })
    fail(1_000)
    expect([marks(1_001), marks(16_000).length]).toEqual([[], 1])
    fail(20_000)
    expect([marks(49_999), marks(50_000).length]).toEqual([[], 1])
    for (let tries = 2; tries < TRIES; tries++) fail(100_000 + tries)
    expect(marks()).toEqual([])
    expect(deadObjects(db)).toMatchObject([
      { objectId: 'in_1', step: 'Reading', error: 'Stripe said 500', attempts: 8 },
    ])
    expect([reviveDead(db, 'in_other'), reviveDead(db, 'in_1'), reviveDead(db, null)]).toEqual([0, 1, 0])
    expect(marks(0)).toMatchObject([{ attempts: 0 }])
  })

  test('that was given up on has a new chance when Stripe speaks of it again', () => {
    mark(10)
    for (let tries = 0; tries < TRIES; tries++)
      noteFailure(db, ACCOUNT, first(), { step: 'Reading', error: 'Stripe said 500', at: 1 })
    expect(marks()).toEqual([])
    mark(20)
    expect(marks(0)).toMatchObject([{ since: 10, attempts: 0, marked: 2 }])
    expect(deadObjects(db)).toEqual([])
  })

  test('that was given up on stays so, since the same moment, while lists and full reads find it unreadable', () => {
    mark(10)
    const dirty = first()
    for (let tries = 0; tries < TRIES; tries++)
      noteFailure(db, ACCOUNT, dirty, { step: 'Reading', error: 'Stripe said 500', at: 1 })
    const [dead] = deadObjects(db)
    markUnread(db, ACCOUNT, { objectType: 'invoice', objectId: 'in_1', customerId: null, since: 5 })
    noteFailure(db, ACCOUNT, dirty, { step: 'Reading', error: 'Stripe said 500', at: 99 })
    expect(deadObjects(db)).toEqual([{ ...dead, attempts: TRIES + 1 }])
    markUnread(db, ACCOUNT, { objectType: 'invoice', objectId: 'in_2', customerId: 'cus_1', since: 5 })
    expect(marks(0)).toMatchObject([{ objectId: 'in_2', since: 5, attempts: 0 }])
  })

  test('belongs to its account', () => {
    mark(10)
    markDirty(db, 'acct_2', { objectType: 'invoice', objectId: 'in_1', customerId: null, since: 5 })
    clearDirty(db, 'acct_2', first())
    expect(marks()).toHaveLength(1)
  })

  test("makes its person's data old, and nobody else's", () => {
    for (const [id, cus] of [
      ['ada', 'cus_1'],
      ['ben', 'cus_2'],
    ] as const) {
      insertMember(db, { id, name: id, phone: null, createdAt: 1 }, 'desk')
      linkCustomer(db, ACCOUNT, cus, id, 1)
    }
    linkCustomer(db, ACCOUNT, 'cus_3', 'ada', 1)
    mark(20)
    mark(15, 'cus_3', 'in_3')
    expect([staleSince(db, 'ada'), staleSince(db, 'ben')]).toEqual([15, null])
    for (const dirty of marks()) clearDirty(db, ACCOUNT, dirty)
    expect(staleSince(db, 'ada')).toBeNull()
  })
})

test("a mark on the payer's object makes the data old of everybody whom the membership covers, as long as it does", () => {
  for (const id of ['ada', 'ben', 'cat']) insertMember(db, { id, name: id, phone: null, createdAt: 1 }, 'desk')
  linkCustomer(db, ACCOUNT, 'cus_1', 'ada', 1)
  write({ kind: 'subscription', row: subscription({ customerId: 'cus_1' }) }, 1)
  insertPlan(db, { id: 'full', name: 'Full', at: 1 })
  const membership = { account: ACCOUNT, subscriptionId: 'sub_1', planId: 'full', memberId: 'ada', from: 1, at: 1 }
  insertStripeMembership(db, { id: 'm1', ...membership, origin: 'desk' })
  cover(db, 'm1', 'ben', 5)
  markDirty(db, ACCOUNT, { objectType: 'invoice', objectId: 'in_1', customerId: 'cus_1', since: 20 })
  markDirty(db, 'acct_2', { objectType: 'invoice', objectId: 'in_1', customerId: 'cus_1', since: 10 })
  const since = () => {
    const all = staleMembers(db)
    const one = ['ada', 'ben', 'cat'].map((id) => staleSince(db, id))
    expect(['ada', 'ben', 'cat'].map((id) => all.get(id) ?? null)).toEqual(one)
    return one
  }
  expect(since()).toEqual([20, 20, null])
  uncover(db, 'm1', 'ben', 30)
  expect(since()).toEqual([20, null, null])
})

test('how far the sync has come is kept key by key', () => {
  expect([readSyncState(db), readFreshFrom(db)]).toEqual([{}, null])
  writeSyncState(db, { account: ACCOUNT, livemode: false, freshFrom: 100 })
  writeSyncState(db, { freshFrom: 200, run: 2 })
  expect(readSyncState(db)).toEqual({ account: ACCOUNT, livemode: false, freshFrom: 200, run: 2 })
  expect(readFreshFrom(db)).toBe(200)
})

test('the first due moment of an invoice stands, whatever later reads say', () => {
  rememberDue(db, ACCOUNT, 'in_1', 100, 1)
  rememberDue(db, ACCOUNT, 'in_1', 900, 2)
  expect(duesSeen(db, ACCOUNT, ['in_1', 'in_2'])).toEqual(new Map([['in_1', 100]]))
})
