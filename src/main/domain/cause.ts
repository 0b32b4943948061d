// Why a membership stands as it does: the word that history keeps beside every change. Sentences: standing-en.ts.

/** `before`: known from before histories were kept. `held`: from a former Stripe account, until a date.
 * `no-membership`: a manager said that what is sold is none. */
export const CAUSES = [
  'before',
  'paid',
  'trial',
  'ending',
  'first-payment',
  'first-debit',
  'late',
  'late-debit',
  'unpaid',
  'paused-collection',
  'paused-requested',
  'paused-trial-end',
  'paused-system',
  'cancelled',
  'cancelled-unpaid',
  'cancelled-as-agreed',
  'never-completed',
  'unknown-status',
  'term',
  'held',
  'no-membership',
] as const
export type Cause = (typeof CAUSES)[number]

/** What happened without anybody telling: a moment was reached, or a person began or ceased to be covered. */
export const CLOCK_CAUSES = ['end-reached', 'grace-over', 'term-over', 'not-covered'] as const
export type ClockCause = (typeof CLOCK_CAUSES)[number]

/** Kinds of pause for which a space may say that doors stay open beyond the paid days. */
export const PAUSE_KINDS = ['collection', 'requested', 'trial-end', 'system'] as const
export type PauseKind = (typeof PAUSE_KINDS)[number]

/** What needs a person's eye about a membership; one word, the first that holds. */
export const FLAGS = ['unknown-status', 'paused-by-system', 'price-unmapped'] as const
export type Flag = (typeof FLAGS)[number]
