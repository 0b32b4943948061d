// Money that goes back or lies ready, against the sandbox: refunds up to what is left, gift cards that are redeemed once.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { listGiftCards, redeemGiftCard, resumeGiftCards } from '../../src/main/app/gift-cards.ts'
import { makeRefund } from '../../src/main/app/refunds.ts'
import { giftCode, readGiftCode } from '../../src/main/domain/gift-card.ts'
import type { MoneyPort } from '../../src/main/stripe/money-port.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

let desk: WholeDesk
const EUR = (minor: number) => ({ minor, currency: 'eur' })
const people = {} as Record<'payer' | 'other' | 'gifted' | 'rival', { id: string; customer: string }>

beforeAll(async () => {
  desk = await openWholeDesk()
  const price = await desk.price('Full member')
  for (const name of ['payer', 'other', 'gifted', 'rival'] as const) {
    const customer = await desk.customer({ name: `Money ${name}`, email: `${name}@money.example.org` }, price)
    people[name] = { id: '', customer }
  }
  await desk.sync()
  for (const name of ['payer', 'other', 'gifted', 'rival'] as const)
    people[name].id = (await desk.ask('members.search', { text: `Money ${name}` }))[0]?.id ?? ''
})
afterAll(async () => {
  expect(desk.failures).toEqual([])
  await desk.stop()
})

const paymentsOf = (member: string) => desk.ask('refunds.payments', { member })
const [reason, why] = ['requested', 'Was ill for a month'] as const
const refundsAt = async (charge: string) =>
  (await desk.stripe.refunds.list({ charge, limit: 100 })).data.map(({ amount }) => amount)
/** A desk whose Stripe does what it is asked and loses one answer. */
function losing(change: (money: MoneyPort) => Partial<MoneyPort>): DeskDeps {
  const { deps } = desk.desk
  const port = deps.live.sync.stripe()
  if (port === null) throw new Error('no Stripe')
  const stripe = () => ({ ...port, money: { ...port.money, ...change(port.money) } })
  return { ...deps, live: { ...deps.live, sync: { ...deps.live.sync, stripe } } }
}

test('a refund in part, twice, up to the whole; one more is refused, and each is shown with who and why', async () => {
  const { id: member } = people.payer
  const [payment] = await paymentsOf(member)
  if (payment === undefined) throw new Error('nothing was paid')
  expect(payment).toMatchObject({
    amount: EUR(6500),
    left: EUR(6500),
    refunds: [],
    with: expect.stringContaining('card'),
  })
  expect(payment.membership).not.toBeNull()
  const about = { member, payment: payment.id, reason, why }
  const first = await desk.ask('refunds.make', { ...about, amount: EUR(2000), left: EUR(6500) })
  expect(first).toMatchObject({ amount: EUR(2000), status: 'succeeded', by: 'owner', why })
  expect((await desk.refused('refunds.make', { ...about, amount: EUR(5000), left: EUR(4500) })).sentence).toContain(
    '€45',
  )
  expect((await desk.refused('refunds.make', { ...about, amount: EUR(100), left: EUR(6500) })).sentence).toContain(
    'meanwhile',
  )
  await desk.refused('refunds.make', { ...about, amount: { minor: 100, currency: 'usd' }, left: EUR(4500) })
  await desk.refused('refunds.make', { ...about, amount: EUR(0), left: EUR(4500) })
  await desk.refused('refunds.make', { ...about, amount: EUR(100), left: EUR(4500), why: ' ' })
  await desk.refused('refunds.make', { ...about, member: people.other.id, amount: EUR(100), left: EUR(4500) })
  await desk.ask('refunds.make', { ...about, amount: EUR(4500), left: EUR(4500) })
  expect((await desk.refused('refunds.make', { ...about, amount: EUR(1), left: EUR(0) })).sentence).toContain('already')
  expect(await refundsAt(payment.id)).toEqual([4500, 2000])
  expect((await paymentsOf(member))[0]).toMatchObject({
    refunded: EUR(6500),
    left: EUR(0),
    refunds: [{ by: 'owner' }, { why }],
  })
})

test('two clicks at once give back once; a lost reply gives back once; one of the dashboard is shown', async () => {
  const { id: member } = people.other
  const [payment] = await paymentsOf(member)
  if (payment === undefined) throw new Error('nothing was paid')
  const about = { member, payment: payment.id, reason, why, amount: EUR(1000) }
  const both = await Promise.allSettled([
    desk.ask('refunds.make', { ...about, left: EUR(6500) }),
    desk.ask('refunds.make', { ...about, left: EUR(6500) }),
  ])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await refundsAt(payment.id)).toEqual([1000])
  const lossy = losing((money) => ({
    async refund(...asked) {
      await money.refund(...asked)
      throw new Error('the answer is lost')
    },
  }))
  await expect(makeRefund(lossy, { ...about, left: EUR(5500) })).rejects.toThrow('lost')
  expect(await refundsAt(payment.id)).toEqual([1000, 1000])
  // Asked for again, what was begun is found, and what is left has changed.
  expect((await desk.refused('refunds.make', { ...about, left: EUR(5500) })).sentence).toContain('meanwhile')
  expect(await refundsAt(payment.id)).toEqual([1000, 1000])
  await desk.stripe.refunds.create({ charge: payment.id, amount: 500 })
  expect((await paymentsOf(member))[0]).toMatchObject({
    left: EUR(4000),
    refunds: [{ amount: EUR(500), by: null, why: null }, { by: 'owner' }, { by: 'owner' }],
  })
  desk.sandbox.acts.dispute(people.other.customer)
  expect((await desk.refused('refunds.make', { ...about, left: EUR(4000) })).sentence).toContain('bank questions')
})

const sell = (minor: number, currency = 'eur') =>
  desk.ask('giftCards.sell', { amount: { minor, currency }, paidBy: 'card' })
const creditOf = async (customer: string) =>
  (await desk.stripe.customers.listBalanceTransactions(customer, { limit: 100 })).data.map(({ amount }) => amount)

test('a gift card is redeemed once, in whatever way its code is read out, and the panel shows what is left', async () => {
  const { card, code } = await sell(3000)
  expect(card).toMatchObject({ state: 'unused', amount: EUR(3000), receipt: null, member: null })
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
  const said = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
  const { id: member, customer } = people.gifted
  // Clicked at two desks at once: the later click gets the same card, or hears that it is used.
  const both = await Promise.allSettled([
    desk.ask('giftCards.redeem', { member, code: said }),
    desk.ask('giftCards.redeem', { member, code }),
  ])
  const redeemed = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(redeemed[0]).toMatchObject({ state: 'redeemed', member: { id: member } })
  expect(await creditOf(customer)).toEqual([-3000])
  await expect
    .poll(async () => (await desk.ask('members.get', { id: member })).balances, { timeout: 10_000 })
    .toEqual([EUR(3000)])
  expect((await desk.refused('giftCards.redeem', { member, code })).sentence).toContain('used up on')
  await desk.refused('giftCards.redeem', { member: people.rival.id, code })
  await desk.refused('giftCards.redeem', { member, code: '0000-0000-0000-0000' })
  await desk.refused('giftCards.redeem', { member, code: 'too short' })
  await desk.refused('giftCards.withdraw', { id: card.id, why: 'by mistake' })
})

test('a lost reply credits once, nobody else gets it meanwhile, and it is taken up after a start', async () => {
  const { code, card } = await sell(1500)
  const { id: member, customer } = people.rival
  const lossy = losing((money) => ({
    async addCredit(...asked) {
      await money.addCredit(...asked)
      throw new Error('the answer is lost')
    },
  }))
  await expect(redeemGiftCard(lossy, { member, code })).rejects.toThrow('lost')
  expect((await desk.refused('giftCards.redeem', { member: people.gifted.id, code })).code).toBe('busy')
  await desk.refused('giftCards.withdraw', { id: card.id, why: 'by mistake' })
  resumeGiftCards(desk.desk.deps)
  await expect
    .poll(() => listGiftCards(desk.desk.deps).find(({ id }) => id === card.id)?.state, { timeout: 10_000 })
    .toBe('redeemed')
  expect(await creditOf(customer)).toEqual([-1500])
})

test('another currency, one that was withdrawn, and one without an amount are refused', async () => {
  const dollars = await sell(2000, 'USD')
  const { id: member } = people.gifted
  expect((await desk.refused('giftCards.redeem', { member, code: dollars.code })).sentence).toContain('pays in EUR')
  await desk.ask('giftCards.withdraw', { id: dollars.card.id, why: 'sold in the wrong currency' })
  expect((await desk.refused('giftCards.redeem', { member, code: dollars.code })).sentence).toContain('withdrawn')
  await desk.refused('giftCards.sell', { amount: EUR(0), paidBy: 'card' })
  for (const currency of ['euros', 'zzz', 'xxx']) {
    const { sentence } = await desk.refused('giftCards.sell', { amount: { minor: 100, currency }, paidBy: 'card' })
    expect(sentence).toBe(`There is no currency "${currency}": write its three letters, such as EUR.`)
  }
  await desk.refused('giftCards.sell', { amount: EUR(100), paidBy: 'cash' })
  await desk.refused('giftCards.sell', { amount: EUR(100), paidBy: 'card', mailTo: 'somebody@example.org' })
  const inCash = await desk.ask('giftCards.sell', { amount: EUR(100), paidBy: 'cash', buyer: people.gifted.id })
  expect(inCash.card.receipt).toMatch(/^C-/)
})

test('no code is kept: neither in the journal nor in the log', async () => {
  const { code } = await sell(500)
  const { db } = desk.desk.deps.live
  const all = ['money_fact', 'action', 'outbox'].map((table) =>
    JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()),
  )
  for (const text of all) for (const form of [code, readGiftCode(code) ?? code]) expect(text).not.toContain(form)
  expect(giftCode('f'.repeat(20))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ')
})

test('a gift card in the sign-up: the bill shows it being used, and is the invoice', async () => {
  const { stripe } = desk
  const location = await stripe.terminal.locations.create({
    display_name: 'Front desk',
    address: { line1: 'Street 1', city: 'Berlin', country: 'DE', postal_code: '10115' },
  })
  const { id: reader } = await stripe.terminal.readers.create({
    registration_code: 'simulated-wpe',
    location: location.id,
  })
  const plan = (await desk.ask('signUps.plans', {})).find(({ name }) => name === 'Full member')?.id ?? ''
  const { signUp } = await desk.ask('signUps.start', { name: 'Gift Walker', emails: [] })
  const id = signUp?.id ?? ''
  const member = signUp?.member?.id ?? ''
  const { code } = await sell(5000)
  expect((await desk.refused('giftCards.redeem', { member, code })).sentence).toContain('sign-up first')
  await desk.ask('signUps.plan', { id, plan })
  await desk.ask('signUps.terms', { id, version: '1', by: 'Gift Walker' })
  expect((await desk.ask('signUps.bill', { id })).bill).toMatchObject({ due: EUR(6500), credit: null })
  await desk.ask('giftCards.redeem', { member, code })
  const { bill } = await desk.ask('signUps.bill', { id })
  expect(bill).toMatchObject({ due: EUR(1500), credit: EUR(5000) })
  await desk.ask('signUps.pay', { id, way: 'reader', reader })
  const turn = async () =>
    ((await stripe.terminal.readers.retrieve(reader)) as { action: { status: string } | null }).action?.status
  await expect.poll(turn, { timeout: 10_000 }).toBe('in_progress')
  desk.sandbox.acts.presentCard(reader)
  await expect.poll(async () => (await desk.ask('signUps.get', { id })).paid, { timeout: 10_000 }).toBe('paid')
  const customer = (await stripe.customers.list({ limit: 100 })).data.find(({ name }) => name === 'Gift Walker')
  const invoices = (await stripe.invoices.list({ customer: customer?.id ?? '' })).data
  expect(invoices.map(({ amount_due, amount_paid, status }) => [amount_due, amount_paid, status])).toEqual([
    [bill?.due.minor, bill?.due.minor, 'paid'],
  ])
})
