/** Sample bank cards of the demo, by what comes of them in Stripe's words. */
export const BANK_CARDS = ['visa', 'insufficient_funds', 'expired_card', 'apple_pay'] as const
export type BankCard = (typeof BANK_CARDS)[number]
