// A walk-in's sign-up against the sandbox: at the card reader, each way in which that fails, on Stripe's page, at the desk.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { doDeeds } from '../../src/main/app/sign-up-deeds.ts'
import { writeSignUp } from '../../src/main/app/sign-up-journal.ts'
import type { Till } from '../../src/main/stripe/till-port.ts'
import type { SignUp } from '../../src/preload/shapes-sign-up.ts'
import { cardNumbersIn } from '../card-numbers.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

const GOOD = '4242424242424242'
const NO_MONEY = '4000000000009995'

let desk: WholeDesk
let reader: string
let plan: string

beforeAll(async () => {
  desk = await openWholeDesk()
  await desk.sync()
  const location = await desk.stripe.terminal.locations.create({
    display_name: 'Front desk',
    address: { line1: 'Street 1', city: 'Berlin', country: 'DE', postal_code: '10115' },
  })
  const made = await desk.stripe.terminal.readers.create({
    registration_code: 'simulated-wpe',
    label: 'Front desk reader',
    location: location.id,
  })
  reader = made.id
  await desk.ask('settings.set', { website: 'https://example.org' })
  plan = (await desk.ask('signUps.plans', {})).find(({ name }) => name === 'Full member')?.id ?? ''
})
afterAll(async () => {
  expect(desk.failures).toEqual([])
  await desk.stop()
})

let people = 0
async function begun(person: { emails?: string[] } = {}): Promise<SignUp> {
  people += 1
  const { signUp } = await desk.ask('signUps.start', { name: `Walker Number${people}`, emails: [], ...person })
  if (signUp === null) throw new Error('no sign-up')
  await desk.ask('signUps.plan', { id: signUp.id, plan })
  return desk.ask('signUps.terms', { id: signUp.id, version: '1', by: `Walker Number${people}` })
}

const at = (id: string) => desk.ask('signUps.get', { id })
const present = (number: string) =>
  desk.stripe.testHelpers.terminal.readers.presentPaymentMethod(reader, {
    type: 'card_present',
    card_present: { number },
  })
/** The reader shows that it is this one's turn. */
async function waiting(id: string): Promise<void> {
  const turn = async () =>
    ((await desk.stripe.terminal.readers.retrieve(reader)) as { action: { status: string } | null }).action?.status
  await expect.poll(turn, { timeout: 5_000 }).toBe('in_progress')
  await expect.poll(async () => (await at(id)).doing, { timeout: 5_000 }).toContain('Waiting for the card')
}
const settled = (id: string) => expect.poll(async () => (await at(id)).doing, { timeout: 8_000 }).toBeNull()

test('from hello to a working card at the reader; the bill that was shown is the bill that is paid', async () => {
  const { id } = await begun({ emails: ['walker@example.org'] })
  const shown = await desk.ask('signUps.bill', { id })
  expect(shown).toMatchObject({ step: 'summary', bill: { due: { minor: 6500, currency: 'eur' } } })
  await desk.ask('signUps.pay', { id, way: 'reader', reader })
  await waiting(id)
  await present(GOOD)
  await settled(id)
  const paid = await at(id)
  expect(paid).toMatchObject({ step: 'card', paid: 'paid', fault: null })
  const member = paid.member?.id ?? ''
  await expect
    .poll(async () => (await desk.ask('members.get', { id: member })).standing, { timeout: 5_000 })
    .toBe('current')
  const { stripeCustomers } = (await desk.ask('members.list', { query: 'Number1' })).rows[0] ?? { stripeCustomers: [] }
  expect(stripeCustomers).toHaveLength(1)
  const customer = stripeCustomers[0] ?? ''
  const invoices = (await desk.stripe.invoices.list({ customer })).data
  expect(invoices.map(({ amount_paid, status }) => [amount_paid, status])).toEqual([[shown.bill?.due.minor, 'paid']])
  expect((await desk.refused('signUps.plan', { id, plan })).sentence).toContain('paid already')
  await desk.ask('cards.add', { member, card: 'em:6F007B3972' })
  expect(await desk.ask('signUps.finish', { id, card: 'em:6F007B3972' })).toMatchObject({ step: 'finished' })
  expect((await desk.ask('signUps.list', {})).some((one) => one.id === id)).toBe(false)
})

test('whoever pays for a plan at Stripe is not sold it again, at Stripe or for cash, unless somebody says that it is meant', async () => {
  const [row] = (await desk.ask('members.list', { query: 'Number1' })).rows
  const member = row?.id ?? ''
  const { signUp } = await desk.ask('signUps.start', { member })
  const id = signUp?.id ?? ''
  // What they have already is not what they come for.
  expect(signUp?.plan).toBeNull()
  expect(signUp?.has).toEqual([expect.stringMatching(/^Walker Number1 has Full member already, paid to /)])
  const has = /^Walker Number1 has Full member already, paid to .+\. Renew or mend that one on their page/
  expect(await desk.refused('signUps.plan', { id, plan })).toMatchObject({
    code: 'taken',
    sentence: expect.stringMatching(has),
  })
  const cash = { member, plan, method: 'cash', from: '2026-01-01', until: '2099-12-31' } as const
  expect(await desk.refused('memberships.addManual', cash)).toMatchObject({
    code: 'taken',
    sentence: expect.stringMatching(has),
  })
  await desk.ask('signUps.plan', { id, plan, again: true })
  await desk.ask('signUps.terms', { id, version: '1', by: 'Walker' })
  expect(await desk.ask('signUps.bill', { id })).toMatchObject({ step: 'summary' })
  await desk.ask('signUps.agree', { id, way: 'cash', until: '2099-12-31' })
  const rows = await desk.ask('inbox.list', {})
  expect(JSON.stringify(rows)).toContain('Walker Number1 has Full member twice. Look at both on their page')
})

test('nobody who is barred is sold anything, given a card, or made anew under their own name', async () => {
  const { member } = await desk.ask('members.create', { name: 'Tom Fool', emails: ['tom@example.org'], phone: null })
  const id = member?.id ?? ''
  const begun = await desk.ask('signUps.start', { member: id })
  const open = { id: begun.signUp?.id ?? '' }
  await desk.ask('signUps.plan', { ...open, plan })
  await desk.ask('signUps.terms', { ...open, version: '1', by: 'Tom Fool' })
  await desk.ask('members.bar', { member: id, why: 'Broke the laser' })
  // Told discreetly where the walk-in reads along.
  const sentence = 'Ask a manager before Tom Fool is signed up: their page says why.'
  const barred = { code: 'wrong-state', sentence }
  expect(await desk.refused('signUps.start', { member: id })).toMatchObject(barred)
  expect(await desk.refused('signUps.plan', { ...open, plan })).toMatchObject(barred)
  expect(await desk.refused('signUps.pay', { ...open, way: 'page' })).toMatchObject(barred)
  expect(await desk.refused('signUps.agree', { ...open, way: 'cash', until: '2099-12-31' })).toMatchObject(barred)
  const cash = { member: id, plan, method: 'cash', from: '2026-01-01', until: '2099-12-31' } as const
  const plainly = { sentence: 'Tom Fool is barred, so no door would open: a manager lifts that first.' }
  expect(await desk.refused('memberships.addManual', cash)).toMatchObject(plainly)
  expect(await desk.refused('cards.add', { member: id, card: 'em:6F007B3973' })).toMatchObject(plainly)
  const again = await desk.ask('signUps.start', { name: 'TOM  Fool', emails: ['fresh@example.org'] })
  expect(again).toMatchObject({ signUp: null, candidates: [{ id, emails: [] }], begun: [{ member: id, sentence }] })
  // Chosen among those, they are refused too, and nobody else's address becomes theirs.
  const impostor = { name: 'Tom Fool', emails: ['fresh@example.org'], same: id }
  expect(await desk.refused('signUps.start', impostor)).toMatchObject(barred)
  expect((await desk.ask('members.get', { id })).emails).toEqual(['tom@example.org'])
  await desk.ask('signUps.giveUp', open)
})

test('a bank that says no leaves nothing behind, and the next card goes through', async () => {
  const { id, member } = await begun()
  await desk.ask('signUps.pay', { id, way: 'reader', reader })
  await waiting(id)
  await present(NO_MONEY)
  await settled(id)
  const refused = await at(id)
  expect(refused).toMatchObject({ step: 'payment', paid: null })
  expect(refused.fault).toMatch(/not enough money/)
  await desk.ask('signUps.pay', { id, way: 'reader', reader })
  await waiting(id)
  await present(GOOD)
  await settled(id)
  expect(await at(id)).toMatchObject({ paid: 'paid' })
  await expect
    .poll(async () => (await desk.ask('members.get', { id: member?.id ?? '' })).memberships.length, { timeout: 5_000 })
    .toBe(1)
})

test('stopped at the reader, nothing is charged, and the next in the queue gets it', async () => {
  const first = await begun()
  const second = await begun()
  await desk.ask('signUps.pay', { id: first.id, way: 'reader', reader })
  await waiting(first.id)
  expect(await desk.ask('signUps.readers', {})).toMatchObject([{ id: reader, busyWith: first.member?.name }])
  await desk.ask('signUps.pay', { id: second.id, way: 'reader', reader })
  // Who only stands in the queue and goes leaves the one before alone.
  expect((await desk.ask('signUps.stop', { id: second.id })).fault).toContain('It was cancelled at the card reader')
  expect((await at(first.id)).doing).toContain('Waiting for the card')
  await desk.ask('signUps.pay', { id: second.id, way: 'reader', reader })
  const stopped = await desk.ask('signUps.stop', { id: first.id })
  expect(stopped.fault).toBe(
    'It was cancelled at the card reader, and nothing was charged: try again, or choose another way.',
  )
  await waiting(second.id)
  await present(GOOD)
  await settled(second.id)
  expect(await at(second.id)).toMatchObject({ paid: 'paid' })
  expect(await desk.ask('signUps.giveUp', { id: first.id })).toMatchObject({ step: 'given-up' })
})

test('cash at the desk ends the wait; whoever comes back unpaid goes on where they stopped', async () => {
  const { id, member } = await begun()
  const again = await desk.ask('signUps.start', { member: member?.id ?? '' })
  expect(again.signUp?.id).toBe(id)
  const agreed = await desk.ask('signUps.agree', {
    id,
    way: 'cash',
    until: '2099-12-31',
    amount: { minor: 6500, currency: 'eur' },
  })
  expect(agreed).toMatchObject({ step: 'card', paid: 'agreed' })
  expect(await desk.ask('members.get', { id: member?.id ?? '' })).toMatchObject({ standing: 'current' })
  expect(await desk.ask('signUps.finish', { id, card: null })).toMatchObject({ step: 'finished' })
})

test('a fee is billed once and shown before', async () => {
  const { id: product } = await desk.stripe.products.create({ name: 'Initiation fee' })
  const fee = await desk.stripe.prices.create({ currency: 'eur', unit_amount: 2500, product })
  await desk.sync()
  const offer = await desk.ask('plans.setSale', { plan, fee: fee.id, termsVersion: '2026-01' })
  expect(offer).toMatchObject({ fee: { minor: 2500, currency: 'eur' }, terms: { version: '2026-01' } })
  expect((await desk.refused('plans.setSale', { plan, price: fee.id })).sentence).toContain('again and again')
  const { id } = await begun()
  expect((await desk.ask('signUps.bill', { id })).bill?.due).toEqual({ minor: 9000, currency: 'eur' })
  await desk.ask('signUps.pay', { id, way: 'reader', reader })
  await waiting(id)
  await present(GOOD)
  await settled(id)
  const paid = await at(id)
  expect(await billedTo(paid.member?.name ?? '')).toEqual([9000])
})

/** What was paid by this person at Stripe, invoice by invoice. */
async function billedTo(name: string): Promise<number[]> {
  const customers = (await desk.stripe.customers.list({ limit: 100 })).data.filter((one) => one.name === name)
  expect(customers).toHaveLength(1)
  const { data } = await desk.stripe.invoices.list({ customer: customers[0]?.id ?? '' })
  return data.map(({ amount_paid }) => amount_paid)
}

/** The program dies before or after the n-th thing that it asks of Stripe; the answer is lost then. */
function dyingTill(till: Till, n: number, when: 'before' | 'after'): Till {
  let asked = 0
  const deadly =
    (call: (...args: unknown[]) => Promise<unknown>) =>
    async (...args: unknown[]) => {
      asked += 1
      if (asked === n && when === 'before') throw new Error('died')
      const answer = await call(...args)
      if (asked === n) throw new Error('died')
      return answer
    }
  return Object.fromEntries(Object.entries(till).map(([name, call]) => [name, deadly(call as never)])) as never
}

test('on Stripe’s page, by card; one that is stopped is ended first', async () => {
  const { id, member } = await begun()
  await desk.ask('signUps.pay', { id, way: 'page' })
  const open = async () => (await at(id)).page?.url
  await expect.poll(open, { timeout: 5_000 }).toMatch(/^http/)
  const first = await open()
  const stopped = await desk.ask('signUps.stop', { id })
  expect(stopped).toMatchObject({ page: null, paid: null })
  expect(stopped.fault).toContain('nothing was charged')
  await desk.ask('signUps.pay', { id, way: 'page' })
  await expect.poll(open, { timeout: 5_000 }).not.toBe(first)
  await expect.poll(open, { timeout: 5_000 }).toMatch(/^http/)
  const [session] = (await desk.stripe.checkout.sessions.list({ limit: 1 })).data
  desk.sandbox.acts.payAtCheckout(session?.id ?? '')
  await expect.poll(async () => (await at(id)).paid, { timeout: 8_000 }).toBe('paid')
  expect(await billedTo(member?.name ?? '')).toEqual([9000])
})

test('a page that is filled in charges nobody who was barred or got the plan otherwise meanwhile', async () => {
  const pageOf = async (id: string) => {
    await desk.ask('signUps.pay', { id, way: 'page' })
    await expect.poll(async () => (await at(id)).page?.url, { timeout: 5_000 }).toMatch(/^http/)
    return (await desk.stripe.checkout.sessions.list({ limit: 1 })).data[0]?.id ?? ''
  }
  const [paidCash, barred] = [await begun(), await begun()]
  const [first, second] = [await pageOf(paidCash.id), await pageOf(barred.id)]
  const member = paidCash.member?.id ?? ''
  const cash = { member, plan, method: 'cash', from: '2026-01-01', until: '2099-12-31' } as const
  await desk.ask('memberships.addManual', cash)
  await desk.ask('members.bar', { member: barred.member?.id ?? '', why: 'Broke the laser' })
  for (const session of [first, second]) desk.sandbox.acts.payAtCheckout(session)
  const fault = (id: string) => expect.poll(async () => (await at(id)).fault, { timeout: 8_000 })
  await fault(paidCash.id).toMatch(/^Nothing was charged\. .* has Full member already, paid to 31 Dec/)
  await fault(barred.id).toMatch(/^Nothing was charged\. Ask a manager before/)
  for (const { member: who } of [paidCash, barred]) expect(await billedTo(who?.name ?? '')).toEqual([])
  for (const { id } of [paidCash, barred]) await desk.ask('signUps.giveUp', { id })
})

test('what is written down of years ago, or begins when a bar is over, is in nobody’s way', async () => {
  const paying = (await desk.ask('members.list', { query: 'Number1 ' })).rows[0]?.id ?? ''
  const past = { plan, method: 'invoice', from: '2020-01-01', until: '2020-12-31' } as const
  await desk.ask('memberships.addManual', { member: paying, ...past })
  const { member } = await desk.ask('members.create', { name: 'Tim Rest', emails: [], phone: null })
  const { now } = await desk.ask('desk.get', {})
  const day = (days: number) => new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10)
  await desk.ask('members.bar', { member: member?.id ?? '', why: 'A rest', until: day(3) })
  const later = { member: member?.id ?? '', plan, method: 'cash', until: day(60) } as const
  expect((await desk.refused('memberships.addManual', { ...later, from: day(1) })).sentence).toContain('is barred')
  await desk.ask('memberships.addManual', { ...later, from: day(30) })
})

test('a bank account that has to be verified first is said, kept, and begins the membership when it is', async () => {
  const { id } = await begun()
  await desk.ask('signUps.pay', { id, way: 'page' })
  await expect.poll(async () => (await at(id)).page?.url, { timeout: 5_000 }).toMatch(/^http/)
  const [session] = (await desk.stripe.checkout.sessions.list({ limit: 1 })).data
  desk.sandbox.acts.payAtCheckout(session?.id ?? '', 'us_bank_account_unverified')
  await expect.poll(async () => (await at(id)).doing, { timeout: 8_000 }).toContain('being verified')
  expect(await at(id)).toMatchObject({ page: null, paid: null, fault: null, step: 'payment' })
  const { setup_intent: intent } = await desk.stripe.checkout.sessions.retrieve(session?.id ?? '')
  desk.sandbox.acts.verifyDeposits(String(intent))
  await desk.sync()
  await expect.poll(async () => (await at(id)).paid, { timeout: 8_000 }).toBe('processing')
  expect(await at(id)).toMatchObject({ step: 'card' })
})

test('the summary is the bill, with a fee, its own promotion and a code, pro-rated to the 1st', async () => {
  const { stripe } = desk
  const off = (percent_off: number) => stripe.coupons.create({ percent_off, duration: 'once' })
  for (const [code, percent] of [
    ['AUTO-FULL', 100],
    ['FRIEND', 50],
  ] as const)
    await stripe.promotionCodes.create({ code, promotion: { type: 'coupon', coupon: (await off(percent)).id } })
  await desk.ask('plans.setSale', { plan, anchorDay: 1, slug: 'full' })
  const { id, member } = await begun()
  await desk.ask('signUps.plan', { id, plan, code: 'FRIEND' })
  await desk.ask('signUps.terms', { id, version: '1', by: 'Walker' })
  const { bill } = await desk.ask('signUps.bill', { id })
  expect(bill?.discounts.map(({ text }) => text).toSorted()).toEqual(['100 % off once', '50 % off once'])
  // Lines and what is taken off add up to what is due.
  const sum = [...(bill?.lines ?? []), ...(bill?.discounts ?? [])].reduce((sum, { amount }) => sum + amount.minor, 0)
  expect(sum).toBe(bill?.due.minor)
  expect(bill?.next?.discounted).toBe(false)
  await desk.ask('signUps.pay', { id, way: 'reader', reader })
  await waiting(id)
  await present(GOOD)
  await settled(id)
  const [paid = 0] = await billedTo(member?.name ?? '')
  // Seconds pass between the summary and the payment, a cent at most.
  expect(Math.abs(paid - (bill?.due.minor ?? 0))).toBeLessThanOrEqual(1)
  expect(paid).toBeLessThanOrEqual(3250)
  await desk.ask('plans.setSale', { plan, anchorDay: null, slug: null })
  const wrong = await begun()
  await desk.ask('signUps.plan', { id: wrong.id, plan, code: 'FIEND' })
  await desk.ask('signUps.terms', { id: wrong.id, version: '1', by: 'Walker' })
  expect((await desk.refused('signUps.bill', { id: wrong.id })).sentence).toContain('"FIEND"')
  // Nobody pays by a bill that could not be shown.
  expect((await desk.refused('signUps.pay', { id: wrong.id, way: 'page' })).sentence).toContain('"FIEND"')
  expect(await at(wrong.id)).toMatchObject({ doing: null, page: null })
})

test('killed at any step, it goes on there: one customer, one subscription, one charge', async () => {
  const { deps } = desk.desk
  const till = deps.live.sync.stripe()?.till
  if (till === undefined) throw new Error('no Stripe')
  const quick = async () => new Promise<void>((resolve) => setTimeout(resolve, 20))
  let died = 0
  for (let n = 1; n <= 10; n++)
    for (const when of ['before', 'after'] as const) {
      const { id, member } = await begun()
      writeSignUp(deps, id, { kind: 'way', way: 'reader', readerId: reader })
      const stop = presentWhenAsked()
      const first = dyingTill(till, n, when)
      const end = await doDeeds(deps, id, { till: first, sleep: quick, isCancelled: () => false }).catch(String)
      if (end !== undefined) died += 1
      // As after a start: what was begun is taken up, and where somebody has to be asked again they are.
      for (let tries = 0; tries < 3 && (await at(id)).paid === null; tries++) {
        if ((await at(id)).fault !== null) writeSignUp(deps, id, { kind: 'way', way: 'reader', readerId: reader })
        await doDeeds(deps, id, { till, sleep: quick, isCancelled: () => false })
      }
      await stop()
      expect([n, when, await at(id)]).toMatchObject([n, when, { paid: 'paid', fault: null }])
      expect(await billedTo(member?.name ?? '')).toEqual([9000])
    }
  expect(died).toBeGreaterThanOrEqual(14)
})

test('while nobody knows whether a membership was begun, nothing else is: it is looked up first', async () => {
  const till = desk.desk.deps.live.sync.stripe()?.till
  if (till === undefined) throw new Error('no Stripe')
  const { id, member } = await begun()
  writeSignUp(desk.desk.deps, id, { kind: 'way', way: 'reader', readerId: reader })
  const stop = presentWhenAsked()
  const losing: Till = {
    ...till,
    async subscribe(...asked) {
      await till.subscribe(...asked)
      throw new Error('the answer is lost')
    },
  }
  const sleep = async () => new Promise<void>((resolve) => setTimeout(resolve, 20))
  const going = doDeeds(desk.desk.deps, id, { till: losing, sleep, isCancelled: () => false })
  await expect(going).rejects.toThrow('the answer is lost')
  await stop()
  const unclear = /^It is not known yet whether the membership was begun/
  expect((await desk.refused('signUps.plan', { id, plan })).sentence).toMatch(unclear)
  expect((await desk.refused('signUps.agree', { id, way: 'cash', until: '2099-12-31' })).sentence).toMatch(unclear)
  expect((await desk.refused('signUps.giveUp', { id })).sentence).toMatch(unclear)
  // Another way is chosen; what was begun is found, and no second card is asked for.
  await desk.ask('signUps.pay', { id, way: 'page' })
  await expect.poll(async () => (await at(id)).paid, { timeout: 8_000 }).toBe('paid')
  expect(await billedTo(member?.name ?? '')).toEqual([9000])
})

/** Somebody stands at the reader with a card that works. */
function presentWhenAsked(): () => Promise<void> {
  let over = false
  const standing = (async () => {
    while (!over) {
      const { action } = (await desk.stripe.terminal.readers.retrieve(reader)) as { action?: { status: string } | null }
      if (action?.status === 'in_progress') await present(GOOD).catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  return async () => {
    over = true
    await standing
  }
}

test('no number of a bank card is in anything that the desk keeps', async () => {
  expect(cardNumbersIn(desk.dataDir)).toEqual([])
  // One that somebody wrote into a note would be found, and in a file too.
  const { rows } = await desk.ask('members.list', { limit: 1 })
  await desk.ask('members.setDetails', { id: rows[0]?.id ?? '', changes: { notes: 'paid with 4242 4242 4242 4242' } })
  fs.writeFileSync(path.join(desk.dataDir, 'planted.txt'), `note: ${GOOD}, paid`)
  expect(cardNumbersIn(desk.dataDir).toSorted()).toEqual(['4242 4242 4242 4242', GOOD])
})
