// Stripe's side of a history: a sandbox with plans and nobody in it, and deeds done at it.
import Stripe from 'stripe'
import { type Sandbox, startSandbox } from '../../src/main/sandbox/stripe-server.ts'
import type { CARDS, DEEDS } from './steps.ts'

type Person = { customer: string; subscription: string | null }

export type StripeWorld = {
  sandbox: Sandbox
  stripe: Stripe
  /** Milliseconds that pass; nothing else moves the clock. */
  wait(ms: number): Promise<void>
  signUp(who: number, plan: number, card: (typeof CARDS)[number], trial: boolean): Promise<void>
  deed(who: number, deed: (typeof DEEDS)[number], plan: number): Promise<void>
  renamePlan(plan: number): Promise<void>
  close(): Promise<void>
}

const START = Date.UTC(2026, 10, 20, 9, 30)

export async function openStripeWorld(seed: number): Promise<StripeWorld> {
  const sandbox = await startSandbox({
    port: 0,
    seed,
    stateFile: null,
    realNow: () => START,
    people: 0,
    checkReplies: true,
  })
  const { hostname, port } = new URL(sandbox.url)
  const stripe = new Stripe(sandbox.key, {
    host: hostname,
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  })
  const prices = (await stripe.prices.list({ type: 'recurring', active: true, limit: 100 })).data
  const people = new Map<number, Person>()
  let renamed = 0
  const price = (plan: number) => prices[plan % prices.length]?.id ?? ''

  async function signUp(who: number, plan: number, card: (typeof CARDS)[number], trial: boolean): Promise<void> {
    const person = people.get(who) ?? {
      customer: (await stripe.customers.create({ name: `Person ${who}`, email: `person${who}@example.org` })).id,
      subscription: null,
    }
    people.set(who, person)
    await takeCard(person.customer, card)
    const items = [{ price: price(plan) }]
    const { id } = await stripe.subscriptions.create({
      customer: person.customer,
      items,
      ...(trial ? { trial_period_days: 7 } : {}),
    })
    person.subscription = id
  }

  async function takeCard(customer: string, card: string): Promise<void> {
    const method = await stripe.paymentMethods.attach(card, { customer })
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } })
  }

  async function payOpen(customer: string): Promise<void> {
    const open = (await stripe.invoices.list({ customer, status: 'open', limit: 10 })).data
    for (const { id } of open) if (id !== undefined) await stripe.invoices.pay(id)
  }

  async function deed(who: number, what: (typeof DEEDS)[number], plan: number): Promise<void> {
    const person = people.get(who)
    if (person === undefined) return
    const { customer, subscription } = person
    switch (what) {
      case 'rename':
        await stripe.customers.update(customer, { name: `Person ${who} the ${plan}th` })
        return
      case 'new-email':
        await stripe.customers.update(customer, { email: `person${who}.${plan}@example.org` })
        return
      case 'lose-card':
        return takeCard(customer, 'pm_card_chargeCustomerFail')
      case 'new-card':
        return takeCard(customer, 'pm_card_visa')
      case 'pay':
        return payOpen(customer)
      case 'leave-stripe':
        await stripe.customers.del(customer)
        people.delete(who)
        return
    }
    if (subscription === null) return
    switch (what) {
      case 'change-plan': {
        const item = (await stripe.subscriptions.retrieve(subscription)).items.data[0]
        if (item !== undefined)
          await stripe.subscriptions.update(subscription, { items: [{ id: item.id, price: price(plan) }] })
        return
      }
      case 'cancel-now':
        await stripe.subscriptions.cancel(subscription)
        return
      case 'cancel-at-end':
        await stripe.subscriptions.update(subscription, { cancel_at_period_end: true })
        return
      case 'resume':
        await stripe.subscriptions.update(subscription, { cancel_at_period_end: false })
        return
      case 'pause-collection':
        await stripe.subscriptions.update(subscription, { pause_collection: { behavior: 'void' } })
        return
      case 'go-on-collecting':
        await stripe.subscriptions.update(subscription, { pause_collection: '' })
        return
      default:
        sandbox.acts.tries(() => rarely(sandbox.acts, what, { customer, subscription }, price(plan)))
    }
  }

  return {
    sandbox,
    stripe,
    wait: (ms) => sandbox.advance(ms),
    signUp: (...args) => unlessRefused(signUp(...args)),
    deed: (...args) => unlessRefused(deed(...args)),
    async renamePlan(plan) {
      renamed += 1
      const product = (await stripe.prices.retrieve(price(plan))).product as string
      await stripe.products.update(product, { name: `Plan ${plan}, named ${renamed} times` })
    },
    close: () => sandbox.close(),
  }
}

const NOW = { proration_behavior: 'always_invoice' }

/** Rarer deeds, and those of banks and payers, without HTTP. */
function rarely(
  acts: Sandbox['acts'],
  what: (typeof DEEDS)[number],
  { customer, subscription }: { customer: string; subscription: string },
  price: string,
): void {
  switch (what) {
    case 'more-places':
      return acts.setQuantity(subscription, 3)
    case 'charge-change-now':
      return acts.changePlan(subscription, price, NOW)
    case 'change-once-paid':
      return acts.changePlan(subscription, price, { ...NOW, payment_behavior: 'pending_if_incomplete' })
    case 'second-item':
      return acts.addItem(subscription, price)
    case 'coupon':
      return acts.applyDiscount(subscription, acts.createCoupon({ percent_off: 100, duration: 'once' }))
    case 'gift-card':
      return acts.addBalance(customer, -5_000)
    case 'pause':
      return acts.pause(subscription)
    case 'go-on':
      return acts.unpause(subscription)
    case 'ask-payer':
      return acts.failNextPayment(customer, 'authentication_required')
    case 'authenticate':
      return acts.authenticate(subscription)
    case 'decline-once':
      return acts.failNextPayment(customer, 'insufficient_funds')
    case 'pay-in-cash':
      return acts.payInCash(subscription)
    case 'void':
      return acts.voidOpen(subscription)
    case 'refund':
      return void acts.refund(subscription)
    case 'dispute':
      return void acts.dispute(subscription)
    case 'return-debit':
      return void acts.returnDebit(subscription)
  }
}

/** What Stripe refuses, or the sandbox does not model (501), did not happen; a fault of the sandbox is one of the test. */
async function unlessRefused(deed: Promise<void>): Promise<void> {
  try {
    await deed
  } catch (error) {
    const status = error instanceof Stripe.errors.StripeError ? (error.statusCode ?? 0) : 0
    if (status !== 501 && (status < 400 || status >= 500)) throw error
  }
}
