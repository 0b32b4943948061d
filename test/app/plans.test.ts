// Plans against the sandbox: the template, what is made in Stripe, what is wrong with them, what they give, what is sold once.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toLocal } from '../../src/main/domain/time.ts'
import { readSettings } from '../../src/main/store/settings.ts'
import { createStripeClient } from '../../src/main/stripe/client.ts'
import { StripeTrouble } from '../../src/main/stripe/port.ts'
import type { Shop } from '../../src/main/stripe/shop-port.ts'
import type { Refusal } from '../../src/preload/contract.ts'
import type { PlanTemplate } from '../../src/preload/shapes-plans.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

let desk: WholeDesk
beforeAll(async () => {
  desk = await openWholeDesk()
  await desk.sync()
})
afterAll(async () => {
  expect(desk.failures).toEqual([])
  await desk.stop()
})

/** Beside which fields it is said. */
const fieldsOf = ({ detail }: Refusal) => Object.keys((detail as { fields?: object }).fields ?? {})
const plansAtStripe = async () => ({
  products: (await desk.stripe.products.list({ limit: 100 })).data.length,
  prices: (await desk.stripe.prices.list({ limit: 100 })).data.length,
})
const ofSlug = ({ plans }: PlanTemplate, slug: string) => plans.find((plan) => plan.slug === slug)
const planCalled = async (name: string) =>
  (await desk.ask('plans.list', {})).find((plan) => plan.name === name)?.id ?? ''
const saleOf = async (name: string) => desk.ask('plans.sale', { plan: await planCalled(name) })
const lint = async () => (await desk.ask('plans.lint', {})).findings
const said = async (name: string | null) =>
  (await lint()).filter(({ plan }) => (plan?.name ?? null) === name).map(({ kind }) => kind)

test('the template makes six plans, finds what Stripe has of them, and twice makes nothing twice', async () => {
  const { id: product } = await desk.stripe.products.create({ name: 'All access' })
  const monthly = { currency: 'eur', recurring: { interval: 'month' as const } }
  await desk.stripe.prices.create({ ...monthly, unit_amount: 29_000, product })
  const right = await desk.stripe.prices.create({ ...monthly, unit_amount: 30_000, product })
  const other = await desk.stripe.products.create({ name: 'Anything' })
  const named = await desk.stripe.prices.create({
    ...monthly,
    unit_amount: 9_900,
    product: other.id,
    lookup_key: 'passport',
  })
  // Paid for as another plan: whoever pays it would find other doors.
  const paid = await desk.stripe.products.create({ name: 'Startup' })
  const startup = await desk.stripe.prices.create({ ...monthly, unit_amount: 3_000, product: paid.id })
  await desk.customer({ name: 'Pays Already' }, startup.id)
  await desk.sync()
  const startups = (await desk.ask('plans.list', {})).find(({ name }) => name === 'Startup')?.id
  await desk.ask('plans.save', { id: startups ?? '', name: 'Old startup' })
  const before = await plansAtStripe()
  const template = await desk.ask('plans.template', {})
  expect(template.currency).toBe('eur')
  expect(template.plans.map(({ slug, price, fee, plan }) => [slug, price.minor, fee.minor, plan])).toEqual([
    ['passport', 10_000, 10_000, null],
    ['startup', 3_000, 10_000, null],
    ['all-access', 30_000, 20_000, null],
    ['founder', 50_000, 20_000, null],
    ['creator-pass', 50_000, 20_000, null],
    ['innovator-pass', 50_000, 20_000, null],
  ])
  expect(ofSlug(template, 'all-access')?.found?.price).toBe(right.id)
  expect(ofSlug(template, 'passport')?.found).toMatchObject({ price: named.id, amount: { minor: 9_900 } })
  expect(ofSlug(template, 'startup')?.found).toBeNull()
  const terms = { membership: { version: '2026-11', url: 'https://example.org/terms' }, studio: { version: '3' } }
  expect(
    fieldsOf(await desk.refused('plans.fromTemplate', { terms: { studio: { version: '1', url: 'terms' } } })),
  ).toEqual(['studio'])
  const made = await desk.ask('plans.fromTemplate', { terms })
  expect(made.plans.every(({ plan }) => plan !== null)).toBe(true)
  expect(await saleOf('All Access')).toMatchObject({
    price: right.id,
    slug: 'all-access',
    anchorDay: 1,
    listed: true,
    termsVersion: '2026-11',
    should: { cost: 30_000, fee: 20_000, currency: 'eur' },
  })
  expect(await saleOf('Founder')).toMatchObject({ price: null, anchorDay: 1, listed: false })
  expect(await saleOf('Studio: Creator Pass')).toMatchObject({ anchorDay: null, termsVersion: '3', termsUrl: null })
  const count = (await desk.ask('plans.list', {})).length
  // What a manager says since is not put back.
  await desk.ask('plans.setSale', { plan: await planCalled('Founder'), anchorDay: null, termsVersion: 'own' })
  await desk.ask('plans.fromTemplate', { terms })
  expect((await desk.ask('plans.list', {})).length).toBe(count)
  expect(await saleOf('Founder')).toMatchObject({ anchorDay: null, termsVersion: 'own' })
  expect(await plansAtStripe()).toEqual(before)
})

test('what is missing is made in Stripe by a click, once, also where the answer is lost on its way', async () => {
  const port = desk.desk.deps.live.sync.stripe()
  if (port === null) throw new Error('no Stripe')
  const startup = await planCalled('Startup')
  const before = await plansAtStripe()
  const { shop } = port
  const lost =
    <A extends unknown[], T>(make: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      await make(...args)
      throw new StripeTrouble('offline', 'Stripe cannot be reached: try again.')
    }
  // Each of the four askings is done at Stripe, and its answer is lost.
  for (const name of ['createProduct', 'createPrice', 'createProduct', 'createPrice'] as const) {
    port.shop = { ...shop, [name]: lost(shop[name] as never) } as Shop
    expect((await desk.refused('plans.createInStripe', { plan: startup })).code).toBe('stripe')
  }
  port.shop = shop
  const limits = { take: async () => undefined, refused: () => undefined, accepted: () => undefined, listsApart: false }
  const client = (key: string) =>
    createStripeClient({
      ...{ key, base: desk.sandbox.url, now: Date.now, sleep: async () => undefined },
      limiter: { ...limits, figures: () => ({ refused: 0, perSecond: 20 }) },
    })
  // A key that may only read says what it lacks.
  port.shop = client(desk.sandbox.restrict('plan_write', 'product_write')).shop
  expect(
    (await desk.refused('plans.createInStripe', { plan: await planCalled('Studio: Creator Pass') })).sentence,
  ).toBe("The Stripe key may not write the product: give it that permission in Stripe's dashboard.")
  // While nobody knows how it went it is asked for by the same key, after a clear no by another.
  const creator = await planCalled('Studio: Creator Pass')
  const keys: string[] = []
  for (const kind of ['offline', 'refused', 'refused'] as const) {
    const createProduct: Shop['createProduct'] = async (key) => {
      keys.push(key)
      throw new StripeTrouble(kind, 'Stripe said no: look at it there.')
    }
    port.shop = { ...shop, createProduct }
    await desk.refused('plans.createInStripe', { plan: creator })
  }
  expect([keys[0] === keys[1], keys[1] === keys[2]]).toEqual([true, false])
  port.shop = shop
  const [one, two] = await Promise.allSettled([
    desk.ask('plans.createInStripe', { plan: startup }),
    desk.ask('plans.createInStripe', { plan: startup }),
  ])
  expect([one.status, two.status]).toEqual(['fulfilled', 'rejected'])
  const after = await plansAtStripe()
  expect({ products: after.products - before.products, prices: after.prices - before.prices }).toEqual({
    products: 2,
    prices: 2,
  })
  const sale = await saleOf('Startup')
  expect(sale.choices.again).toEqual([
    {
      price: sale.price,
      product: 'Startup',
      nickname: null,
      amount: { minor: 3_000, currency: 'eur' },
      interval: 'month',
    },
  ])
  const offer = (await desk.ask('signUps.plans', {})).find(({ id }) => id === startup)
  expect(offer).toMatchObject({ price: { amount: { minor: 3_000 } }, fee: { minor: 10_000 }, termDays: null })
  const price = await desk.stripe.prices.retrieve(sale.price ?? '')
  expect(price.lookup_key).toBe('startup')
  const { db } = desk.desk.deps.live
  const facts = db
    .prepare("SELECT kind FROM shop_deed_fact WHERE deed LIKE 'product:' || ? || '%'")
    .pluck()
    .all(startup)
  expect(facts).toEqual(['begun', 'made'])
  expect(() => db.exec('UPDATE shop_deed_fact SET at = 0')).toThrow('only added to')
  // The next plan with that fee has it already.
  await desk.ask('plans.createInStripe', { plan: await planCalled('Founder') })
  await desk.ask('plans.createInStripe', { plan: await planCalled('Meeting rooms: Innovator Pass') })
  const fees = (await desk.stripe.products.list({ limit: 100 })).data.filter(({ name }) => name === 'Initiation fee')
  expect(fees).toHaveLength(1)
  expect((await saleOf('Founder')).fee).toBe((await saleOf('Meeting rooms: Innovator Pass')).fee)
  expect((await desk.refused('plans.createInStripe', { plan: await planCalled('Full member') })).sentence).toContain(
    'should cost',
  )
})

test('each thing that is wrong with a plan is one sentence, and goes when it is put right', async () => {
  const { stripe } = desk
  expect(await said('Startup')).toEqual(['no-promotion'])
  expect(await said('Passport')).toEqual(['price-differs', 'fee-differs', 'no-promotion'])
  expect(await said('Studio: Creator Pass')).toEqual(['no-price', 'fee-differs', 'no-terms-url', 'no-promotion'])
  const missing = (await lint()).find(({ plan, kind }) => plan?.name === 'Studio: Creator Pass' && kind === 'no-price')
  expect(missing).toMatchObject({ level: 'problem', canCreate: true })
  // A price, its fee, and promotions go wrong at Stripe.
  const coupon = async (more = {}) => (await stripe.coupons.create({ percent_off: 50, duration: 'once', ...more })).id
  const code = async (code: string, more = {}) =>
    stripe.promotionCodes.create({ code, promotion: { type: 'coupon', coupon: await coupon() }, ...more })
  const startup = await saleOf('Startup')
  await stripe.prices.update(startup.price ?? '', { active: false })
  await stripe.prices.update(startup.fee ?? '', { active: false })
  await code('AUTO-NOBODY')
  const { id: used } = await code('AUTO-STARTUP', { max_redemptions: 1 })
  const customer = await desk.customer({ name: 'Uses Itup' })
  const items = [{ price: await desk.price('Student') }]
  await stripe.subscriptions.create({ customer, items, discounts: [{ promotion_code: used }] })
  await code('OTHER')
  expect(await said('Startup')).toEqual(['price-archived', 'fee-archived', 'promotion-used'])
  expect(await said(null)).toEqual(['promotion-without-plan'])
  await stripe.prices.update(startup.price ?? '', { active: true })
  await stripe.prices.update(startup.fee ?? '', { active: true })
  await stripe.promotionCodes.update(used, { active: false })
  await code('AUTO-STARTUP')
  expect(await said('Startup')).toEqual([])
  for (const { sentence } of await lint()) expect(sentence).toMatch(/^\p{Lu}[^.]+: [^.]+\.$|^\p{Lu}.*€.*\.$/u)
})

test('what cannot be is said beside its field', async () => {
  const plan = await planCalled('Full member')
  const field = async (change: object) => fieldsOf(await desk.refused('plans.setSale', { plan, ...change }))
  const shirt = await desk.price('Workshop shirt')
  expect(await field({ slug: 'a b' })).toEqual(['slug'])
  expect(await field({ slug: 'Startup' })).toEqual(['slug'])
  expect(await field({ termsUrl: 'terms.pdf' })).toEqual(['termsUrl'])
  expect(await field({ price: shirt })).toEqual(['termDays'])
  expect(await field({ termDays: 3 })).toEqual(['termDays'])
  expect(await field({ price: await desk.price('Student') })).toEqual(['price'])
  expect(await field({ price: 'price_nobody' })).toEqual(['price'])
  expect(await field({ fee: await desk.price('Student') })).toEqual(['fee'])
  expect(await field({ should: { cost: 5, fee: null, currency: 'euro' } })).toEqual(['should'])
})

test('a pass that is sold once is agreed at the desk, for its days', async () => {
  const price = await desk.price('Day pass')
  const { id: plan } = await desk.ask('plans.add', { name: 'Four hours' })
  expect((await desk.refused('plans.add', { name: 'four hours' })).code).toBe('taken')
  await desk.ask('plans.setSale', { plan, price, termDays: 1 })
  const offer = (await desk.ask('signUps.plans', {})).find(({ id }) => id === plan)
  expect(offer).toMatchObject({ price: { amount: { minor: 1_500 }, interval: null }, termDays: 1 })
  const { signUp } = await desk.ask('signUps.start', { name: 'Ines Kurz', emails: [] })
  const id = signUp?.id ?? ''
  await desk.ask('signUps.plan', { id, plan })
  await desk.ask('signUps.terms', { id, version: '1', by: 'Ines Kurz' })
  expect((await desk.refused('signUps.bill', { id })).sentence).toContain('sold once')
  const { deps } = desk.desk
  const day = toLocal(deps.now(), readSettings(deps.desk).timeZone).day.date
  const agreed = await desk.ask('signUps.agree', {
    id,
    way: 'cash',
    until: day,
    amount: { minor: 1_500, currency: 'eur' },
  })
  expect(agreed.paid).toBe('agreed')
  const panel = await desk.ask('members.get', { id: signUp?.member?.id ?? '' })
  expect(panel).toMatchObject({ standing: 'current', memberships: [{ plan: 'Four hours', kind: 'manual' }] })
  expect(await said('Four hours')).toEqual(['no-terms-version', 'no-terms-url'])
})

test('what is taken off is told with how long it lasts, in Stripe’s figures', async () => {
  const { stripe } = desk
  const plan = await planCalled('Full member')
  const coupon = async (code: string, how: object) => {
    const made = await stripe.coupons.create(how as never)
    await stripe.promotionCodes.create({ code, promotion: { type: 'coupon', coupon: made.id } })
  }
  const euros = (amount_off: number) => ({ amount_off, currency: 'eur' })
  await coupon('INTRO', { ...euros(1_000), duration: 'repeating', duration_in_months: 3 })
  await coupon('ALWAYS', { ...euros(1_000), duration: 'forever', name: 'Friends' })
  await coupon('HALF', { percent_off: 50, duration: 'forever' })
  const { signUp } = await desk.ask('signUps.start', { name: 'Ada Less', emails: [] })
  const id = signUp?.id ?? ''
  const billWith = async (code: string) => {
    await desk.ask('signUps.plan', { id, plan, code })
    await desk.ask('signUps.terms', { id, version: '1', by: 'Ada Less' })
    return (await desk.ask('signUps.bill', { id })).bill
  }
  expect(await billWith('ALWAYS')).toMatchObject({
    due: { minor: 5_500 },
    discounts: [{ text: 'Friends: €10.00 off each month', amount: { minor: -1_000 } }],
    next: { discounted: true },
  })
  const intro = await billWith('INTRO')
  expect(intro?.discounts[0]?.text).toMatch(/^€10\.00 off until \d+ \w+/)
  expect(intro?.next?.discounted).toBe(true)
  expect((await billWith('HALF'))?.discounts).toEqual([
    { text: '50 % off each month', amount: { minor: -3_250, currency: 'eur' } },
  ])
})
