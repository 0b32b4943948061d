// What is owed, paid at the desk: at the card reader, on Stripe's pages, in cash; and the door, which knows at once. A real
// sandbox, a real door link.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePayment } from '../../src/main/app/money-journal.ts'
import { doPaymentDeeds } from '../../src/main/app/payment-deeds.ts'
import { owedFor } from '../../src/main/app/payment-view.ts'
import { DAY } from '../../src/main/domain/time.ts'
import type { MoneyPort } from '../../src/main/stripe/money-port.ts'
import type { Payment } from '../../src/preload/shapes-money.ts'
import { connect, type LinkSession } from '../door/controller.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

const GOOD = '4242424242424242'
const NO_MONEY = '4000000000009995'

let desk: WholeDesk
let reader: string
let door: LinkSession

type Late = { id: string; name: string; customer: string; subscription: string; card: string }
const NAMES = [
  'Reader',
  'Page',
  'Invoice',
  'Cash',
  'Twice',
  'Lost',
  'Declined',
  'Queue',
  'Dies',
  'Payer',
  'Debit',
] as const
const late = {} as Record<(typeof NAMES)[number], Late>

beforeAll(async () => {
  desk = await openWholeDesk()
  const { stripe, sandbox } = desk
  const price = await desk.price('Full member')
  for (const name of NAMES) {
    const customer = await desk.customer(
      { name: `Owing ${name}`, email: `${name.toLowerCase()}@owing.example.org` },
      price,
      name === 'Payer' ? 2 : 1,
    )
    const [subscription] = (await stripe.subscriptions.list({ customer })).data
    sandbox.acts.renewalsFail(subscription?.id ?? '', 'insufficient_funds')
    late[name] = { id: '', name: `Owing ${name}`, customer, subscription: subscription?.id ?? '', card: '' }
  }
  const location = await stripe.terminal.locations.create({
    display_name: 'Front desk',
    address: { line1: 'Street 1', city: 'Berlin', country: 'DE', postal_code: '10115' },
  })
  reader = (
    await stripe.terminal.readers.create({ registration_code: 'simulated-wpe', label: 'Front', location: location.id })
  ).id
  await desk.ask('settings.set', { website: 'https://example.org' })
  await desk.sync()
  // A renewal fails, and grace is over.
  await desk.desk.deps.live.demo?.advance(45 * DAY)
  await desk.sync()
  const { key } = await desk.ask('doors.add', { id: 'front', driver: 'native' })
  door = await connect(desk.desk.doorsPort, { id: 'front', key: key ?? '' })
  for (const [n, name] of NAMES.entries()) {
    const found = (await desk.ask('members.search', { text: `Owing ${name}` }))[0]
    const card = `em:0C000000${String(n).padStart(2, '0')}`
    late[name] = { ...late[name], id: found?.id ?? '', card }
    await desk.ask('cards.add', { member: late[name].id, card })
  }
}, 120_000)
afterAll(async () => {
  expect(desk.failures).toEqual([])
  await desk.stop()
})

const swipe = async ({ card }: Late) => (await door.check(card)).json as { grant: boolean; reason: string }
const at = (id: string) => desk.ask('payments.get', { id })
const present = (number: string) =>
  desk.stripe.testHelpers.terminal.readers.presentPaymentMethod(reader, {
    type: 'card_present',
    card_present: { number },
  })
async function owedBy({ id }: Late) {
  const { debts } = await desk.ask('payments.owed', { member: id })
  const [debt] = debts
  if (debt === undefined) throw new Error('nothing is owed')
  return debt
}
const begin = async (who: Late, way: 'reader' | 'page' | 'invoice-page'): Promise<Payment> =>
  desk.ask('payments.start', {
    member: who.id,
    invoice: (await owedBy(who)).invoice,
    way,
    ...(way === 'reader' && { reader }),
  })
const becomes = (id: string, state: Payment['state']) =>
  expect.poll(async () => (await at(id)).state, { timeout: 10_000 }).toBe(state)
/** The reader shows that it is this one's turn. */
async function waitsForCard(id: string): Promise<void> {
  const turn = async () =>
    ((await desk.stripe.terminal.readers.retrieve(reader)) as { action: { status: string } | null }).action?.status
  await expect.poll(async () => (await at(id)).doing, { timeout: 10_000 }).toContain('Waiting for the card')
  await expect.poll(turn, { timeout: 10_000 }).toBe('in_progress')
}
const opens = (who: Late) => expect.poll(async () => (await swipe(who)).grant, { timeout: 10_000 }).toBe(true)
/** What Stripe took from this customer, by invoice: paid, and how often charged. */
async function taken({ customer }: Late) {
  const charges = (await desk.stripe.charges.list({ customer, limit: 100 })).data
  return charges.filter(({ status }) => status === 'succeeded').length
}
const defaultOf = async ({ customer, subscription }: Late) => {
  const [who, sub] = [
    await desk.stripe.customers.retrieve(customer),
    await desk.stripe.subscriptions.retrieve(subscription),
  ]
  return [
    (who as { invoice_settings?: { default_payment_method?: unknown } }).invoice_settings?.default_payment_method,
    sub.default_payment_method,
  ]
}

test('at the card reader: refused at the door, paid, and the next swipe opens; the new card is kept', async () => {
  const who = late.Reader
  expect(await swipe(who)).toMatchObject({ grant: false, reason: 'lapsed' })
  const panel = await desk.ask('members.get', { id: who.id })
  expect(panel.remedies[0]).toBe('take-payment')
  const debt = await owedBy(who)
  expect(debt).toMatchObject({ plan: 'Full member', state: expect.stringContaining('not enough money') })
  const before = await taken(who)
  const old = await defaultOf(who)
  const { id } = await begin(who, 'reader')
  await waitsForCard(id)
  expect(await desk.ask('signUps.readers', {})).toMatchObject([{ id: reader, busyWith: who.name }])
  await present(GOOD)
  await becomes(id, 'paid')
  await opens(who)
  expect(await at(id)).toMatchObject({ paid: debt.amount, fault: null, receipt: null })
  expect(await taken(who)).toBe(before + 1)
  await expect.poll(async () => (await defaultOf(who))[0]).not.toBe(old[0])
  const [kept, ofSubscription] = await defaultOf(who)
  expect(ofSubscription).toBe(kept)
  expect((await desk.ask('payments.owed', { member: who.id })).debts).toEqual([])
  expect(await desk.ask('members.get', { id: who.id })).toMatchObject({ standing: 'current' })
})

test('who is covered may pay what the payer owes, and the payer goes on paying with their own card', async () => {
  const who = late.Payer
  const { member } = await desk.ask('members.create', { name: 'Covered Somebody', emails: [], phone: null })
  const [membership] = (await desk.ask('members.get', { id: who.id })).memberships
  await desk.ask('memberships.cover', { id: membership?.id ?? '', member: member?.id ?? '' })
  const [own, owed] = [await defaultOf(who), await owedBy(who)]
  const { id } = await desk.ask('payments.start', {
    member: member?.id ?? '',
    invoice: owed.invoice,
    way: 'reader',
    reader,
  })
  await waitsForCard(id)
  await present(GOOD)
  await becomes(id, 'paid')
  await opens(who)
  expect(await defaultOf(who)).toEqual(own)
})

test('a card that is declined charges nobody, keeps nothing, and the next one goes through', async () => {
  const who = late.Declined
  const [before, old] = [await taken(who), await defaultOf(who)]
  const { id } = await begin(who, 'reader')
  await waitsForCard(id)
  await present(NO_MONEY)
  await expect.poll(async () => (await at(id)).fault, { timeout: 10_000 }).toContain('not enough money')
  expect((await at(id)).fault).toMatch(/othing was charged/)
  expect([await taken(who), await defaultOf(who)]).toEqual([before, old])
  expect(await swipe(who)).toMatchObject({ grant: false })
  // Another card at the same reader, for the same invoice: the same payment goes on.
  expect((await begin(who, 'reader')).id).toBe(id)
  await waitsForCard(id)
  await present(GOOD)
  await becomes(id, 'paid')
  expect(await taken(who)).toBe(before + 1)
})

test('two at one reader: a payment waits for the sign-up that was first', async () => {
  const plan = (await desk.ask('signUps.plans', {})).find(({ name }) => name === 'Full member')?.id ?? ''
  const { signUp } = await desk.ask('signUps.start', { name: 'First Walker', emails: [] })
  const first = signUp?.id ?? ''
  await desk.ask('signUps.plan', { id: first, plan })
  await desk.ask('signUps.terms', { id: first, version: '1', by: 'First Walker' })
  await desk.ask('signUps.pay', { id: first, way: 'reader', reader })
  await expect
    .poll(async () => (await desk.ask('signUps.get', { id: first })).doing, { timeout: 10_000 })
    .toContain('Waiting for the card')
  const { id } = await begin(late.Queue, 'reader')
  expect((await at(id)).doing).toContain('First Walker')
  // Both clicks are one payment.
  expect((await begin(late.Queue, 'reader')).id).toBe(id)
  await desk.ask('signUps.stop', { id: first })
  await waitsForCard(id)
  const stopped = await desk.ask('payments.stop', { id })
  expect(stopped).toMatchObject({ state: 'open', doing: null })
  expect(stopped.fault).toContain('nothing was charged')
  await desk.ask('signUps.giveUp', { id: first })
})

test('on Stripe’s page a way to pay is saved, the invoice is taken from it, and the door opens', async () => {
  const who = late.Page
  expect(await swipe(who)).toMatchObject({ grant: false })
  const { id } = await begin(who, 'page')
  await expect.poll(async () => (await at(id)).page?.url, { timeout: 10_000 }).toMatch(/^http/)
  const [session] = (await desk.stripe.checkout.sessions.list({ limit: 1 })).data
  desk.sandbox.acts.payAtCheckout(session?.id ?? '')
  await becomes(id, 'paid')
  await opens(who)
  const [kept, ofSubscription] = await defaultOf(who)
  expect(kept).toBe(ofSubscription)
})

test('on Stripe’s page of the invoice itself the door opens too; another way begun meanwhile reads the truth first', async () => {
  const who = late.Invoice
  expect(await swipe(who)).toMatchObject({ grant: false })
  const { id, page } = await begin(who, 'invoice-page')
  expect(page?.url).toMatch(/^http/)
  await fetch(page?.url ?? '', { method: 'POST', body: new URLSearchParams({ way: 'card' }) })
  // The desk takes no second payment, whichever of the two sees it first.
  const after = await desk
    .ask('payments.cash', { member: who.id, invoice: await invoiceOf(id) })
    .catch((error: Error) => error.message)
  expect(typeof after === 'string' ? after : (after.receipt ?? '')).not.toMatch(/^C-/)
  await becomes(id, 'paid')
  await opens(who)
  expect(await taken(who)).toBe(2)
})
const invoiceOf = async (id: string) => (await at(id)).invoice?.id ?? ''

test('in cash: a receipt, marked as paid at Stripe, counted in the box; two clicks at once take it once', async () => {
  const who = late.Twice
  const { invoice, amount } = await owedBy(who)
  const before = (await desk.ask('cash.status', {})).shift?.payments.length ?? 0
  const both = await Promise.all([
    desk.ask('payments.cash', { member: who.id, invoice }),
    desk.ask('payments.cash', { member: who.id, invoice }),
  ])
  expect(both.map(({ state, receipt, paid }) => [state, receipt, paid])).toEqual([
    ['paid', both[0].receipt, amount],
    ['paid', both[0].receipt, amount],
  ])
  expect(both[0].receipt).toMatch(/^C-\d{4}$/)
  expect((await desk.ask('cash.status', {})).shift?.payments.length).toBe(before + 1)
  const paid = await desk.stripe.invoices.retrieve(invoice)
  expect([paid.status, paid.amount_paid_off_stripe]).toEqual(['paid', amount.minor])
  await opens(who)
})

test('whose bank debit is on its way is asked for no card', async () => {
  const who = late.Debit
  const { invoice } = await owedBy(who)
  const { id: debit } = await desk.stripe.paymentMethods.attach('pm_sepaDebit', { customer: who.customer })
  await desk.stripe.invoices.pay(invoice, { payment_method: debit })
  const asked = { member: who.id, invoice }
  for (const way of ['reader', 'page'] as const)
    expect(await desk.refused('payments.start', { ...asked, way, reader })).toMatchObject({
      code: 'wrong-state',
      sentence: 'A bank debit for it is on its way: take no money until it has arrived or failed.',
    })
})

test('money that a refusal brought in is written down once, with the swipe that it followed', async () => {
  const who = late.Cash
  const { invoice, amount } = await owedBy(who)
  expect(await swipe(who)).toMatchObject({ grant: false, reason: 'lapsed' })
  await desk.ask('payments.cash', { member: who.id, invoice })
  await opens(who)
  const rows = (await desk.ask('money.recovered', {})).filter(({ member }) => member.id === who.id)
  expect(rows).toMatchObject([
    { amount, way: 'cash', by: 'owner', invoice, swipe: { door: 'front', reason: 'lapsed' } },
  ])
  // Nobody had refused this one in the last day.
  expect((await desk.ask('money.recovered', {})).some(({ member }) => member.id === late.Twice.id)).toBe(false)
  expect(await desk.ask('money.recovered', { from: '2099-01-01' })).toEqual([])
  await desk.refused('money.recovered', { from: 'soon' })
})

test('a reply that was lost takes nothing twice, and cash is not taken for what was paid by card', async () => {
  const { deps } = desk.desk
  const port = deps.live.sync.stripe()
  if (port === null) throw new Error('no Stripe')
  const who = late.Lost
  const { invoice, amount } = await owedBy(who)
  const id = started(who, invoice)
  writePayment(deps, id, { kind: 'way', way: 'cash', readerId: null })
  const losing: MoneyPort = {
    ...port.money,
    async markPaid(...asked) {
      await port.money.markPaid(...asked)
      throw new Error('the answer is lost')
    },
  }
  const doing = { till: port.till, sleep: async () => undefined, isCancelled: () => false }
  await expect(doPaymentDeeds(deps, id, { ...doing, money: losing })).rejects.toThrow('lost')
  expect(await at(id)).toMatchObject({ state: 'open', receipt: null })
  // Asked for once more by another way: what was begun is looked up first, and nobody is charged.
  const cards = await taken(who)
  const settled = await desk.ask('payments.start', { member: who.id, invoice, way: 'reader', reader })
  expect(settled).toMatchObject({ id, state: 'paid', paid: amount })
  expect(settled.receipt).toMatch(/^C-/)
  expect(await taken(who)).toBe(cards)
  await opens(who)
  await desk.refused('payments.cash', { member: who.id, invoice })
})

/** A journal as the desk begins it. */
function started(who: Late, invoice: string): string {
  const { deps } = desk.desk
  const one = owedFor(deps, who.id).find((each) => each.invoice.id === invoice)
  if (one === undefined) throw new Error('nothing is owed')
  const id = deps.live.newId()
  const { account, customerId, subscriptionId } = one
  const start = { kind: 'started', memberId: who.id, account, customerId, subscriptionId } as const
  writePayment(
    deps,
    id,
    { ...start, invoice: { id: invoice, number: null }, isPayer: true },
    { subject: invoice, memberId: who.id },
  )
  return id
}

test('killed before or after any asking, it goes on there: one payment in the end', async () => {
  const { deps } = desk.desk
  const port = deps.live.sync.stripe()
  if (port === null) throw new Error('no Stripe')
  const who = late.Dies
  const before = await taken(who)
  const { invoice } = await owedBy(who)
  const id = started(who, invoice)
  writePayment(deps, id, { kind: 'way', way: 'reader', readerId: reader })
  const sleep = () => new Promise<void>((resolve) => setTimeout(resolve, 20))
  let over = false
  const standing = (async () => {
    while (!over) {
      const { action } = (await desk.stripe.terminal.readers.retrieve(reader)) as { action?: { status: string } | null }
      if (action?.status === 'in_progress') await present(GOOD).catch(() => undefined)
      await sleep()
    }
  })()
  const goOn = async (ports: Pick<typeof port, 'till' | 'money'>) => {
    if ((await at(id)).fault !== null) writePayment(deps, id, { kind: 'way', way: 'reader', readerId: reader })
    await doPaymentDeeds(deps, id, { till: ports.till, money: ports.money, sleep, isCancelled: () => false })
  }
  let died = 0
  for (let n = 1; n <= 12 && (await at(id)).state === 'open'; n++) {
    // The n-th life dies at its n-th asking: one before Stripe has done it, the next after.
    let asked = 0
    const deadly =
      (call: (...args: unknown[]) => Promise<unknown>) =>
      async (...args: unknown[]) => {
        asked += 1
        if (asked === n && n % 2 === 0) throw new Error('died')
        const answer = await call(...args)
        if (asked === n) throw new Error('died')
        return answer
      }
    const dying = <T extends object>(of: T) =>
      Object.fromEntries(Object.entries(of).map(([name, call]) => [name, deadly(call as never)])) as T
    await goOn({ till: dying(port.till), money: dying(port.money) }).catch(() => void died++)
  }
  for (let tries = 0; tries < 5 && (await at(id)).state === 'open'; tries++) await goOn(port)
  over = true
  await standing
  await becomes(id, 'paid')
  expect(died).toBeGreaterThan(2)
  expect(await taken(who)).toBe(before + 1)
}, 60_000)

test('what cannot be is refused with a sentence', async () => {
  const who = late.Queue
  const { invoice } = await owedBy(who)
  await desk.refused('payments.start', { member: who.id, invoice, way: 'reader' })
  await desk.refused('payments.start', { member: who.id, invoice: 'in_none', way: 'page' })
  await desk.refused('payments.start', { member: who.id, invoice: null, way: 'page' })
  await desk.refused('payments.start', { member: 'nobody', invoice, way: 'page' })
  await desk.refused('payments.mail', { member: who.id, invoice })
  await desk.refused('payments.get', { id: 'none' })
})

test('where nothing is owed another way to pay is saved and kept', async () => {
  const who = late.Reader
  const old = await defaultOf(who)
  const { id } = await desk.ask('payments.start', { member: who.id, invoice: null, way: 'reader', reader })
  await waitsForCard(id)
  await present(GOOD)
  await becomes(id, 'saved')
  const kept = await defaultOf(who)
  expect(kept[0]).not.toBe(old[0])
  expect(kept[1]).toBe(kept[0])
})
