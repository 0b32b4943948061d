// Random lives at the sandbox: whatever is done in whatever order, every object stays what Stripe could answer, and the sums agree.
import { beforeAll, expect, test } from 'vitest'
import { type Acts, actsOn, quietWorld } from '../../src/main/sandbox/acts.ts'
import { ApiError } from '../../src/main/sandbox/api-error.ts'
import { faultOfReply } from '../../src/main/sandbox/check-reply.ts'
import { WAYS, type Way } from '../../src/main/sandbox/checkout.ts'
import { between, pick, type Random, random } from '../../src/main/sandbox/random.ts'
import type { Kind } from '../../src/main/sandbox/records.ts'
import { renderEvent } from '../../src/main/sandbox/render.ts'
import { loadSchema, type StripeSchema } from '../../src/main/sandbox/schema.ts'
import { CARD_NAMES } from '../../src/main/sandbox/test-cards.ts'

const START = Date.UTC(2026, 10, 20, 9, 30)
const HOUR = 3_600_000
const DAY = 24 * HOUR
const HISTORIES = 120
const STEPS = 40

let schema: StripeSchema
beforeAll(async () => {
  schema = await loadSchema()
})

test('random histories keep every shape and every sum', () => {
  const statuses = new Set<string>()
  const done = new Map<string, number>()
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const acts = live(seed, done)
    expect([seed, faultsOf(acts)]).toEqual([seed, []])
    expect([seed, sumsOf(acts)]).toEqual([seed, []])
    for (const id of acts.ids('subscription')) statuses.add(acts.record('subscription', id).status)
  }
  // Nothing was left out by chance, and nothing was always refused.
  expect([...statuses].toSorted()).toEqual(
    ['active', 'canceled', 'incomplete', 'incomplete_expired', 'past_due', 'paused', 'trialing', 'unpaid'].toSorted(),
  )
  expect([...done].filter(([, count]) => count === 0)).toEqual([])
})

function live(seed: number, done: Map<string, number>): Acts {
  const chance = random(seed)
  const acts = actsOn(quietWorld(seed, START))
  acts.setRules({ outcome: pick(chance, ['unpaid', 'canceled', 'paused', 'past_due']) })
  const halved = acts.createCoupon({ percent_off: 50, duration: 'repeating', duration_in_months: 2 })
  const once = acts.createCoupon({ amount_off: 700, currency: 'eur', duration: 'once' })
  const free = acts.createCoupon({ percent_off: 100, duration: 'forever' })
  const subscriptions: string[] = []
  for (let step = 0; step < STEPS; step += 1) {
    const who = () => pick(chance, acts.ids('customer'))
    const sub = () => pick(chance, subscriptions)
    const coupon = () => pick(chance, [halved, once, free])
    const plan = () => pick(chance, acts.plans())
    const deeds: Record<string, () => void> = {
      createCustomer: () => acts.createCustomer({ name: `Person ${step}` }, methodOf(chance)),
      subscribe: () => subscriptions.push(acts.subscribe(who(), plan(), orderOf(chance, coupon()))),
      changePlan: () => acts.changePlan(sub(), plan(), howToBill(chance)),
      setQuantity: () => acts.setQuantity(sub(), between(chance, 1, 5), howToBill(chance)),
      addItem: () => acts.addItem(sub(), plan(), howToBill(chance)),
      removeItem: () => acts.removeItem(sub(), acts.record('subscription', sub()).items.at(-1)?.id ?? ''),
      cancelNow: () => acts.cancelNow(sub(), chance.next() < 0.5 ? { prorate: true, invoice_now: true } : {}),
      cancelAtEnd: () => acts.cancelAtEnd(sub()),
      resume: () => acts.resume(sub()),
      pauseCollection: () => acts.pauseCollection(sub(), pick(chance, ['void', 'keep_as_draft', 'mark_uncollectible'])),
      collectAgain: () => acts.collectAgain(sub()),
      pause: () => acts.pause(sub(), { invoicing_behavior: pick(chance, ['invoice', 'pending_invoice_item']) }),
      unpause: () => acts.unpause(sub(), { billing_cycle_anchor: { type: pick(chance, ['now', 'unchanged']) } }),
      trial: () => acts.update(sub(), { trial_end: acts.world.at + between(chance, 1, 20) * 86_400 }),
      applyDiscount: () => acts.applyDiscount(sub(), coupon()),
      discountCustomer: () => acts.discountCustomer(who(), coupon()),
      addBalance: () => acts.addBalance(who(), between(chance, -9_000, 2_000)),
      failNextPayment: () => acts.failNextPayment(who(), pick(chance, DECLINES), between(chance, 1, 4)),
      renewalsFail: () => acts.renewalsFail(sub(), pick(chance, DECLINES)),
      banksAreGoodAgain: () => acts.banksAreGoodAgain(who()),
      newMethod: () => acts.newMethod(who(), methodOf(chance) ?? {}),
      payOpen: () => acts.payOpen(sub()),
      payInCash: () => acts.payInCash(sub()),
      authenticate: () => acts.authenticate(sub()),
      voidOpen: () => acts.voidOpen(sub()),
      sell: () => acts.sell(who(), acts.createPlan('Thing', 900, { interval: 'once' })),
      takePayment: () => acts.takePayment(who(), 1_200),
      refund: () => acts.refund(who()),
      dispute: () => acts.closeDispute(acts.dispute(who()), pick(chance, ['won', 'lost'])),
      returnDebit: () => acts.returnDebit(who()),
      setUpAtReader: () => {
        const reader = readerOf(acts)
        const setup = acts.api('POST', '/v1/setup_intents', {
          customer: who(),
          allowed_payment_method_types: ['card_present'],
        })
        const action = { setup_intent: String(setup.id), allow_redisplay: 'always' }
        acts.api('POST', `/v1/terminal/readers/${reader}/process_setup_intent`, action)
      },
      payAtReader: () => {
        const order = { amount: 900, currency: 'eur', customer: who(), allowed_payment_method_types: ['card_present'] }
        const intent = acts.api('POST', '/v1/payment_intents', order)
        acts.api('POST', `/v1/terminal/readers/${readerOf(acts)}/process_payment_intent`, {
          payment_intent: String(intent.id),
        })
      },
      presentCard: () => acts.presentCard(readerOf(acts), pick(chance, CARD_NAMES)),
      cancelAction: () => acts.api('POST', `/v1/terminal/readers/${readerOf(acts)}/cancel_action`),
      setUpBank: () => {
        const method = pick(chance, [
          'pm_usBankAccount_unverified',
          'pm_sepaDebit',
          'pm_card_visa_chargeDeclinedLostCard',
        ])
        acts.api('POST', '/v1/setup_intents', {
          customer: who(),
          payment_method: method,
          confirm: true,
          mandate_data: MANDATE,
        })
      },
      verifyDeposits: () => acts.verifyDeposits(some(acts, chance, 'setup_intent')),
      openPage: () => acts.api('POST', '/v1/checkout/sessions', pageOf(chance, who(), plan(), coupon())),
      payAtPage: () => acts.payAtCheckout(some(acts, chance, 'checkout.session'), pick(chance, WAY_NAMES)),
      detachMethod: () => acts.api('POST', `/v1/payment_methods/${some(acts, chance, 'payment_method')}/detach`),
      rename: () => acts.rename(who(), `Renamed ${step}`),
      changeEmail: () => acts.changeEmail(who(), `renamed${step}@example.org`),
      deleteCustomer: () => void (chance.next() < 0.2 && acts.deleteCustomer(who())),
    }
    const names = Object.keys(deeds)
    const name = step < 2 ? 'createCustomer' : subscriptions.length === 0 ? 'subscribe' : pick(chance, names)
    for (const one of names) if (!done.has(one)) done.set(one, 0)
    if (acts.tries(deeds[name] ?? (() => undefined))) done.set(name, (done.get(name) ?? 0) + 1)
    acts.advance(pick(chance, [0, HOUR, 7 * HOUR, DAY, 3 * DAY, 9 * DAY, 33 * DAY]))
  }
  return acts
}

const MANDATE = { customer_acceptance: { type: 'offline' } }

/** One of them; a refusal where there is none yet. */
function some(acts: Acts, chance: Random, kind: Kind): string {
  const ids = acts.ids(kind)
  if (ids.length === 0) throw new ApiError(404, { type: 'invalid_request_error', message: `There is no ${kind}.` })
  return pick(chance, ids)
}

const WAY_NAMES = Object.keys(WAYS) as Way[]

function readerOf(acts: Acts): string {
  const [known] = acts.ids('terminal.reader')
  return (
    known ?? String(acts.api('POST', '/v1/terminal/readers', { registration_code: 'simulated-wpe', label: 'Desk' }).id)
  )
}

function pageOf(chance: Random, customer: string, price: string, coupon: string) {
  const page = { customer, success_url: 'https://space.example.org' }
  return pick(chance, [
    { ...page, mode: 'subscription', line_items: [{ price }], discounts: [{ coupon }] },
    { ...page, mode: 'setup', currency: 'eur' },
  ])
}

const DECLINES = ['insufficient_funds', 'lost_card', 'expired_card', 'authentication_required', 'generic_decline']

function methodOf(chance: Random) {
  const methods = [
    {},
    {},
    { type: 'sepa_debit' },
    { type: 'us_bank_account', verified: false },
    { fails: 'generic_decline' },
    null,
  ]
  return pick(chance, methods) as Parameters<Acts['createCustomer']>[1]
}

function orderOf(chance: Random, coupon: string) {
  return pick(chance, [
    {},
    {},
    { discounts: [{ coupon }] },
    { trial_period_days: 9 },
    { trial_period_days: 9, trial_settings: { end_behavior: { missing_payment_method: 'pause' } } },
    { billing_cycle_anchor_config: { day_of_month: 31, hour: 12 } },
    { collection_method: 'send_invoice', days_until_due: 10 },
    { payment_behavior: 'default_incomplete' },
  ])
}

function howToBill(chance: Random) {
  const proration_behavior = pick(chance, ['create_prorations', 'none', 'always_invoice'])
  const behaviours = ['allow_incomplete', 'pending_if_incomplete', 'error_if_incomplete', 'default_incomplete']
  return { proration_behavior, payment_behavior: pick(chance, behaviours) }
}

function faultsOf(acts: Acts): string[] {
  const objects = (Object.keys(acts.world.tables) as Kind[]).flatMap((kind) =>
    acts.ids(kind).map((id) => acts.read(kind, id)),
  )
  const events = Array.from(acts.world.events.values(), ({ record }) => renderEvent(acts.world, record))
  return [...objects, ...events].flatMap((one) => faultOfReply(schema, one) ?? [])
}

function sumsOf(acts: Acts): string[] {
  const wrong: string[] = []
  const agree = (what: string, ...amounts: (number | null)[]) => {
    if (new Set(amounts).size !== 1) wrong.push(`${what}: ${amounts.join(' is not ')}`)
  }
  for (const id of acts.ids('invoice')) {
    const invoice = acts.record('invoice', id)
    const taken = invoice.lines.flatMap((line) => line.discountAmounts).reduce((sum, { amount }) => sum + amount, 0)
    agree(`${id} total`, invoice.total, invoice.lines.reduce((sum, { amount }) => sum + amount, 0) - taken)
    agree(`${id} remaining`, invoice.amountRemaining, invoice.amountDue - invoice.amountPaid)
    if (invoice.endingBalance === null) continue
    agree(`${id} due`, invoice.amountDue, Math.max(0, invoice.total + invoice.startingBalance))
    agree(`${id} balance`, invoice.endingBalance - invoice.startingBalance, invoice.total - invoice.amountDue)
  }
  for (const id of acts.ids('customer')) {
    const moved = acts
      .ids('customer_balance_transaction')
      .map((one) => acts.record('customer_balance_transaction', one))
    const own = moved.filter(({ customer }) => customer === id)
    agree(
      `${id} balance`,
      acts.record('customer', id).balance,
      own.reduce((sum, { amount }) => sum + amount, 0),
    )
  }
  for (const id of acts.ids('subscription')) {
    const { status, periodEnd } = acts.record('subscription', id)
    const runs = ['active', 'trialing', 'past_due', 'unpaid'].includes(status)
    if (runs && periodEnd <= acts.world.at) wrong.push(`${id} is ${status} in a period that is over`)
  }
  return wrong
}
