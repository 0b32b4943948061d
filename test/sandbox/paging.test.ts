// The list engine: order, cursors, ranges and what hangs on an object.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listPage } from '../../src/main/sandbox/list.ts'
import type { Params } from '../../src/main/sandbox/params.ts'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import { Shelf } from '../../src/main/sandbox/shelf.ts'
import { everything, open, START, subscriptionOf } from './open.ts'

type Thing = { id: string; created: number; odd: boolean }

/** Put up in any order, as a test clock does, with many in one second. */
function shelfOf(created: number[]): Shelf<Thing> {
  const shelf = new Shelf<Thing>()
  for (const [n, second] of created.entries()) {
    shelf.set(`id_${n}`, { seq: n, record: { id: `id_${n}`, created: second, odd: n % 2 === 1 } })
  }
  return shelf
}

/** The whole list as it is said to be: newest first, of one second the last made first. */
function sorted(shelf: Shelf<Thing>): Thing[] {
  const rows = [...shelf.values()].toSorted((a, b) => b.record.created - a.record.created || b.seq - a.seq)
  return rows.map(({ record }) => record)
}

test('whatever was put up in whatever order, its pages forwards and backwards make up the sorted whole', () => {
  const seconds = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 60 })
  const limits = fc.integer({ min: 1, max: 9 })
  const bound = fc.option(fc.integer({ min: -1, max: 13 }), { nil: undefined })
  fc.assert(
    fc.property(seconds, limits, bound, bound, fc.boolean(), (created, limit, gte, lt, odd) => {
      const shelf = shelfOf(created)
      for (const id of [...shelf.keys()].filter((_, n) => n % 7 === 3)) shelf.delete(id)
      const wanted = (thing: Thing) => !odd || thing.odd
      const range: Params = {
        ...(gte !== undefined && { gte: String(gte) }),
        ...(lt !== undefined && { lt: String(lt) }),
      }
      const all = sorted(shelf).filter((one) => {
        return wanted(one) && one.created >= (gte ?? -9) && one.created < (lt ?? 99)
      })
      const walk = (cursor: 'starting_after' | 'ending_before', first: Params) => {
        const found: Thing[] = []
        for (let params = first; ; ) {
          const page = listPage(shelf, 'thing', { created: range, limit: String(limit), ...params }, wanted)
          const backwards = cursor === 'ending_before'
          found.splice(backwards ? 0 : found.length, 0, ...page.data)
          if (!page.hasMore) return found
          params = { [cursor]: (backwards ? page.data[0] : page.data.at(-1))?.id ?? '' }
        }
      }
      expect(walk('starting_after', {})).toEqual(all)
      const oldest = all.at(-1)
      if (oldest !== undefined) expect(walk('ending_before', { ending_before: oldest.id })).toEqual(all.slice(0, -1))
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('each bound of `created` counts as it is called', async () => {
  const { sandbox, stripe } = await open()
  const at = START / 1000
  for (let n = 0; n < 3; n += 1) {
    await stripe.customers.create({ name: `Second ${n}` })
    await sandbox.advance(1_000)
  }
  const seconds = async (created: number | { gt?: number; gte?: number; lt?: number; lte?: number }) =>
    (await everything(stripe.customers.list({ created, limit: 100 }))).map((one) => one.created - at)
  expect(await seconds({ gte: at })).toEqual([2, 1, 0])
  expect(await seconds({ gt: at })).toEqual([2, 1])
  expect(await seconds({ gte: at, lte: at + 1 })).toEqual([1, 0])
  expect(await seconds({ gte: at, lt: at + 1 })).toEqual([0])
  expect(await seconds(at + 1)).toEqual([1])
})

test('an object shows ten of what hangs on it, and the rest is on pages of its own', async () => {
  const { stripe } = await open()
  const { customer } = await subscriptionOf(stripe, SAMPLE.current.email)
  const product = await stripe.products.create({ name: 'Lockers' })
  const items: { price: string }[] = []
  for (let n = 1; n <= 12; n += 1) {
    const recurring = { interval: 'month' } as const
    const price = await stripe.prices.create({ currency: 'eur', product: product.id, unit_amount: 100 * n, recurring })
    items.push({ price: price.id })
  }
  const subscription = await stripe.subscriptions.create({
    customer: String(customer),
    items,
    expand: ['latest_invoice'],
  })
  expect(subscription.items).toMatchObject({
    has_more: true,
    url: `/v1/subscription_items?subscription=${subscription.id}`,
  })
  expect(subscription.items.data).toHaveLength(10)
  const all = await everything(stripe.subscriptionItems.list({ subscription: subscription.id, limit: 5 }))
  expect(all.map(({ price }) => price.id)).toEqual(items.map(({ price }) => price))
  const invoice = subscription.latest_invoice
  if (invoice === null || typeof invoice === 'string') throw new Error('the invoice is not opened')
  expect(invoice.lines).toMatchObject({ has_more: true, url: `/v1/invoices/${invoice.id}/lines` })
  expect(invoice.lines.data).toHaveLength(10)
  const lines = await everything(stripe.invoices.listLineItems(invoice.id ?? '', { limit: 5 }))
  expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(invoice.total)
  expect(lines).toHaveLength(12)
  const payments = await stripe.invoicePayments.list({ invoice: invoice.id ?? '' })
  expect(payments.data).toMatchObject([{ amount_paid: invoice.total }])
})
