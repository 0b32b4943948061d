// Deeds at the sandbox without HTTP, for histories and rules: `actsOn(world)` answers one object of plain functions.
//
// Every deed that Stripe's API has goes through the API's own code (routes.ts), so it is refused where Stripe refuses it:
// then it throws an ApiError, or answers false inside `tries`. What only banks and payers do is set directly.
// Times: `advance` takes milliseconds, everything else is Stripe's whole seconds. Amounts are in the smallest unit.
// Deeds happen at the world's own moment; on a running server (`sandbox.world`) advance with `sandbox.advance`.
//
//   const acts = actsOn(quietWorld(7, START))          // a shop with plans, nobody in it
//   const who = acts.createCustomer({ name: 'Ada', email: 'ada@example.org' })
//   const sub = acts.subscribe(who, acts.plans()[0])    // pays with the customer's card
//   acts.failNextPayment(who, 'insufficient_funds'); acts.advance(40 * DAY)
//   acts.read('subscription', sub).status               // Stripe's shape, as the API would answer it
import { signUpActsOn } from './acts-sign-up.ts'
import { ApiError } from './api-error.ts'
import { runUntil } from './billing.ts'
import type { Seconds } from './calendar.ts'
import { actionDone, intentOf } from './collect.ts'
import { applyDiscount } from './discounts.ts'
import { moveDispute, openDispute } from './disputes.ts'
import { routeOf } from './find-route.ts'
import { form, type Given } from './form.ts'
import { confirm, newIntent } from './intents.ts'
import type { Kind, MethodRecord, Records } from './records.ts'
import type { DisputeStatus } from './records-money.ts'
import { type Rendered, renderById } from './render.ts'
import { ROUTES } from './routes.ts'
import { freshWorld } from './seed.ts'
import { all, change, type Decline, find, get, invoicesOf, type Purse, type Rules, type World } from './state.ts'
import { addMethod } from './write-customers.ts'

export type Acts = ReturnType<typeof actsOn>

/** A shop with its plans and nobody in it; `start` in milliseconds. */
export function quietWorld(seed: number, start: number): World {
  return freshWorld(seed, Math.floor(start / 1000), 0)
}

export function actsOn(world: World) {
  /** Any call of the API: `api('POST', '/v1/coupons', { percent_off: 20 })`. Throws the ApiError of a refusal. */
  function api(method: 'GET' | 'POST' | 'DELETE', path: string, given: Given = {}): Rendered {
    const found = routeOf(Object.keys(ROUTES), method, path)
    const route = ROUTES[found?.route ?? '']
    if (found === null || route === undefined) throw new Error(`Acting on the sandbox: there is no ${method} ${path}`)
    const [id = '', inner = ''] = found.ids
    const result = route.run(world, id, form(given), { inner, path })
    if (result instanceof ApiError) throw result
    return result
  }
  const idOf = (made: Rendered): string => String(made.id)
  const purse = (customer: string): Purse => world.purses.get(customer) ?? { declines: [], lastResort: null }
  const decline = (customer: string, added: Omit<Decline, 'from'>) => {
    const before = purse(customer)
    world.purses.set(customer, { ...before, declines: [{ from: world.at, ...added }, ...before.declines] })
  }
  /** The last charge that was good for this subscription, or of this invoice or customer. */
  const chargeOf = (id: string): string => {
    const subscription = find(world, 'subscription', id)
    const invoices = subscription ? invoicesOf(world, id) : all(world, 'invoice').filter((one) => one.id === id)
    const intents = new Set(invoices.flatMap((invoice) => intentOf(world, invoice)?.id ?? []))
    const charge = all(world, 'charge').findLast(
      (one) => one.status === 'succeeded' && (intents.has(one.intent) || one.customer === id || one.intent === id),
    )
    if (charge === undefined) throw refusal('There is no payment that went through.')
    return charge.id
  }
  const openInvoice = (subscription: string) =>
    invoicesOf(world, subscription).findLast(({ status }) => status === 'open' || status === 'uncollectible')
  const firstItem = (subscription: string): string => get(world, 'subscription', subscription).items[0]?.id ?? ''
  const update = (subscription: string, given: Given) => void api('POST', `/v1/subscriptions/${subscription}`, given)

  return {
    world,
    api,
    ...signUpActsOn(world),

    /** Runs it; false where Stripe refuses it, or the sandbox does not model it. */
    tries(deed: () => void): boolean {
      try {
        deed()
        return true
      } catch (error) {
        if (error instanceof ApiError) return false
        throw error
      }
    },
    advance: (ms: number) => runUntil(world, world.at + Math.floor(ms / 1000)),
    /** As the API answers it; throws where there is none. */
    read(kind: Kind, id: string): Rendered {
      get(world, kind, id)
      return renderById(world, id) ?? {}
    },
    /** The sandbox's own record, for rules that look inside. */
    record: <K extends Kind>(kind: K, id: string): Records[K] => get(world, kind, id),
    ids: (kind: Kind): string[] => all(world, kind).map(({ id }) => id),

    /** Ids of prices that one can subscribe to, in the order of the catalogue. */
    plans: (): string[] =>
      all(world, 'price').flatMap(({ id, recurring, active }) => (recurring !== null && active ? [id] : [])),
    createPlan(name: string, amount: number, more: { currency?: string; interval?: string } = {}): string {
      const product = idOf(api('POST', '/v1/products', { name }))
      const { currency = 'eur', interval } = more
      const recurring = interval === 'once' ? {} : { recurring: { interval: interval ?? 'month' } }
      return idOf(api('POST', '/v1/prices', { product, currency, unit_amount: amount, ...recurring }))
    },
    retirePlan: (price: string) => void api('POST', `/v1/prices/${price}`, { active: false }),
    createCoupon: (given: Given): string => idOf(api('POST', '/v1/coupons', given)),

    /** With a good card, unless `method` says otherwise: null for none, or a field of the method such as its type. */
    createCustomer(given: Given = {}, method: Partial<MethodRecord> | null = {}): string {
      const id = idOf(api('POST', '/v1/customers', given))
      if (method !== null) change(world, 'customer', id, { paymentMethod: addMethod(world, id, method).id })
      return id
    },
    rename: (customer: string, name: string) => void api('POST', `/v1/customers/${customer}`, { name }),
    changeEmail: (customer: string, email: string) => void api('POST', `/v1/customers/${customer}`, { email }),
    deleteCustomer: (customer: string) => void api('DELETE', `/v1/customers/${customer}`),
    /** Becomes the default at once, and what is past due is tried with it. */
    newMethod(customer: string, method: Partial<MethodRecord> = {}): string {
      const { id } = addMethod(world, customer, method)
      api('POST', `/v1/customers/${customer}`, { invoice_settings: { default_payment_method: id } })
      return id
    },

    /** `more` is anything that subscriptions.create takes. */
    subscribe: (customer: string, price: string, more: Given = {}): string =>
      idOf(api('POST', '/v1/subscriptions', { customer, items: [{ price }], ...more })),
    changePlan: (subscription: string, price: string, more: Given = {}) =>
      update(subscription, { items: [{ id: firstItem(subscription), price }], ...more }),
    /** As the customer portal does it for the end of the period: by a schedule, whose id this answers. */
    changePlanAtEnd(subscription: string, price: string): string {
      const id = idOf(api('POST', '/v1/subscription_schedules', { from_subscription: subscription }))
      const [now] = get(world, 'subscription_schedule', id).phases
      if (now === undefined) throw refusal('The schedule has no phase.')
      const kept = now.items.map(({ price, quantity }) => ({ price, quantity }))
      const phases = [{ items: kept, start_date: now.start, end_date: now.end }, { items: [{ price }] }]
      api('POST', `/v1/subscription_schedules/${id}`, { phases, end_behavior: 'release' })
      return id
    },
    releaseSchedule: (schedule: string) => void api('POST', `/v1/subscription_schedules/${schedule}/release`),
    setQuantity: (subscription: string, quantity: number, more: Given = {}) =>
      update(subscription, { items: [{ id: firstItem(subscription), quantity }], ...more }),
    addItem: (subscription: string, price: string, more: Given = {}) =>
      update(subscription, { items: [{ price }], ...more }),
    removeItem: (subscription: string, item: string, more: Given = {}) =>
      update(subscription, { items: [{ id: item, deleted: true }], ...more }),
    update,
    cancelNow: (subscription: string, given: Given = {}) =>
      void api('DELETE', `/v1/subscriptions/${subscription}`, given),
    cancelAtEnd: (subscription: string) => update(subscription, { cancel_at_period_end: true }),
    cancelAt: (subscription: string, at: Seconds) => update(subscription, { cancel_at: at }),
    /** Takes an agreed end back. */
    resume: (subscription: string) => update(subscription, { cancel_at_period_end: false }),
    pauseCollection: (
      subscription: string,
      behavior: 'void' | 'keep_as_draft' | 'mark_uncollectible' = 'void',
      resumesAt: Seconds | null = null,
    ) => update(subscription, { pause_collection: { behavior, ...(resumesAt !== null && { resumes_at: resumesAt }) } }),
    collectAgain: (subscription: string) => update(subscription, { pause_collection: '' }),
    /** Stripe's own pause, with the status `paused`. */
    pause: (subscription: string, given: Given = {}) =>
      void api('POST', `/v1/subscriptions/${subscription}/pause`, given),
    unpause: (subscription: string, given: Given = {}) =>
      void api('POST', `/v1/subscriptions/${subscription}/resume`, given),
    applyDiscount: (subscription: string, coupon: string) => update(subscription, { discounts: [{ coupon }] }),
    /** For all that the customer has; Stripe's API no longer sets it, its dashboard does. */
    discountCustomer(customer: string, coupon: string): void {
      const discount = applyDiscount(world, { coupon, promotion: null }, customer, {})
      change(world, 'customer', customer, { discount }, 'customer.updated')
    },
    /** Below zero is credit, such as a gift card. */
    addBalance: (customer: string, amount: number, currency = 'eur') =>
      void api('POST', `/v1/customers/${customer}/balance_transactions`, { amount, currency }),

    /** So many charges fail with this code, of whatever payment method the customer has. */
    failNextPayment: (customer: string, code: string, times = 1) => decline(customer, { code, until: null, times }),
    /** What pays for a subscription now fails until then, or for good; a new method works. */
    renewalsFail(subscription: string, code: string, until: Seconds | null = null): void {
      const { customer, paymentMethod } = get(world, 'subscription', subscription)
      decline(customer, { code, until, method: paymentMethod ?? get(world, 'customer', customer).paymentMethod })
    },
    banksAreGoodAgain: (customer: string) => void world.purses.set(customer, { ...purse(customer), declines: [] }),
    /** What becomes of this customer's subscriptions after the last retry. */
    lastResort: (customer: string, lastResort: Purse['lastResort']) =>
      void world.purses.set(customer, { ...purse(customer), lastResort }),
    /** The retry schedule, the last word, and how long a debit takes. */
    setRules(rules: Partial<Rules>): void {
      world.rules = { ...world.rules, ...rules }
    },

    /** Pays the newest open invoice of a subscription; false where none is open or the payment fails. */
    payOpen(subscription: string, given: Given = {}): boolean {
      const invoice = openInvoice(subscription)
      if (invoice === undefined) return false
      try {
        return api('POST', `/v1/invoices/${invoice.id}/pay`, given).status === 'paid'
      } catch (error) {
        if (error instanceof ApiError) return false
        throw error
      }
    },
    payInCash(subscription: string): void {
      const invoice = openInvoice(subscription)
      if (invoice) api('POST', `/v1/invoices/${invoice.id}/pay`, { paid_out_of_band: true })
    },
    /** The payer authenticates the card, or confirms the bank account: what waits for it goes on. */
    authenticate(subscription: string): void {
      const invoice = openInvoice(subscription)
      const intent = invoice && intentOf(world, invoice)
      if (intent) actionDone(world, intent.id)
    },
    voidOpen(subscription: string): void {
      const invoice = openInvoice(subscription)
      if (invoice) api('POST', `/v1/invoices/${invoice.id}/void`)
    },
    /** A one-time price on an invoice of its own, charged at once. */
    sell(customer: string, price: string, quantity = 1): string {
      const invoice = idOf(api('POST', '/v1/invoices', { customer, currency: get(world, 'price', price).currency }))
      api('POST', '/v1/invoiceitems', { invoice, pricing: { price }, quantity })
      api('POST', `/v1/invoices/${invoice}/finalize`)
      return invoice
    },
    /** A payment without any invoice, as a till takes it. */
    takePayment(customer: string, amount: number, currency = 'eur'): string {
      const order = { customer, invoice: null, amount, currency, description: 'Till', metadata: {} }
      const method = find(world, 'payment_method', get(world, 'customer', customer).paymentMethod ?? '')
      const { id } = newIntent(world, order, method)
      confirm(world, id, method)
      return id
    },

    /** `of` is a subscription, an invoice, a customer or a payment intent: its last payment that went through. */
    refund: (of: string, amount?: number): string =>
      idOf(api('POST', '/v1/refunds', { charge: chargeOf(of), ...(amount !== undefined && { amount }) })),
    dispute: (of: string, reason = 'fraudulent', status: DisputeStatus = 'needs_response'): string =>
      openDispute(world, chargeOf(of), reason, status).id,
    closeDispute: (dispute: string, status: 'won' | 'lost') => void moveDispute(world, dispute, status),
    /** The bank takes a debit back that had succeeded: a lost dispute; the invoice stays paid. */
    returnDebit: (of: string, reason = 'insufficient_funds'): string =>
      openDispute(world, chargeOf(of), reason, 'lost').id,
  }
}

function refusal(message: string): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', message })
}
