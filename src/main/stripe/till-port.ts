// What the desk does at Stripe, and what comes of it. One implementation: till.ts.
import type { Receipt } from '../domain/paid-receipt.ts'
import type { Bill } from '../domain/sign-up.ts'
import type { Ms } from '../domain/time.ts'

/** What is bought: `anchorDay` 1 is "pro-rated to the 1st", null "from today". Prices and promotions by Stripe's ids. */
export type Order = {
  customerId: string
  priceId: string
  quantity: number
  feePriceId: string | null
  anchorDay: 1 | null
  /** Off the fee, and off the membership. */
  feePromotion: string | null
  promotion: string | null
}

/** `method` is Stripe's type of what was saved, null where it was a card at a reader. */
export type Intent = {
  id: string
  status: string
  paymentMethodId: string | null
  method: string | null
  failure: string | null
}
export type Reader = {
  id: string
  label: string
  online: boolean
  action: { status: string; intentId: string | null; failure: string | null } | null
}
/** `receipt`: what was paid, as the invoice says it; null while nothing is. */
export type Bought = {
  subscriptionId: string
  status: string
  invoiceId: string
  paid: boolean
  receipt: Receipt | null
}
export type HostedPage = { id: string; url: string; expiresAt: Ms; status: string; intentId: string | null }

/** Every customer, intent and subscription that is made carries the sign-up's id and the person's own. */
export type For = { signUpId: string; memberId: string; startedAt: Ms }

export type Till = {
  findCustomer(who: For): Promise<string | null>
  createCustomer(
    key: string,
    person: { name: string; email: string | null; phone: string | null },
    who: For,
  ): Promise<string>
  /** What Stripe would bill for this order, now and next. */
  preview(order: Order): Promise<Bill>
  /** The id of an active promotion code, null where there is none. */
  promotion(code: string): Promise<string | null>
  createIntent(key: string, customerId: string, who: For): Promise<Intent>
  intent(id: string): Promise<Intent>
  readers(): Promise<Reader[]>
  reader(id: string): Promise<Reader>
  collect(key: string, readerId: string, intentId: string): Promise<Reader>
  cancelAction(readerId: string): Promise<void>
  makeDefault(customerId: string, paymentMethodId: string): Promise<void>
  findSubscription(customerId: string, who: For): Promise<Bought | null>
  /** By card all or nothing: where the bank says no there is no subscription. A bank debit is on its way for days. */
  subscribe(key: string, order: Order, paid: { paymentMethodId: string; method: string }, who: For): Promise<Bought>
  subscription(id: string): Promise<Bought>
  /** Stripe's own page on which a way to pay is saved; it ends at `returnTo`, never at the desk. */
  openPage(
    key: string,
    asked: { customerId: string; currency: string; returnTo: string },
    who: For,
  ): Promise<HostedPage>
  page(id: string): Promise<HostedPage>
  /** Refused by Stripe where it was just paid: read it first and after. */
  expirePage(id: string): Promise<HostedPage>
}
