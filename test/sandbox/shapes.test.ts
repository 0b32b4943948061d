// The sandbox's objects against Stripe's own type declarations: nothing is missing and nothing is made up.
import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import type * as catalogue from '../../src/main/sandbox/shapes-catalogue.ts'
import type * as invoices from '../../src/main/sandbox/shapes-invoice.ts'
import type { methodShape } from '../../src/main/sandbox/shapes-method.ts'
import type * as payments from '../../src/main/sandbox/shapes-payment.ts'
import type { scheduleShape } from '../../src/main/sandbox/shapes-schedule.ts'
import type { subscriptionShape } from '../../src/main/sandbox/shapes-subscription.ts'
import { open } from './open.ts'

/** On the wire decimals are text; the SDK makes its Decimal of them. */
type OnTheWire<T> = T extends Stripe.Decimal ? string : T extends object ? { [K in keyof T]: OnTheWire<T[K]> } : T

/** `never` where every field that Stripe always sends is there with its type, and no other field is. */
type Strays<Ours, Theirs> = Ours extends OnTheWire<Theirs> ? Exclude<keyof Ours, keyof Theirs> : 'wrong shape'

type Strange =
  | Strays<ReturnType<typeof catalogue.accountShape>, Stripe.Account>
  | Strays<ReturnType<typeof catalogue.customerShape>, Stripe.Customer>
  | Strays<ReturnType<typeof catalogue.deletedCustomerShape>, Stripe.DeletedCustomer>
  | Strays<ReturnType<typeof methodShape>, Stripe.PaymentMethod>
  | Strays<ReturnType<typeof catalogue.productShape>, Stripe.Product>
  | Strays<ReturnType<typeof catalogue.priceShape>, Stripe.Price>
  | Strays<ReturnType<typeof catalogue.planShape>, Stripe.Plan>
  | Strays<ReturnType<typeof subscriptionShape>, Stripe.Subscription>
  | Strays<ReturnType<typeof scheduleShape>, Stripe.SubscriptionSchedule>
  | Strays<ReturnType<typeof invoices.invoiceShape>, Stripe.Invoice>
  | Strays<ReturnType<typeof invoices.invoicePaymentShape>, Stripe.InvoicePayment>
  | Strays<ReturnType<typeof payments.intentShape>, Stripe.PaymentIntent>

test('every shape matches the declarations of the SDK', () => {
  // Checked by the compiler: this line fails to type-check when a shape drifts.
  const clean: [Strange] extends [never] ? true : Strange = true
  expect(clean).toBe(true)
})

test('what was moved in the API is where it belongs now', async () => {
  const { stripe } = await open()
  const [subscription] = (await stripe.subscriptions.list({ limit: 1, status: 'active' })).data
  expect(subscription).not.toHaveProperty('current_period_end')
  expect(subscription?.items.data[0]?.current_period_end).toBeGreaterThan(subscription?.items.data[0]?.created ?? 0)
  const [invoice] = (await stripe.invoices.list({ limit: 1, subscription: subscription?.id ?? '' })).data
  for (const gone of ['paid', 'subscription', 'payment_intent', 'charge', 'payments']) {
    expect(invoice).not.toHaveProperty(gone)
  }
  expect(invoice?.parent?.subscription_details?.subscription).toBe(subscription?.id)
  expect(invoice?.lines).toMatchObject({ object: 'list', has_more: false })
  expect(invoice?.lines.data[0]).toMatchObject({
    period: { end: subscription?.items.data[0]?.current_period_end },
    parent: { subscription_item_details: { subscription: subscription?.id } },
    pricing: { price_details: { price: subscription?.items.data[0]?.price.id } },
  })
})
