// Plans at the fake desk: what they cost and give, the template, what is wrong with them.

import type { Finding } from '../../src/main/domain/plan-lint.ts'
import { TEMPLATE, TERMS } from '../../src/main/domain/plan-template.ts'
import { allowanceText, findingText, planRefusals } from '../../src/main/domain/plans-en.ts'
import type { Refusal } from '../../src/preload/contract.ts'
import type { AllowanceRow, PlanSaleView, PlanTemplate } from '../../src/preload/shapes-plans.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'

const EUR = (minor: number) => ({ minor, currency: 'eur' })
const choice = (price: string, product: string, minor: number, interval: string | null) => ({
  price,
  product,
  nickname: null,
  amount: EUR(minor),
  interval,
})

const beside = (field: string, sentence: string): { refusal: Refusal } =>
  no('bad-request', sentence, { fields: { [field]: sentence } })

export function planHandlers(world: World): Handlers {
  const sales = new Map<string, PlanSaleView>()
  const saleOf = (plan: string): PlanSaleView =>
    sales.get(plan) ?? {
      plan,
      price: null,
      fee: null,
      anchorDay: null,
      slug: null,
      listed: true,
      termsVersion: null,
      termsUrl: null,
      termDays: null,
      should: null,
      choices: {
        again: [
          choice('price_full', 'Full member', 6_500, 'month'),
          choice('price_year', 'Full member', 65_000, 'year'),
        ],
        once: [choice('price_fee', 'Initiation fee', 2_500, null), choice('price_pass', 'Four hours', 1_500, null)],
      },
      allowances: [],
    }
  const names = new Set<string>()
  const template = (): PlanTemplate => ({
    currency: 'eur',
    terms: [...TERMS],
    plans: TEMPLATE.map(({ slug, name, price, fee, fromFirst, listed, terms }) => {
      const found =
        slug === 'all-access' ? { price: `price_${slug}`, amount: EUR(price * 100), interval: 'month' } : null
      return {
        ...{ slug, name, fromFirst, listed, terms, found, foundFee: null, complete: false },
        price: EUR(price * 100),
        fee: EUR(fee * 100),
        plan: names.has(name) ? { id: `plan-${slug}`, name } : null,
      }
    }),
  })
  const voice = { now: Date.parse(world.iso(0)), zone: 'Europe/Berlin', locale: 'en-GB' }
  const plan = { id: world.plans[0]?.id ?? '', name: world.plans[0]?.name ?? '' }
  const findings: Finding[] = [
    { kind: 'price-differs', plan, should: EUR(7_000), is: EUR(6_500) },
    { kind: 'no-price', plan: { id: 'plan-startup', name: 'Startup' } },
    { kind: 'no-terms-url', plan },
    { kind: 'promotion-without-plan', plan: null, code: 'AUTO-GOLD' },
    { kind: 'no-promotion', plan, code: 'AUTO-COMMUNITY' },
  ]
  const left = new Map<string, number>()
  const allowances = (member: string): AllowanceRow[] =>
    member !== world.members[0]?.id
      ? []
      : [
          { allowance: 'passes', name: 'Day passes', of: 5, until: '1 Dec', renews: true, usually: 3 },
          { allowance: 'credits', name: 'Room credits', of: 10, until: '31 Dec', renews: false, usually: 0 },
        ].map(({ allowance, usually, ...one }) => {
          const now = left.get(allowance) ?? usually
          return {
            ...{ membership: 'm1', plan: 'Full member', allowance, name: one.name, of: one.of, left: now, holds: true },
            says: allowanceText({ ...one, left: now }),
          }
        })
  const change = (member: string, allowance: string, by: number) => {
    const row = allowances(member).find((one) => one.allowance === allowance)
    left.set(allowance, (row?.left ?? 0) + by)
    return allowances(member)
  }
  return {
    'plans.add': ({ name }) => {
      const [first] = world.plans
      if (first === undefined) throw new Error('no plan')
      const made = { ...first, id: `plan-${world.plans.length}`, name, members: 0 }
      world.plans.push(made)
      return made
    },
    'plans.sale': ({ plan }) => saleOf(plan),
    'plans.setSale': ({ plan, slug, termsUrl, ...rest }) => {
      if (slug === 'full') return beside('slug', planRefusals.slugTaken('Full member'))
      if (termsUrl != null && !termsUrl.startsWith('http')) return beside('termsUrl', planRefusals.noUrl(termsUrl))
      sales.set(plan, { ...saleOf(plan), slug: slug ?? null, termsUrl: termsUrl ?? null, price: rest.price ?? null })
      return {
        ...{
          id: plan,
          name: plan,
          listed: true,
          price: null,
          fee: null,
          anchorDay: null,
          bySeat: true,
          termDays: null,
        },
        terms: { version: '1', url: null },
      }
    },
    'plans.setAllowances': ({ plan, allowances }) => {
      const given = allowances.map((one, n) => ({ ...one, id: one.id ?? `allowance-${n}` }))
      sales.set(plan, { ...saleOf(plan), allowances: given })
      return saleOf(plan)
    },
    'plans.template': () => template(),
    'plans.fromTemplate': () => {
      for (const { name } of TEMPLATE) names.add(name)
      return template()
    },
    'plans.createInStripe': () =>
      no('stripe', 'The Stripe key may not write the product: give it that permission in Stripe’s dashboard.'),
    'plans.lint': () => ({
      at: world.iso(0),
      findings: findings.map((finding) => ({
        kind: finding.kind,
        level: finding.kind === 'no-promotion' ? 'hint' : 'problem',
        plan: finding.plan,
        sentence: findingText(finding, voice),
        canCreate: finding.kind === 'no-price',
      })),
    }),
    'allowances.list': ({ member }) => allowances(member),
    'allowances.use': ({ member, allowance }) => change(member, allowance, -1),
    'allowances.giveBack': ({ member, allowance }) => change(member, allowance, 1),
  }
}
