// Marked objects are read again: one by one, or as a list where many are marked, with no more requests than that saves.
import { describe, expect, test } from 'vitest'
import type { BillingEvent } from '../../src/main/domain/billing.ts'
import { allMarked, deadObjects, markDirty, noteFailure, TRIES } from '../../src/main/store/billing-dirty.ts'
import { storedObject } from '../../src/main/store/billing-objects.ts'
import { emptyTally } from '../../src/main/stripe/mirror.ts'
import {
  type ObjectPage,
  type ReadObject,
  type StripePort,
  StripeTrouble,
  type StripeTroubleKind,
} from '../../src/main/stripe/port.ts'
import { type ReadDeps, readAll, readNewest } from '../../src/main/stripe/read-all.ts'
import { readDirty, readEvents } from '../../src/main/stripe/read-changes.ts'
import { readOrder } from '../../src/main/stripe/read-order.ts'
import { translate } from '../../src/main/stripe/translate.ts'
import { openFresh } from '../store/folder.ts'
import * as objects from './objects.ts'

const ACCOUNT = 'acct_1'
const NOW = objects.AT * 1_000
const nothing = async () => {
  throw new Error('not asked here')
}

/** A Stripe with so many customers, the newest first, of whom one page holds a hundred. */
function stripeOf(
  customers: number,
  asked: string[],
  broken: readonly string[] = [],
  trouble: StripeTroubleKind = 'reply',
): StripePort {
  const object = (n: number): ReadObject => {
    const raw = objects.customer({ id: `cus_${n}`, created: objects.AT - n })
    return { mirror: translate('customer', raw), raw, fetchedAt: NOW }
  }
  return {
    apiVersion: 'test',
    // Nothing is done at Stripe by reading it.
    till: undefined as never,
    terminal: undefined as never,
    money: undefined as never,
    changes: undefined as never,
    shop: undefined as never,
    listsApart: false,
    account: nothing,
    events: nothing,
    permissions: nothing,
    balances: async () => [],
    observed: () => ({ refused: 0, perSecond: 20, clockAhead: null }),
    async list(_, { after }): Promise<ObjectPage> {
      asked.push('list')
      const from = after === undefined ? 0 : Number(after.slice(4)) + 1
      const ids = Array.from({ length: Math.min(100, customers - from) }, (_, n) => from + n)
      const last = { id: `cus_${ids.at(-1)}`, created: NOW }
      const isBroken = (n: number) => broken.includes(`cus_${n}`)
      return {
        data: ids.filter((n) => !isBroken(n)).map(object),
        misshapen: ids.filter(isBroken).map((n) => ({ id: `cus_${n}`, customerId: null })),
        last,
        hasMore: from + 100 < customers,
      }
    },
    async retrieve(_, id) {
      asked.push(id)
      if (broken.includes(id)) throw new StripeTrouble(trouble, 'Not what was asked for.')
      return object(Number(id.slice(4)))
    },
  }
}

function opened(customers: number, broken: readonly string[] = [], trouble?: StripeTroubleKind) {
  const db = openFresh()
  const asked: string[] = []
  const deps: ReadDeps = {
    stripe: stripeOf(customers, asked, broken, trouble),
    target: { db, account: ACCOUNT, apiVersion: 'test', run: 1, fresh: false },
    tally: emptyTally(),
    now: () => NOW,
    order: readOrder(db, () => NOW),
    onProgress: () => undefined,
    breathe: async () => undefined,
  }
  const mark = (ids: readonly number[]) => {
    for (const n of ids)
      markDirty(db, ACCOUNT, { objectType: 'customer', objectId: `cus_${n}`, customerId: null, since: 1 })
  }
  return { db, deps, asked, mark }
}
const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n)

test('fifty are read one by one, fifty-one as a list, which ends where the last of them stands', async () => {
  for (const [count, requests] of [
    [50, 50],
    [51, 1],
    [150, 2],
  ] as const) {
    const { db, deps, asked, mark } = opened(10_000)
    mark(upTo(count))
    await readDirty(deps)
    expect(asked).toHaveLength(requests)
    expect(allMarked(db, ACCOUNT)).toEqual([])
    expect(storedObject(db, 'customer', ACCOUNT, `cus_${count - 1}`)).not.toBeNull()
  }
})

test('where they stand far down a long list, no more pages are read than there are marks', async () => {
  const { db, deps, asked, mark } = opened(100_000)
  mark(upTo(60, 90_000))
  await readDirty(deps)
  expect(asked.filter((one) => one === 'list')).toHaveLength(60)
  expect(asked).toHaveLength(120)
  expect(allMarked(db, ACCOUNT)).toEqual([])
})

test('one of a wrong shape in a list keeps nobody else, and what was given up on is not tried for ever by it', async () => {
  const { db, deps, asked, mark } = opened(100, ['cus_7'])
  mark(upTo(60))
  await readDirty(deps)
  expect(allMarked(db, ACCOUNT)).toMatchObject([{ objectId: 'cus_7', attempts: 1 }])
  for (let tries = 1; tries < TRIES; tries++) {
    const [dirty] = allMarked(db, ACCOUNT)
    if (dirty) noteFailure(db, ACCOUNT, dirty, { step: 'Reading', error: 'Not what was asked for.', at: NOW })
  }
  const dead = deadObjects(db)
  expect(dead).toMatchObject([{ objectId: 'cus_7', attempts: TRIES }])
  asked.length = 0
  await readNewest(deps, 'customer', 0, new Set(['cus_99']), 5)
  await readDirty(deps)
  expect(asked).toEqual(['list'])
  expect(deadObjects(db)).toEqual(dead)
})

test('of many that nothing answers for, each a minute, three are waited for, and the others have their turn next time', async () => {
  const ill = Array.from({ length: 5 }, (_, n) => `cus_${n}`)
  const { db, deps, asked, mark } = opened(100, ill, 'offline')
  mark(upTo(8))
  await readDirty(deps)
  expect(asked.filter((one) => one !== 'list')).toEqual(['cus_0', 'cus_1', 'cus_2'])
  asked.length = 0
  await readDirty(deps)
  expect(asked.filter((one) => one !== 'list')).toEqual(['cus_3', 'cus_4', 'cus_5', 'cus_6', 'cus_7'])
  expect(allMarked(db, ACCOUNT).map(({ objectId, attempts }) => [objectId, attempts])).toEqual(ill.map((id) => [id, 1]))
})

describe('a Stripe whose list leads nowhere', () => {
  const NOT_ASKED_FOR = /^Stripe's answer for the list of (events|customers) was not what was asked for\./
  const event = (n: number): BillingEvent => ({
    id: `evt_${n}`,
    type: 'customer.updated',
    created: NOW,
    apiVersion: null,
    objectType: 'customer',
    objectId: `cus_${n}`,
    customerId: null,
    payload: '{}',
  })
  /** Rather than for ever. */
  const asked = (times: { n: number }) => {
    times.n += 1
    if (times.n > 50) throw new Error('It asks for ever.')
  }

  test.each([
    ['the same page again and again', (): BillingEvent[] => [event(2), event(1)]],
    ['two pages in turn', (n: number): BillingEvent[] => [event(n % 2)]],
    ['that there is more, and nothing', (): BillingEvent[] => []],
  ])('ends the reading of events with a sentence: %s', async (_, data) => {
    const { deps, db } = opened(0)
    const times = { n: 0 }
    const events = async () => {
      asked(times)
      return { data: data(times.n), hasMore: true }
    }
    const reading = readEvents({ ...deps, stripe: { ...deps.stripe, events } }, NOW, 0)
    await expect(reading).rejects.toThrow(NOT_ASKED_FOR)
    await expect(reading).rejects.toMatchObject({ kind: 'reply' })
    // What came is kept all the same.
    expect(allMarked(db, ACCOUNT).length).toBe(data(1).length === 0 ? 0 : 2)
  })

  test.each([
    ['the same page again and again', 100],
    ['that there is more, and nothing', 0],
  ])('ends the reading of a whole list with a sentence: %s', async (_, count) => {
    const { deps } = opened(count)
    const times = { n: 0 }
    const list: StripePort['list'] = async (kind) => {
      asked(times)
      return count === 0
        ? { data: [], misshapen: [], last: null, hasMore: true }
        : { ...(await deps.stripe.list(kind, {})), hasMore: true }
    }
    const scope = [{ kind: 'customer' as const, createdFrom: 0 }]
    const reading = readAll({ ...deps, stripe: { ...deps.stripe, list } }, scope, false)
    await expect(reading).rejects.toThrow(NOT_ASKED_FOR)
    await expect(reading).rejects.toMatchObject({ kind: 'reply' })
  })

  test('does not keep a list from being read that began anew where its place was lost', async () => {
    const { deps, db } = opened(300)
    const places: (string | undefined)[] = []
    const list: StripePort['list'] = async (kind, page) => {
      places.push(page.after)
      const { last, ...whole } = await deps.stripe.list(kind, places.length === 2 ? {} : page)
      // As if nothing were left that is older: so there is nothing to share among readers.
      return { ...whole, last: last && { ...last, created: Date.UTC(2010, 0, 1) } }
    }
    await readAll({ ...deps, stripe: { ...deps.stripe, list } }, [{ kind: 'customer', createdFrom: 0 }], false)
    expect(places).toEqual([undefined, 'cus_99', 'cus_99', 'cus_199'])
    expect(storedObject(db, 'customer', ACCOUNT, 'cus_299')).not.toBeNull()
  })
})
