// Customers and their payment methods, written through the API.
import { invalid, missing, notModelled } from './api-error.ts'
import { retryLate } from './collect.ts'
import { type Allowed, metadata, oneOf, type Params, required, text, tree, whole } from './params.ts'
import { randomId } from './random.ts'
import type { CustomerRecord, MethodRecord } from './records.ts'
import { add, all, change, find, get, newId, type World } from './state.ts'
import { cancel } from './subscribe.ts'

export const CUSTOMER_PARAMS = {
  name: true,
  email: true,
  phone: true,
  description: true,
  metadata: '*',
  invoice_settings: { default_payment_method: true },
  expand: [true],
} as const satisfies Allowed

export const NEW_CUSTOMER_PARAMS = {
  ...CUSTOMER_PARAMS,
  payment_method: true,
  test_clock: true,
  balance: true,
} as const

/** Stripe's payment methods for testing (docs.stripe.com/testing) that this sandbox knows. */
const TEST_METHODS: Record<string, Partial<MethodRecord>> = {
  pm_card_visa: {},
  pm_card_mastercard: { brand: 'mastercard', last4: '4444' },
  pm_card_amex: { brand: 'amex', last4: '8431' },
  pm_card_chargeCustomerFail: { last4: '0341', fails: 'generic_decline' },
  pm_card_visa_chargeDeclinedInsufficientFunds: { last4: '9995', fails: 'insufficient_funds' },
  pm_card_visa_chargeDeclinedLostCard: { last4: '9987', fails: 'lost_card' },
  pm_card_chargeDeclinedExpiredCard: { last4: '0069', fails: 'expired_card' },
  pm_card_authenticationRequired: { last4: '3184', fails: 'authentication_required' },
  pm_sepaDebit: { type: 'sepa_debit', last4: '3000' },
  pm_usBankAccount: { type: 'us_bank_account', last4: '6789' },
  // Of our own: Stripe has no ready-made account that still has to be verified.
  pm_usBankAccount_unverified: { type: 'us_bank_account', last4: '6789', verified: false },
}

export function createCustomer(world: World, params: Params): CustomerRecord {
  const id = newId(world, 'customer')
  const method = text(params, 'payment_method')
  return add(
    world,
    'customer',
    {
      id,
      created: world.at,
      name: text(params, 'name') || null,
      email: readEmail(params) ?? null,
      phone: text(params, 'phone') || null,
      description: text(params, 'description') || null,
      metadata: metadata(params, {}),
      paymentMethod: method === undefined ? null : ownMethod(world, id, method, true).id,
      invoicePrefix: randomId(world.chance, '', 8).toUpperCase(),
      nextInvoice: 1,
      currency: null,
      balance: whole(params, 'balance') ?? 0,
      discount: null,
      pending: [],
      testClock: text(params, 'test_clock') ?? null,
      delinquent: false,
      deleted: false,
    },
    'customer.created',
  )
}

export function updateCustomer(world: World, id: string, params: Params): CustomerRecord {
  const customer = liveCustomer(world, id)
  const given = (name: 'name' | 'phone' | 'description') => {
    const value = text(params, name)
    return value === undefined ? customer[name] : value || null
  }
  const settings = tree(params, 'invoice_settings')
  const method = settings && text(settings, 'default_payment_method')
  const email = readEmail(params)
  const patch: Partial<CustomerRecord> = {
    name: given('name'),
    phone: given('phone'),
    description: given('description'),
    email: email === undefined ? customer.email : email,
    metadata: metadata(params, customer.metadata),
  }
  if (method !== undefined) patch.paymentMethod = method === '' ? null : ownMethod(world, id, method, false).id
  const changed = change(world, 'customer', id, patch, 'customer.updated')
  if (changed.paymentMethod === customer.paymentMethod || changed.paymentMethod === null) return changed
  for (const subscription of all(world, 'subscription')) {
    if (subscription.customer === id && subscription.paymentMethod === null) retryLate(world, subscription.id)
  }
  return get(world, 'customer', id)
}

/** Ends the subscriptions too, as Stripe does; the id answers `deleted: true` from then on. */
export function deleteCustomer(world: World, id: string): void {
  liveCustomer(world, id)
  for (const subscription of all(world, 'subscription')) {
    const ended = subscription.status === 'canceled' || subscription.status === 'incomplete_expired'
    if (subscription.customer !== id || ended) continue
    cancel(world, subscription.id, { reason: 'cancellation_requested', feedback: null, comment: null })
  }
  change(world, 'customer', id, { deleted: true }, 'customer.deleted')
}

export function liveCustomer(world: World, id: string, param = 'id'): CustomerRecord {
  const customer = find(world, 'customer', id)
  if (customer === undefined || customer.deleted) throw missing('customer', id, param)
  return customer
}

/** A payment method of this customer; `attach` also takes Stripe's test cards and makes one of them. */
export function ownMethod(world: World, customer: string, id: string, attach: boolean): MethodRecord {
  const test = attach && Object.hasOwn(TEST_METHODS, id) ? TEST_METHODS[id] : undefined
  if (test) return addMethod(world, customer, test)
  const method = find(world, 'payment_method', id)
  if (method === undefined) {
    if (attach && /^pm_(card|sepa|us)_?[A-Za-z_]+$/.test(id)) throw notModelled(`the test payment method ${id}`)
    throw missing('PaymentMethod', id, 'payment_method')
  }
  if (method.customer !== customer) {
    throw invalid(`The customer does not have a payment method with the ID ${id}.`, 'payment_method')
  }
  return method
}

/** A payment method that is about to be used: one of this customer's, or a test one that is nobody's until it has worked. */
export function methodToUse(world: World, customer: string | null, id: string): MethodRecord {
  const test = Object.hasOwn(TEST_METHODS, id) ? TEST_METHODS[id] : undefined
  if (test === undefined) return ownMethod(world, customer ?? '', id, customer !== null)
  return add(world, 'payment_method', { ...newMethod(world, customer, test), customer: null })
}

/** A card or bank account of that customer, a good Visa card unless told otherwise. */
export function addMethod(world: World, customer: string, given: Partial<MethodRecord> = {}): MethodRecord {
  return add(world, 'payment_method', newMethod(world, customer, given), 'payment_method.attached')
}

/** The same, not handed in yet. */
export function newMethod(world: World, customer: string | null, given: Partial<MethodRecord>): MethodRecord {
  const person = customer === null ? undefined : find(world, 'customer', customer)
  return {
    id: newId(world, 'payment_method'),
    created: world.at,
    type: 'card',
    customer,
    name: person?.name ?? null,
    email: person?.email ?? null,
    brand: 'visa',
    last4: '4242',
    expMonth: 12,
    expYear: new Date(world.at * 1000).getUTCFullYear() + 3,
    fails: null,
    verified: true,
    ...given,
  }
}

export const METHOD_UPDATE = { allow_redisplay: true, metadata: '*' } as const satisfies Allowed

export function updateMethod(world: World, id: string, params: Params): MethodRecord {
  const method = find(world, 'payment_method', id)
  if (method === undefined) throw missing('PaymentMethod', id)
  const allowRedisplay = oneOf(params, 'allow_redisplay', ['always', 'limited', 'unspecified'])
  const patch = { metadata: metadata(params, method.metadata ?? {}), ...(allowRedisplay && { allowRedisplay }) }
  return change(world, 'payment_method', id, patch, 'payment_method.updated')
}

/** It is nobody's from now on, and cannot be used again. */
export function detachMethod(world: World, id: string): MethodRecord {
  const method = find(world, 'payment_method', id)
  if (method === undefined) throw missing('PaymentMethod', id)
  if (method.customer === null) {
    const message = 'The payment method you provided is not attached to a customer so detachment is impossible.'
    throw invalid(message, 'payment_method', 'payment_method_unexpected_state')
  }
  const customer = get(world, 'customer', method.customer)
  if (customer.paymentMethod === id) change(world, 'customer', customer.id, { paymentMethod: null }, 'customer.updated')
  for (const subscription of all(world, 'subscription')) {
    if (subscription.paymentMethod !== id) continue
    change(world, 'subscription', subscription.id, { paymentMethod: null }, 'customer.subscription.updated')
  }
  return change(world, 'payment_method', id, { customer: null }, 'payment_method.detached')
}

export function attachMethod(world: World, id: string, params: Params): MethodRecord {
  const customer = liveCustomer(world, required(params, 'customer'), 'customer')
  return ownMethod(world, customer.id, id, true)
}

function readEmail(params: Params): string | null | undefined {
  const email = text(params, 'email')
  if (email === undefined || email === '') return email === undefined ? undefined : null
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()))
    throw invalid(`Invalid email address: ${email}`, 'email', 'email_invalid')
  return email
}
