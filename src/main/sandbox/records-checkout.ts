// What the sandbox keeps of a hosted payment page.
import type { Seconds } from './calendar.ts'
import type { Params } from './params.ts'
import type { Base, Metadata, MethodType } from './record-parts.ts'

export type SessionMode = 'payment' | 'setup' | 'subscription'

export type SessionLine = {
  id: string
  price: string
  quantity: number
  /** What its first invoice takes for it, and what discounts take off. */
  amount: number
  discount: number
  metadata: Metadata
}

export type SessionRecord = Base & {
  mode: SessionMode
  status: 'open' | 'complete' | 'expired'
  paymentStatus: 'paid' | 'unpaid' | 'no_payment_required'
  /** Null until somebody has paid, where none was named. */
  customer: string | null
  /** Was it named when the session was made? */
  customerGiven: boolean
  customerCreation: 'always' | 'if_required' | null
  customerEmail: string | null
  /** As the payer gave it at the page. */
  payer: { email: string | null; name: string | null } | null
  successUrl: string | null
  cancelUrl: string | null
  expiresAt: Seconds
  lines: SessionLine[]
  discounts: { coupon: string | null; promotion: string | null }[]
  allowCodes: boolean | null
  methodTypes: MethodType[]
  allowed: MethodType[] | null
  currency: string | null
  subtotal: number | null
  total: number | null
  reference: string | null
  metadata: Metadata
  /** What becomes of it when it is paid: parameters for the call that makes the subscription or the payment. */
  orders: Params
  subscription: string | null
  invoice: string | null
  intent: string | null
  setupIntent: string | null
}
