// What is wrong with plans: each thing that can be, and that nothing is said of what is right.
import { describe, expect, test } from 'vitest'
import { findFee, findPrice } from '../../src/main/domain/find-price.ts'
import { type Finding, isHint, type LintedPlan, lintPlans } from '../../src/main/domain/plan-lint.ts'
import { TEMPLATE } from '../../src/main/domain/plan-template.ts'
import { allowanceText, findingText } from '../../src/main/domain/plans-en.ts'
import type { CouponUse, ShopPrice } from '../../src/main/domain/shop.ts'

const NOW = Date.parse('2026-03-18T10:00:00Z')
const DAY = 86_400_000
const VOICE = { now: NOW, zone: 'Europe/Berlin', locale: 'en-GB' }

const product = (name: string, more = {}) => ({
  id: `prod-${name}`,
  name,
  active: true,
  slug: null,
  mark: null,
  ...more,
})
const price = (id: string, amount: number | null, more: Partial<ShopPrice> = {}): ShopPrice => ({
  id,
  product: product(id),
  active: true,
  amount,
  currency: 'eur',
  interval: 'month',
  intervalCount: 1,
  lookupKey: null,
  mark: null,
  ...more,
})
const fee = (id: string, amount: number, more: Partial<ShopPrice> = {}) =>
  price(id, amount, { interval: null, ...more })
const code = (code: string, more: Partial<CouponUse> = {}): CouponUse => ({
  code,
  on: true,
  until: null,
  left: null,
  ...more,
})

const RIGHT: LintedPlan = {
  id: 'one',
  name: 'Passport',
  slug: 'passport',
  priceId: 'monthly',
  candidates: 1,
  feePriceId: 'fee',
  shouldCost: 10_000,
  shouldFee: 2_500,
  shouldCurrency: 'eur',
  termsVersion: '1',
  termsUrl: 'https://example.org/terms',
}
const OTHERS: LintedPlan[] = ['two', 'three'].map((id) => ({
  ...RIGHT,
  id,
  name: id,
  slug: null,
  priceId: `${id}-monthly`,
  shouldCost: null,
}))
const PRICES = [price('monthly', 10_000), fee('fee', 2_500), price('two-monthly', 500), price('three-monthly', 700)]
const PROMOTIONS = [code('AUTO-PASSPORT')]

function found(
  change: Partial<LintedPlan>,
  { prices = [] as ShopPrice[], promotions = PROMOTIONS, others = OTHERS } = {},
): Finding[] {
  const known = PRICES.filter(({ id }) => !prices.some((one) => one.id === id))
  return lintPlans([{ ...RIGHT, ...change }, ...others], { prices: [...known, ...prices] }, promotions, NOW)
}

test('nothing is said of plans that are right', () => {
  expect(found({})).toEqual([])
  expect(found({ slug: null, feePriceId: null, shouldFee: null }, { promotions: [] })).toEqual([])
})

describe('of a plan', () => {
  const archived = { active: false }
  const cases: [string, Finding['kind'], Partial<LintedPlan>, Parameters<typeof found>[1]?][] = [
    ['whose price is gone', 'price-gone', { priceId: 'nowhere' }],
    ['whose price is archived', 'price-archived', {}, { prices: [price('monthly', 10_000, archived)] }],
    [
      'whose product is archived',
      'price-archived',
      {},
      { prices: [price('monthly', 10_000, { product: product('x', archived) })] },
    ],
    ['without a price', 'no-price', { priceId: null, candidates: 0 }],
    ['with several, none chosen', 'several-prices', { priceId: null, candidates: 2 }],
    ['that costs something else', 'price-differs', { shouldCost: 12_000 }],
    ['that costs by use', 'price-differs', {}, { prices: [price('monthly', null)] }],
    ['whose fee is gone', 'fee-gone', { feePriceId: 'nowhere' }],
    ['whose fee is archived', 'fee-archived', {}, { prices: [fee('fee', 2_500, archived)] }],
    ['whose fee comes again', 'fee-again', {}, { prices: [price('fee', 2_500)] }],
    ['whose fee is another', 'fee-differs', { shouldFee: 100 }],
    ['without the fee that is written down', 'fee-differs', { feePriceId: null }],
    ['without a version of its terms', 'no-terms-version', { termsVersion: null }],
    ['without an address of its terms', 'no-terms-url', { termsUrl: null }],
    ['that no promotion is for', 'no-promotion', {}, { promotions: [] }],
    ['whose promotion was switched off', 'no-promotion', {}, { promotions: [code('AUTO-PASSPORT', { on: false })] }],
    [
      'whose promotion is over',
      'promotion-over',
      {},
      { promotions: [code('auto-passport', { on: false, until: NOW - DAY })] },
    ],
    [
      'whose promotion is used up',
      'promotion-used',
      {},
      { promotions: [code('AUTO-PASSPORT', { on: false, left: 0 })] },
    ],
    ['with the price of another', 'same-price', {}, { others: [{ ...RIGHT, id: 'two', name: 'Two', slug: null }] }],
    [
      'named as another',
      'same-slug',
      {},
      { others: [...OTHERS, { ...RIGHT, id: 'x', slug: 'Passport', priceId: null, candidates: 0 }] },
    ],
  ]
  test.each(cases)('%s: %s', (_, kind, change, world) => {
    const findings = found(change, world)
    const one = findings.find((finding) => finding.kind === kind)
    expect(one).toBeDefined()
    // Nothing else is said of this plan.
    if (kind !== 'same-slug') expect(findings.filter(({ plan }) => plan?.id === 'one')).toHaveLength(1)
    if (one !== undefined) {
      expect(isHint(one)).toBe(kind === 'no-promotion')
      expect(findingText(one, VOICE)).toMatch(/^(?=.*Passport)\p{Lu}.*\.$/u)
      expect(findingText(one, VOICE)).not.toMatch(/error|invalid|null|undefined/)
    }
  })

  test('in another currency than most, and with a fee in another than its price', () => {
    const dollars = found({ shouldCurrency: null }, { prices: [price('monthly', 10_000, { currency: 'usd' })] })
    expect(dollars.map((one) => findingText(one, VOICE))).toEqual([
      'Passport is sold in USD, the other plans in EUR: choose a price in EUR.',
      'The fee of Passport is in EUR and its price in USD, so nobody can sign up: choose both in one currency.',
    ])
  })

  test('that is not there, but a promotion for it is, unless that is over', () => {
    const stray = [
      ...PROMOTIONS,
      code('AUTO-GOLD'),
      code('AUTO-OLD', { until: NOW - DAY }),
      code('AUTO-OFF', { on: false }),
    ]
    expect(found({}, { promotions: stray })).toEqual([
      { kind: 'promotion-without-plan', plan: null, code: 'AUTO-GOLD' },
    ])
  })
})

describe('the price of a plan is found', () => {
  const wanted = { planId: 'p1', slug: 'passport', name: 'Passport', minor: 10_000, currency: 'eur' }
  const find = (...prices: ShopPrice[]) => findPrice({ prices, products: [] }, wanted)?.id ?? null
  const byName = price('by-name', 10_000, { product: product(' passport') })
  const bySlug = price('by-slug', 10_000, { product: product('x', { slug: 'passport' }) })
  const byKey = price('by-key', 1, { lookupKey: 'passport' })
  const ours = price('ours', 1, { mark: 'p1' })

  test('that was made for it, before one of its key, of its slug, of its name', () => {
    expect(find(byName, bySlug, byKey, ours)).toBe('ours')
    expect(find(byName, bySlug, byKey)).toBe('by-key')
    expect(find(byName, bySlug)).toBe('by-slug')
    expect(find(byName)).toBe('by-name')
  })

  test.each([
    ['another amount', { amount: 9_900 }],
    ['another currency', { currency: 'usd' }],
    ['a year', { interval: 'year' }],
    ['three months', { intervalCount: 3 }],
    ['once', { interval: null }],
    ['nothing any more', { active: false }],
    ['a product that is archived', { product: product('Passport', { active: false }) }],
  ])('never of its name for %s', (_, more) => {
    expect(find({ ...byName, ...more })).toBeNull()
  })

  test('and of a fee one of its key, else one that is called a fee, of that amount', () => {
    const findOf = (...prices: ShopPrice[]) =>
      findFee({ prices, products: [] }, { ...wanted, minor: 2_500 })?.id ?? null
    const called = fee('called', 2_500, { product: product('Joining fee') })
    expect(findOf(called, fee('keyed', 1, { lookupKey: 'passport-fee' }))).toBe('keyed')
    expect(findOf(called)).toBe('called')
    expect(findOf({ ...called, amount: 2_600 })).toBeNull()
    expect(findOf(fee('x', 2_500, { product: product('Coffee') }))).toBeNull()
  })
})

test('the template has six plans, each slug once', () => {
  expect(new Set(TEMPLATE.map(({ slug }) => slug)).size).toBe(6)
  expect(TEMPLATE.filter(({ listed }) => !listed).map(({ slug }) => slug)).toEqual(['founder'])
  expect(TEMPLATE.filter(({ fromFirst }) => !fromFirst).map(({ slug }) => slug)).toEqual([
    'creator-pass',
    'innovator-pass',
  ])
})

test('what is left of an allowance is one line', () => {
  const of5 = { name: 'Day passes', of: 5, left: 3 }
  expect(allowanceText({ ...of5, until: '1 Dec', renews: true })).toBe('3 of 5 day passes left, new on 1 Dec')
  expect(allowanceText({ ...of5, until: '31 Dec', renews: false })).toBe('3 of 5 day passes left, until 31 Dec')
  expect(allowanceText({ ...of5, name: '3D prints', until: null, renews: false })).toBe('3 of 5 3D prints left')
})
