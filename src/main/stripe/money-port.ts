// What the desk does at Stripe with money that is owed, was paid, or lies ready. One implementation: money.ts.
import type { Money } from '../domain/money.ts'
import type { Ms } from '../domain/time.ts'
import type { HostedPage, Intent } from './till-port.ts'

/** `processing`: a payment of it is on its way, such as a bank debit. `offStripe`: it was paid in another way than by Stripe. */
export type InvoiceNow = {
  id: string
  number: string | null
  status: string
  customerId: string
  due: Money
  remaining: Money
  processing: boolean
  offStripe: boolean
  url: string | null
}

/** `left` is what can still be given back. `method`: Stripe's type, and the last digits where it tells them. */
export type PaymentAtStripe = {
  id: string
  at: Ms
  customerId: string | null
  intentId: string | null
  amount: Money
  refunded: Money
  left: Money
  succeeded: boolean
  disputed: boolean
  method: string | null
  last4: string | null
}
export type RefundAtStripe = {
  id: string
  at: Ms
  chargeId: string | null
  amount: Money
  status: string
  ours: string | null
}

/** What is made there carries our own id of it. */
export type MoneyPort = {
  invoice(id: string): Promise<InvoiceNow>
  /** Takes the money from this way to pay; `refused` where the bank says no. */
  payInvoice(key: string, invoiceId: string, paymentMethodId: string): Promise<InvoiceNow>
  /** It was paid in another way than by Stripe. */
  markPaid(key: string, invoiceId: string): Promise<InvoiceNow>
  saveAtReader(key: string, customerId: string, ours: string): Promise<Intent>
  savePage(
    key: string,
    asked: { customerId: string; currency: string; returnTo: string },
    ours: string,
  ): Promise<HostedPage>
  /** What the customer and this subscription pay with from now on. */
  keepMethod(customerId: string, subscriptionId: string | null, paymentMethodId: string): Promise<void>
  /** What this customer paid or tried to, the newest first. */
  payments(customerId: string): Promise<PaymentAtStripe[]>
  payment(id: string): Promise<PaymentAtStripe>
  refunds(chargeId: string): Promise<RefundAtStripe[]>
  refund(
    key: string,
    asked: { chargeId: string; minor: number; reason: string | null },
    ours: string,
  ): Promise<RefundAtStripe>
  /** Null where nothing was ever charged: then any currency goes. */
  currencyOf(customerId: string): Promise<string | null>
  findCredit(customerId: string, ours: string): Promise<string | null>
  /** Adds credit that the next invoices use up; answers its id. */
  addCredit(key: string, asked: { customerId: string; amount: Money; text: string }, ours: string): Promise<string>
}
