// Sign-ups at the fake desk: steps go on as they are asked, a card reader that waits until the test presents a card.
import { faultsOf, type Typed } from '../../src/main/domain/details.ts'
import { unpaidWords } from '../../src/main/domain/details-en.ts'
import { heldWords } from '../../src/main/domain/memberships-en.ts'
import { doingWords, provisionalWords, signUpFaults } from '../../src/main/domain/sign-up-en.ts'
import type { PlanOffer, SignUp } from '../../src/preload/shapes-sign-up.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'
import { type FakeDetails, formOf, refusedFor, todayOf } from './fake-details.ts'

export type FakeSignUps = { open: SignUp[]; readerOnline: boolean }

const EUR = (minor: number) => ({ minor, currency: 'eur' })
const offer = (id: string, name: string, minor: number | null, fee: number | null = null): PlanOffer => ({
  id,
  name,
  listed: true,
  price: minor === null ? null : { amount: EUR(minor), interval: 'month' },
  fee: fee === null ? null : EUR(fee),
  anchorDay: fee === null ? null : 1,
  bySeat: true,
  termDays: null,
  terms: { version: '2026-01', url: 'https://example.org/terms' },
})
const PLANS = [
  offer('plan-full', 'Full member', 6500, 2500),
  offer('plan-night', 'Night & weekend', 4500),
  offer('plan-founder', 'Founding member', null),
  { ...offer('plan-quiet', 'Founder', 50000), listed: false },
  { ...offer('plan-pass', 'Four hours', 1500), price: { amount: EUR(1500), interval: null }, termDays: 1 },
]
const BILL = {
  due: EUR(4350),
  lines: [
    { text: '1 × Full member (from 26 November, pro-rated)', amount: EUR(2850) },
    { text: '1 × Initiation fee', amount: EUR(2500) },
  ],
  discounts: [{ text: 'Friends: €10.00 off until 3 Mar', amount: EUR(-1000) }],
  next: { amount: EUR(6500), at: '2027-01-01T12:00:00.000Z', discounted: true },
}

export const createSignUps = (): FakeSignUps => ({ open: [], readerOnline: true })

export function signUpHandlers(world: World, facts: FakeSignUps, told: FakeDetails): Handlers {
  const change = (id: string, news: Partial<SignUp>): SignUp => {
    const before = facts.open.find((one) => one.id === id)
    if (before === undefined) throw new Error(`no sign-up ${id}`)
    const after = { ...before, ...news }
    facts.open = facts.open.map((one) => (one.id === id ? after : one))
    return after
  }
  const faultsFor = (id: string | null, typed: Typed) =>
    refusedFor(faultsOf(formOf(told, id, typed), told.asked, todayOf(world)))
  const hasIt = (who: string, plan: string) => heldWords.held(who, plan, heldWords.paid('3 Dec'))
  const named = (id: string) => PLANS.find((plan) => plan.id === id)?.name ?? id
  return {
    'signUps.start': ({ member: here, name, emails = [], phone, same, details = {} }) => {
      const member = here ?? (same === 'new' ? undefined : same)
      const alike = world.members.filter((row) => row.emails.some((email) => emails.includes(email)))
      const known = world.members.find(({ id }) => id === member)
      const typed = { name: known?.name ?? name, email: emails[0], phone, ...details }
      const refused = here === undefined ? faultsFor(known?.id ?? null, typed) : null
      if (refused !== null) return refused
      const begun = alike.flatMap(({ id, name: called }) =>
        facts.open.some((one) => one.member?.id === id && one.paid === null)
          ? [{ member: id, sentence: unpaidWords.begun(called, '3 Mar') }]
          : [],
      )
      if (member === undefined && same === undefined && alike.length > 0)
        return { signUp: null, candidates: alike, begun }
      const open = facts.open.find((one) => one.member?.id === known?.id)
      if (open !== undefined) return { signUp: open, candidates: [], begun: [] }
      const memberId = known?.id ?? world.members[1]?.id ?? ''
      told.told.set(memberId, { ...told.told.get(memberId), ...details })
      const signUp: SignUp = {
        id: `sign-up-${facts.open.length + 1}`,
        step:
          known !== undefined && faultsFor(memberId, { name: known.name, email: known.emails[0] }) ? 'person' : 'plan',
        startedAt: world.iso(0),
        by: 'owner',
        member: { id: memberId, name: known?.name ?? name ?? '' },
        has: known?.standing === 'current' ? known.plans.map((plan) => hasIt(known.name, plan)) : [],
        plan: null,
        quantity: 1,
        code: null,
        terms: null,
        bill: null,
        way: null,
        doing: null,
        fault: null,
        page: null,
        provisional: null,
        receipt: null,
        paid: null,
        card: null,
      }
      facts.open = [signUp, ...facts.open]
      return { signUp, candidates: [], begun: [] }
    },
    'signUps.details': ({ id, email, phone, details = {} }) => {
      const { member } = change(id, {})
      const memberId = member?.id ?? ''
      const refused = faultsFor(memberId, { name: member?.name, email, phone, ...details })
      if (refused !== null) return refused
      told.told.set(memberId, { ...told.told.get(memberId), ...details })
      return change(id, { step: 'plan' })
    },
    'signUps.list': () => facts.open.filter(({ step }) => step !== 'finished' && step !== 'given-up'),
    'signUps.get': ({ id }) => facts.open.find((one) => one.id === id) ?? no('not-found', 'This sign-up is not here.'),
    'signUps.plans': () => PLANS,
    'plans.setSale': () => PLANS[0] ?? no('not-found', 'Choose a plan first.'),
    'signUps.readers': () => [
      { id: 'tmr_1', label: 'Front desk', online: true, busyWith: null },
      { id: 'tmr_2', label: 'Workshop', online: false, busyWith: null },
    ],
    'signUps.plan': ({ id, plan, code, again }) => {
      const { member } = change(id, {})
      const row = world.members.find((one) => one.id === member?.id && one.name === member.name)
      if (again !== true && row?.standing === 'current' && row.plans.includes(named(plan)))
        return no('taken', `${hasIt(row.name, named(plan))} ${heldWords.advice}`)
      return change(id, { plan: { id: plan, name: named(plan) }, code: code ?? null, step: 'plan', bill: null })
    },
    'signUps.terms': ({ id, version, by }) => change(id, { terms: { version, by, at: world.iso(0) }, step: 'summary' }),
    'signUps.bill': ({ id }) => change(id, { bill: BILL }),
    'signUps.pay': ({ id, way }) =>
      change(id, {
        step: 'payment',
        way,
        fault: null,
        doing: way === 'page' ? doingWords.page : doingWords.collect,
        page:
          way === 'page' ? { url: 'https://checkout.stripe.com/c/pay/cs_test_a1b2', expiresAt: world.iso(1) } : null,
      }),
    'demo.pay': () => ({ ok: true }),
    'signUps.stop': ({ id }) => change(id, { doing: null, page: null, fault: signUpFaults.cancelled }),
    'signUps.provisional': ({ id }) => {
      const until = world.iso(7)
      return change(id, {
        provisional: { given: true, until, sentence: provisionalWords.given(['Front door'], '3 March') },
      })
    },
    'signUps.agree': ({ id }) => change(id, { step: 'card', paid: 'agreed' }),
    'signUps.finish': ({ id, card }) => change(id, { step: 'finished', card }),
    'signUps.giveUp': ({ id }) => change(id, { step: 'given-up' }),
  }
}
