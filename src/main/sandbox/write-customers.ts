// Customers and their payment methods, written through the API.
import { invalid, missing, notModelled } from './api-error.ts'
import { type Allowed, metadata, type Params, required, text, tree } from './params.ts'
import { randomId } from './random.ts'
import type { CustomerRecord, MethodRecord } from './records.ts'
import { add, all, change, find, newId, type World } from './state.ts'
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

/** Stripe's payment methods for testing (docs.stripe.com/testing) that this sandbox knows. */
const TEST_METHODS: Record<string, { brand: string; last4: string; fails: string | null }> = {
  pm_card_visa: { brand: 'visa', last4: '4242', fails: null },
  pm_card_mastercard: { brand: 'mastercard', last4: '4444', fails: null },
  pm_card_chargeCustomerFail: { brand: 'visa', last4: '0341', fails: 'generic_decline' },
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
  return change(world, 'customer', id, patch, 'customer.updated')
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
  if (test) {
    const expYear = new Date(world.at * 1000).getUTCFullYear() + 3
    const person = find(world, 'customer', customer)
    return add(
      world,
      'payment_method',
      {
        id: newId(world, 'payment_method'),
        created: world.at,
        type: 'card',
        customer,
        name: person?.name ?? null,
        email: person?.email ?? null,
        expMonth: 12,
        expYear,
        ...test,
      },
      'payment_method.attached',
    )
  }
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
