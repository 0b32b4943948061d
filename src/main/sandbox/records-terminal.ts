// What the sandbox keeps of readers at the till, and of payment methods that are being set up for later.
import type { Seconds } from './calendar.ts'
import type { Base, Metadata, MethodType } from './record-parts.ts'
import type { CancelReason, PaymentFailure } from './records-money.ts'

export type SetupIntentRecord = Base & {
  customer: string | null
  methodTypes: MethodType[]
  /** Those that the call named; null where it named none. */
  allowed: MethodType[] | null
  status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'processing'
    | 'succeeded'
    | 'canceled'
  method: string | null
  usage: 'off_session' | 'on_session'
  nextAction: 'verify_with_microdeposits' | 'use_stripe_sdk' | null
  failure: PaymentFailure | null
  /** The latest one. */
  attempt: string | null
  /** Wrong answers about the small deposits. */
  wrongAmounts: number
  description: string | null
  metadata: Metadata
  secret: string
  cancelReason: CancelReason | null
  /** Its Checkout session ends it, nothing else does. */
  session: string | null
}

export type SetupAttemptRecord = Base & {
  intent: string
  customer: string | null
  method: string
  methodType: MethodType
  status: 'failed' | 'requires_action' | 'succeeded'
  failure: PaymentFailure | null
  /** The card for later that a card at a reader became; null for a telephone and the like. */
  generatedCard: string | null
  usage: SetupIntentRecord['usage']
}

export type Address = {
  city: string | null
  country: string | null
  line1: string | null
  line2: string | null
  postal_code: string | null
  state: string | null
}

export type LocationRecord = Base & {
  name: string
  address: Address
  phone: string | null
  metadata: Metadata
}

export type CartLine = { amount: number; description: string; quantity: number }

export type ReaderAction = {
  type: 'process_payment_intent' | 'process_setup_intent' | 'set_reader_display'
  status: 'in_progress' | 'succeeded' | 'failed'
  /** What is paid or set up; null where only something is shown. */
  intent: string | null
  allowRedisplay: 'always' | 'limited' | 'unspecified'
  /** Whether the person at the reader may cancel; null where nobody said so. */
  cancellable: boolean | null
  generatedCard: string | null
  /** From the bank, or from the reader itself: only the bank's is an error of Stripe's. */
  failure: { code: string; message: string; bank: PaymentFailure | null } | null
  cart: { currency: string; lines: CartLine[]; tax: number | null; total: number } | null
}

/** The next command to it fails: it did not answer in time, and may have got it all the same; or it is broken. */
export type ReaderTrouble = 'timeout' | 'timeout-after' | 'hardware_fault'

export type ReaderRecord = Base & {
  label: string
  location: string | null
  device: string
  serial: string
  online: boolean
  lastSeen: Seconds
  action: ReaderAction | null
  trouble: ReaderTrouble | null
  metadata: Metadata
}
