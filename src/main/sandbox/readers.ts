// A reader at the till at work: one action at a time, and what comes of a card, a telephone, a refusal or nobody at it.
import { ApiError } from './api-error.ts'
import { failureOf, readerPays } from './intents.ts'
import type { MethodRecord } from './records.ts'
import type { ReaderAction, ReaderRecord } from './records-terminal.ts'
import { addAttempt, failSetup, succeedSetup } from './setup.ts'
import { add, change, get, newId, type World } from './state.ts'
import type { PresentedCard } from './test-cards.ts'

const KIND = 'terminal.reader'

export const PLAIN_ACTION = {
  status: 'in_progress',
  intent: null,
  allowRedisplay: 'unspecified',
  cancellable: null,
  generatedCard: null,
  failure: null,
  cart: null,
} as const satisfies Omit<ReaderAction, 'type'>

/**
 * Sends a command. Refused where the reader is busy or cannot be reached. One that does not answer in time may have
 * got it all the same (docs.stripe.com/terminal/payments/collect-card-payment): then the ApiError is returned.
 */
export function sendToReader(world: World, id: string, action: ReaderAction | null): ReaderRecord | ApiError {
  const reader = get(world, KIND, id)
  if (!reader.online) throw readerError('offline')
  // What is only shown makes nobody wait, and cancelling is for who is waited for.
  if (reader.action?.status === 'in_progress' && action !== null) throw readerError('busy')
  const { trouble } = reader
  if (trouble !== null) change(world, KIND, id, { trouble: null })
  if (trouble === 'timeout' || trouble === 'hardware_fault') return readerError(trouble)
  const after = change(world, KIND, id, { action, lastSeen: world.at })
  if (action !== null) change(world, KIND, id, {}, 'terminal.reader.action_updated')
  if (trouble === 'timeout-after') return readerError('timeout')
  return after
}

const READER_WORDS = {
  busy: 'Reader is currently processing another request. Please wait until it is finished, or cancel its action.',
  offline: 'Reader is currently offline. Make sure that it has power and is connected to the internet.',
  timeout: 'There was a timeout when sending this command to the reader. Please try again.',
  hardware_fault: 'The reader reported a fault of its hardware.',
} as const

function readerError(what: keyof typeof READER_WORDS): ApiError {
  const type = 'invalid_request_error'
  return new ApiError(400, { type, code: `terminal_reader_${what}`, message: READER_WORDS[what] })
}

/** Somebody holds a card to it. Throws where it waits for none. */
export function present(world: World, id: string, card: PresentedCard): ReaderRecord {
  const { action } = get(world, KIND, id)
  if (action?.status !== 'in_progress' || action.intent === null) {
    const message = 'There is no ongoing action on the reader that a payment method could be presented for.'
    throw new ApiError(400, { type: 'invalid_request_error', message })
  }
  const { name, email } = payerOf(world, action.intent)
  const method = add(world, 'payment_method', methodOf(world, card, { name, email }))
  const failure = card.declined === undefined ? null : failureOf(card.declined, method)
  const done = action.type === 'process_setup_intent' ? saveCard : takeMoney
  return done(world, id, action, card, method, failure)
}

function payerOf(world: World, intent: string): { name: string | null; email: string | null } {
  const { customer } = intent.startsWith('seti_')
    ? get(world, 'setup_intent', intent)
    : get(world, 'payment_intent', intent)
  return customer === null ? { name: null, email: null } : get(world, 'customer', customer)
}

function methodOf(world: World, card: PresentedCard, payer: { name: string | null; email: string | null }) {
  return {
    id: newId(world, 'payment_method'),
    created: world.at,
    type: 'card_present' as const,
    customer: null,
    name: payer.name,
    email: payer.email,
    brand: card.brand,
    last4: card.last4,
    expMonth: 12,
    expYear: new Date(world.at * 1000).getUTCFullYear() + 3,
    fails: null,
    verified: true,
    ...(card.wallet && { wallet: card.wallet }),
  }
}

type Failure = ReturnType<typeof failureOf> | null

function saveCard(
  world: World,
  id: string,
  action: ReaderAction,
  card: PresentedCard,
  method: MethodRecord,
  failure: Failure,
): ReaderRecord {
  const intent = action.intent ?? ''
  if (failure !== null) {
    failSetup(world, intent, method, failure)
    return endAction(world, id, { code: failure.code, message: failure.message, bank: failure })
  }
  const attempt = addAttempt(world, intent, method, 'succeeded', null)
  const { customer } = get(world, 'setup_intent', intent)
  const saved = saveFor(world, customer, action, card, method, { charge: null, attempt: attempt.id })
  change(world, 'setup_attempt', attempt.id, { generatedCard: saved })
  succeedSetup(world, intent, method, attempt.id)
  return endAction(world, id, null, saved)
}

/** The card for later, with the customer; null where none can be made. */
function saveFor(
  world: World,
  customer: string | null,
  { allowRedisplay }: ReaderAction,
  card: PresentedCard,
  from: MethodRecord,
  generatedFrom: NonNullable<MethodRecord['generatedFrom']>,
): string | null {
  if (customer === null || card.unsavable !== undefined) return null
  const id = newId(world, 'payment_method')
  const more = { allowRedisplay, generatedFrom, fails: card.failsLater ?? null }
  const made = { ...from, id, type: 'card' as const, customer, ...more }
  return add(world, 'payment_method', made, 'payment_method.attached').id
}

function takeMoney(
  world: World,
  id: string,
  action: ReaderAction,
  card: PresentedCard,
  method: MethodRecord,
  failure: Failure,
): ReaderRecord {
  const { customer, futureUsage, id: intent } = get(world, 'payment_intent', action.intent ?? '')
  const charge = readerPays(world, intent, method, failure, id)
  if (failure !== null) return endAction(world, id, { code: failure.code, message: failure.message, bank: failure })
  if (futureUsage === undefined) return endAction(world, id, null)
  const saved = saveFor(world, customer, action, card, method, { charge: charge.id, attempt: null })
  change(world, 'charge', charge.id, { generatedCard: saved })
  return endAction(world, id, null)
}

export type AtReader = 'customer_canceled' | 'terminal_reader_timeout' | 'setup_intent_mobile_wallet_unsupported'

const AT_READER: Record<AtReader, string> = {
  customer_canceled: 'The customer canceled the action on the reader.',
  terminal_reader_timeout: 'Nobody presented a payment method in time.',
  setup_intent_mobile_wallet_unsupported: 'Mobile wallets cannot be saved with this account.',
}

/** The reader itself ends what it waits for: nothing was taken, and the intent can be used again. */
export function giveUpAtReader(world: World, id: string, code: AtReader): ReaderRecord {
  const { action } = get(world, KIND, id)
  if (action?.status !== 'in_progress') throw new Error(`Ending at the reader: ${id} does nothing`)
  if (code === 'customer_canceled' && action.cancellable !== true) {
    throw new Error(`Cancelling at the reader: nobody allowed it, enable_customer_cancellation is off`)
  }
  return endAction(world, id, { code, message: AT_READER[code], bank: null })
}

function endAction(
  world: World,
  id: string,
  failure: ReaderAction['failure'],
  generatedCard: string | null = null,
): ReaderRecord {
  const { action } = get(world, KIND, id)
  const status = failure === null ? 'succeeded' : 'failed'
  const ended = action && ({ ...action, status, failure, generatedCard } as const)
  return change(world, KIND, id, { action: ended, lastSeen: world.at }, `terminal.reader.action_${status}`)
}

/** Whether the intent waits for a card at a reader; throws in Stripe's words where it does not. */
export function cardPresent(noun: 'SetupIntent' | 'PaymentIntent', intent: { status: string; methodTypes: string[] }) {
  const type = 'invalid_request_error'
  if (!intent.methodTypes.includes('card_present')) {
    const message = `The ${noun} must allow card_present in its payment_method_types to be processed by a reader.`
    throw new ApiError(400, { type, code: 'intent_invalid_state', message })
  }
  if (intent.status === 'requires_payment_method') return
  const message = `The ${noun} has a status of ${intent.status}; a reader processes one that requires_payment_method.`
  throw new ApiError(400, { type, code: 'intent_invalid_state', message })
}
