// Plan changes, pauses, discounts, balance: what the next invoice says, line by line. Without HTTP.
import { beforeEach, describe, expect, test } from 'vitest'
import { type Acts, actsOn, quietWorld } from '../../src/main/sandbox/acts.ts'

const START = Date.UTC(2026, 11, 1, 12)
const DAY = 86_400_000

let acts: Acts
let who: string
let full: string
let community: string
let sub: string
beforeEach(() => {
  acts = actsOn(quietWorld(1, START))
  ;[full = '', community = ''] = acts.plans()
  who = acts.createCustomer({ name: 'Ada' })
  sub = acts.subscribe(who, full)
})

const invoices = () =>
  acts
    .ids('invoice')
    .map((id) => acts.record('invoice', id))
    .filter(({ subscription }) => subscription?.id === sub)
const last = () => {
  const invoice = invoices().at(-1)
  return { lines: invoice?.lines.map(({ amount }) => amount), total: invoice?.total, due: invoice?.amountDue }
}
const item = () => acts.record('subscription', sub).items[0]?.id ?? ''

describe('a change of plan', () => {
  // December has 31 days; a change after 15.5 of them is one at the half.
  test('waits as two prorations for the next renewal', () => {
    acts.advance(15.5 * DAY)
    acts.changePlan(sub, community)
    expect(invoices()).toHaveLength(1)
    acts.advance(15.5 * DAY)
    expect(last()).toEqual({ lines: [-3250, 1750, 3500], total: 2000, due: 2000 })
  })

  test('is billed at once where that is asked for, and credit is left over where the new plan is cheaper', () => {
    acts.advance(15.5 * DAY)
    acts.changePlan(sub, community, { proration_behavior: 'always_invoice' })
    expect(last()).toEqual({ lines: [-3250, 1750], total: -1500, due: 0 })
    expect(acts.record('customer', who).balance).toBe(-1500)
    acts.advance(15.5 * DAY + 2 * 3_600_000)
    expect(last()).toEqual({ lines: [3500], total: 3500, due: 2000 })
    expect(acts.record('customer', who).balance).toBe(0)
  })

  test('costs and credits nothing where prorations are switched off', () => {
    acts.advance(15.5 * DAY)
    acts.changePlan(sub, community, { proration_behavior: 'none' })
    acts.advance(15.5 * DAY)
    expect(last()).toEqual({ lines: [3500], total: 3500, due: 3500 })
  })

  test('gives back what was charged, not what it costs: after a second change, after a discount', () => {
    acts.advance(15.5 * DAY)
    acts.setQuantity(sub, 3)
    acts.setQuantity(sub, 2)
    acts.advance(15.5 * DAY)
    expect(last().lines).toEqual([-3250, 9750, -9750, 6500, 13_000])
  })

  test('to a yearly plan begins a new period now', () => {
    acts.advance(15.5 * DAY)
    const yearly = acts.createPlan('Yearly', 36_000, { interval: 'year' })
    acts.changePlan(sub, yearly)
    const { periodStart, periodEnd } = acts.record('subscription', sub)
    expect([periodStart, periodEnd]).toEqual([acts.world.at, Date.UTC(2027, 11, 17) / 1000])
    expect(last()).toEqual({ lines: [-3250, 36_000], total: 32_750, due: 32_750 })
  })

  test('of several items changes only what is named', () => {
    acts.addItem(sub, community, { proration_behavior: 'none' })
    acts.advance(15.5 * DAY)
    acts.removeItem(sub, item())
    acts.advance(15.5 * DAY)
    expect(last().lines).toEqual([-3250, 3500])
    expect(acts.tries(() => acts.removeItem(sub, item()))).toBe(false)
  })

  test('that waits for its payment is made with it, or dropped after 23 hours', () => {
    const dear = acts.createPlan('Dear', 50_000)
    acts.failNextPayment(who, 'insufficient_funds')
    const pending = { payment_behavior: 'pending_if_incomplete', proration_behavior: 'always_invoice' }
    acts.changePlan(sub, dear, pending)
    expect(acts.record('subscription', sub)).toMatchObject({ status: 'active', items: [{ price: full }] })
    expect(acts.read('subscription', sub).pending_update).toMatchObject({
      subscription_items: [{ price: { id: dear } }],
    })
    acts.payOpen(sub)
    expect(acts.record('subscription', sub)).toMatchObject({ pendingUpdate: null, items: [{ price: dear }] })

    acts.failNextPayment(who, 'insufficient_funds')
    acts.changePlan(sub, full, { ...pending, billing_cycle_anchor: undefined })
    acts.setQuantity(sub, 4, pending)
    acts.advance(DAY)
    expect(acts.record('subscription', sub).pendingUpdate).toBeNull()
  })

  test('that waits for its payment is dropped with its invoice, and waits with nothing that Stripe does not let wait', () => {
    const dear = acts.createPlan('Dear', 50_000)
    const pending = { payment_behavior: 'pending_if_incomplete', proration_behavior: 'always_invoice' }
    expect(acts.tries(() => acts.changePlan(sub, dear, { ...pending, metadata: { who: 'us' } }))).toBe(false)
    acts.failNextPayment(who, 'insufficient_funds')
    acts.changePlan(sub, dear, pending)
    acts.voidOpen(sub)
    expect(acts.read('subscription', sub).pending_update).toBeNull()
    expect(acts.record('subscription', sub)).toMatchObject({ items: [{ price: full }] })
    acts.newMethod(who, { type: 'sepa_debit' })
    expect(acts.tries(() => acts.changePlan(sub, dear, pending))).toBe(false)
  })

  test('is previewed with its own next invoice, whoever else is billed before', () => {
    acts.subscribe(acts.createCustomer({ name: 'Early' }), community)
    acts.advance(DAY)
    const late = acts.subscribe(acts.createCustomer({ name: 'Late' }), full)
    const preview = acts.api('POST', '/v1/invoices/create_preview', {
      subscription: late,
      subscription_details: { proration_behavior: 'none' },
    })
    expect(preview).toMatchObject({ total: 6500, parent: { subscription_details: { subscription: late } } })
  })

  test.each([
    ['jpy', 3000, 3000, 1500],
    ['kwd', 10_010, 10_010, 5010],
    ['usd', 7001, 7001, 3501],
  ])('in %s is rounded as that currency is', (currency, amount, whole, half) => {
    const price = acts.createPlan('Abroad', amount, { currency })
    const away = acts.subscribe(acts.createCustomer(), price)
    acts.advance(15.5 * DAY)
    acts.changePlan(away, price, { quantity: 1 })
    acts.setQuantity(away, 2, { proration_behavior: 'always_invoice' })
    sub = away
    expect(last().lines).toEqual([-half, half === 3501 ? whole : 2 * half - (currency === 'kwd' ? 10 : 0)])
  })
})

describe('discounts', () => {
  test.each([
    ['once', { percent_off: 50, duration: 'once' }, [3250, 6500, 6500, 6500]],
    ['two months', { percent_off: 50, duration: 'repeating', duration_in_months: 2 }, [3250, 3250, 6500, 6500]],
    ['for ever', { amount_off: 1000, currency: 'eur', duration: 'forever' }, [5500, 5500, 5500, 5500]],
    ['more than all', { amount_off: 9900, currency: 'eur', duration: 'forever' }, [0, 0, 0, 0]],
    ['another currency', { amount_off: 1000, currency: 'usd', duration: 'forever' }, [6500, 6500, 6500, 6500]],
    ['another product', { percent_off: 50, duration: 'forever', applies_to: ['prod_x'] }, [6500, 6500, 6500, 6500]],
  ])('%s', (_, { applies_to, ...given }: Record<string, unknown>, expected) => {
    const coupon = acts.createCoupon({ ...given, ...(applies_to ? { applies_to: { products: ['prod_x'] } } : {}) })
    sub = acts.subscribe(who, full, { discounts: [{ coupon }] })
    acts.advance(100 * DAY)
    expect(invoices().map(({ total }) => total)).toEqual(expected)
  })

  test('a code gives its coupon’s discount; all of it needs no card, and renews without a payment', () => {
    const coupon = acts.createCoupon({ percent_off: 100, duration: 'forever' })
    const code = acts.api('POST', '/v1/promotion_codes', { promotion: { type: 'coupon', coupon }, code: 'GUEST' })
    const guest = acts.createCustomer({}, null)
    sub = acts.subscribe(guest, full, { discounts: [{ promotion_code: String(code.id) }] })
    acts.advance(40 * DAY)
    expect(acts.record('subscription', sub).status).toBe('active')
    expect(invoices().map(({ status, payment, total }) => [status, payment, total])).toEqual([
      ['paid', null, 0],
      ['paid', null, 0],
    ])
    expect(acts.ids('payment_intent').some((id) => acts.record('payment_intent', id).customer === guest)).toBe(false)
    expect(acts.read('promotion_code', String(code.id))).toMatchObject({ times_redeemed: 1 })
  })

  test('one that is over leaves the subscription, with its events', () => {
    const coupon = acts.createCoupon({ percent_off: 10, duration: 'repeating', duration_in_months: 1 })
    acts.applyDiscount(sub, coupon)
    expect(acts.read('subscription', sub).discounts).toHaveLength(1)
    const told = () => new Set(Array.from(acts.world.events.values(), ({ record }) => record.type))
    expect(told()).toContain('customer.discount.created')
    acts.advance(32 * DAY)
    expect(acts.read('subscription', sub).discounts).toEqual([])
    expect(told()).toContain('customer.discount.deleted')
  })
})

describe('a balance', () => {
  test('of a gift card pays renewals until it is used up, and each use is a line', () => {
    acts.addBalance(who, -10_000)
    acts.advance(70 * DAY)
    expect(invoices().map(({ amountDue }) => amountDue)).toEqual([6500, 0, 3000])
    const moved = acts.ids('customer_balance_transaction').map((id) => acts.record('customer_balance_transaction', id))
    expect(moved.map(({ amount, endingBalance, type }) => [amount, endingBalance, type])).toEqual([
      [-10_000, -10_000, 'adjustment'],
      [6500, -3500, 'applied_to_invoice'],
      [3500, 0, 'applied_to_invoice'],
    ])
  })

  test('goes back when the invoice that used it is void', () => {
    acts.addBalance(who, -1000)
    acts.failNextPayment(who, 'insufficient_funds', 9)
    acts.advance(32 * DAY)
    expect(last().due).toBe(5500)
    acts.voidOpen(sub)
    expect(acts.record('customer', who).balance).toBe(-1000)
  })
})

describe('Stripe’s own pause', () => {
  test('gives credit for the rest of the period, which the first invoice afterwards uses', () => {
    acts.advance(15.5 * DAY)
    acts.pause(sub)
    expect(acts.read('subscription', sub)).toMatchObject({
      status: 'paused',
      status_details: { paused: { subscription: { type: 'pause_requested' } } },
    })
    acts.advance(60 * DAY)
    expect(invoices()).toHaveLength(1)
    acts.unpause(sub)
    expect(acts.record('subscription', sub)).toMatchObject({ status: 'active', periodStart: acts.world.at })
    expect(last()).toEqual({ lines: [-3250, 6500], total: 3250, due: 3250 })
  })

  test('can end only with the payment', () => {
    acts.pause(sub, { bill_for: { unused_time_from: { type: 'none' } } })
    acts.failNextPayment(who, 'insufficient_funds')
    acts.unpause(sub, { payment_behavior: 'resume_on_payment_success' })
    expect(acts.record('subscription', sub).status).toBe('paused')
    acts.payOpen(sub)
    expect(acts.record('subscription', sub)).toMatchObject({ status: 'active', paused: null })
  })

  test('puts off no end that was agreed', () => {
    acts.pause(sub)
    acts.cancelAtEnd(sub)
    acts.advance(40 * DAY)
    expect(acts.record('subscription', sub)).toMatchObject({ status: 'canceled' })
  })

  test('that ended with its subscription is not resumed by a late payment', () => {
    acts.pause(sub, { bill_for: { unused_time_from: { type: 'none' } } })
    acts.failNextPayment(who, 'insufficient_funds', 20)
    acts.unpause(sub, { payment_behavior: 'resume_on_payment_success' })
    acts.cancelAtEnd(sub)
    acts.advance(40 * DAY)
    acts.payInCash(sub)
    expect(acts.record('subscription', sub)).toMatchObject({ status: 'canceled', paused: null })
  })

  test('that outlasted its period has no end of it to be cancelled at', () => {
    acts.pause(sub)
    acts.advance(40 * DAY)
    expect(() => acts.cancelAtEnd(sub)).toThrow('The sandbox does not model')
  })

  test('that ends within its period costs the rest again only where the rest was given back', () => {
    acts.pause(sub, { bill_for: { unused_time_from: { type: 'none' } } })
    acts.advance(3 * DAY)
    acts.unpause(sub, { billing_cycle_anchor: { type: 'unchanged' } })
    acts.advance(29 * DAY)
    expect(last().lines).toEqual([6500])
  })
})
