// Cards that somebody may hold to a simulated reader: Stripe's numbers for it, and what cannot be told by a number.
// The numbers are Stripe's own, for testing only (docs.stripe.com/terminal/references/testing); none is kept.
import type { MethodRecord } from './records.ts'

export type PresentedCard = {
  brand: string
  last4: string
  /** The bank refuses it at the reader with this decline code. */
  declined?: string
  /** It can be saved, and each later charge fails with this code. */
  failsLater?: string
  /** No card for later comes of it. */
  unsavable?: 'wallet' | 'single-brand'
  wallet?: MethodRecord['wallet']
}

const CARDS = {
  visa: { brand: 'visa', last4: '4242' },
  mastercard: { brand: 'mastercard', last4: '4444' },
  amex: { brand: 'amex', last4: '0005' },
  declined: { brand: 'visa', last4: '0002', declined: 'generic_decline' },
  insufficient_funds: { brand: 'visa', last4: '9995', declined: 'insufficient_funds' },
  lost_card: { brand: 'visa', last4: '9987', declined: 'lost_card' },
  stolen_card: { brand: 'visa', last4: '9979', declined: 'stolen_card' },
  expired_card: { brand: 'visa', last4: '0069', declined: 'expired_card' },
  processing_error: { brand: 'visa', last4: '0119', declined: 'processing_error' },
  declined_later: { brand: 'visa', last4: '0341', failsLater: 'generic_decline' },
  authentication_later: { brand: 'visa', last4: '3184', failsLater: 'authentication_required' },
  interac: { brand: 'interac', last4: '1933', unsavable: 'single-brand' },
  apple_pay: { brand: 'visa', last4: '4242', unsavable: 'wallet', wallet: 'apple_pay' },
  google_pay: { brand: 'visa', last4: '4242', unsavable: 'wallet', wallet: 'google_pay' },
} as const satisfies Record<string, PresentedCard>

export type CardName = keyof typeof CARDS
export const CARD_NAMES = Object.keys(CARDS) as CardName[]

export function cardNamed(name: CardName): PresentedCard {
  return CARDS[name]
}

const NUMBERS: Record<string, CardName> = {
  '4242424242424242': 'visa',
  '4000056655665556': 'visa',
  '5555555555554444': 'mastercard',
  '5200828282828210': 'mastercard',
  '378282246310005': 'amex',
  '4506445006931933': 'interac',
  '4000000000000002': 'declined',
  '4000000000009995': 'insufficient_funds',
  '4000000000009987': 'lost_card',
  '4000000000009979': 'stolen_card',
  '4000000000000069': 'expired_card',
  '4000000000000119': 'processing_error',
  '4000000000000341': 'declined_later',
  '4000002760003184': 'authentication_later',
}

/** Undefined for a number that the sandbox does not know. */
export function cardNumbered(number: string): { name: CardName; last4: string } | undefined {
  const digits = number.replaceAll(' ', '')
  const name = Object.hasOwn(NUMBERS, digits) ? NUMBERS[digits] : undefined
  return name && { name, last4: digits.slice(-4) }
}
