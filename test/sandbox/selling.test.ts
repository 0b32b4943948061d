// What plans need of Stripe's shop: names of prices, codes that run out, and a preview that opens its discounts.
import { expect, test } from 'vitest'
import { open, refusal, START } from './open.ts'

test('a lookup key is one price’s alone, and stands in it; a code cannot have run out when it is made; a preview opens its discounts', async () => {
  const { stripe } = await open()
  const { id: product } = await stripe.products.create({ name: 'Passport' })
  const order = { product, currency: 'eur', unit_amount: 10_000, recurring: { interval: 'month' as const } }
  const price = await stripe.prices.create({ ...order, lookup_key: 'passport' })
  expect(price.lookup_key).toBe('passport')
  await stripe.prices.update(price.id, { active: false })
  expect((await refusal(stripe.prices.create({ ...order, lookup_key: 'passport' }))).param).toBe('lookup_key')
  await stripe.prices.update(price.id, { active: true })
  const duration_in_months = 3
  const { id: coupon } = await stripe.coupons.create({ percent_off: 50, duration: 'repeating', duration_in_months })
  const promotion = { type: 'coupon' as const, coupon }
  const past = stripe.promotionCodes.create({ code: 'LATE', promotion, expires_at: START / 1_000 - 1 })
  expect((await refusal(past)).param).toBe('expires_at')
  const code = await stripe.promotionCodes.create({ code: 'HALF', promotion, expires_at: START / 1_000 + 86_400 })
  const { id: customer } = await stripe.customers.create({ name: 'Somebody' })
  const preview = await stripe.invoices.createPreview({
    customer,
    subscription_details: { items: [{ price: price.id }] },
    discounts: [{ promotion_code: code.id }],
    expand: ['total_discount_amounts.discount.source.coupon'],
  })
  expect(preview.total_discount_amounts).toMatchObject([
    {
      amount: 5_000,
      discount: { end: expect.any(Number), source: { coupon: { percent_off: 50, duration: 'repeating' } } },
    },
  ])
})
