// Words of a person's timeline: what Stripe told, what was read, what that made of them. English.
import type { Standing } from './standing.ts'

/** By the type of the event, or its family before the first dot. */
const eventWords: Record<string, string> = {
  'customer.created': 'Stripe has a new customer',
  'customer.updated': 'Stripe changed the customer',
  'customer.deleted': 'Stripe deleted the customer',
  'customer.subscription.created': 'Stripe has a new subscription',
  'customer.subscription.updated': 'Stripe changed the subscription',
  'customer.subscription.deleted': 'Stripe ended the subscription',
  'customer.subscription.paused': 'Stripe paused the subscription',
  'customer.subscription.resumed': 'Stripe resumed the subscription',
  'customer.subscription.trial_will_end': 'Stripe says that the trial ends soon',
  'invoice.created': 'Stripe made an invoice',
  'invoice.finalized': 'Stripe finalised the invoice',
  'invoice.paid': 'Stripe was paid',
  'invoice.payment_succeeded': 'Stripe was paid',
  'invoice.payment_failed': 'A payment failed at Stripe',
  'invoice.payment_action_required': 'The payer has to confirm a payment',
  'invoice.voided': 'Stripe voided the invoice',
  'invoice.marked_uncollectible': 'Stripe gave the invoice up',
  'payment_intent.processing': 'A bank debit is on its way',
  'payment_intent.payment_failed': 'A payment failed at Stripe',
  'payment_intent.succeeded': 'A payment went through',
  'payment_method.attached': 'A way to pay was saved at Stripe',
  'payment_method.detached': 'A way to pay was removed at Stripe',
  'charge.dispute.created': 'The bank questions a payment',
  'charge.dispute.closed': 'The bank has decided about a payment',
  'subscription_schedule.created': 'A change of plan was put down for later',
  'subscription_schedule.updated': 'What is put down for later changed',
  'subscription_schedule.released': 'Nothing is put down for later any more',
  'subscription_schedule.canceled': 'Nothing is put down for later any more',
  'subscription_schedule.aborted': 'Nothing is put down for later any more',
  'subscription_schedule.completed': 'What was put down for later has happened',
  'charge.refunded': 'A payment was given back',
}

export const eventText = (type: string): string => `${eventWords[type] ?? 'Stripe told of a change'}.`

const objectWords: Record<string, string> = {
  customer: 'customer',
  subscription: 'subscription',
  invoice: 'invoice',
  payment_intent: 'payment',
  dispute: 'dispute',
  subscription_schedule: 'planned change',
  product: 'product',
  price: 'price',
}

const factWords: Record<string, string> = {
  status: 'status',
  name: 'name',
  email: 'email',
  phone: 'phone',
  balances: 'balance',
  items: 'price',
  discounts: 'discount',
  discount: 'discount',
  periodEnd: 'end of the paid period',
  trialEnd: 'end of the trial',
  cancelAt: 'agreed end',
  endedAt: 'end',
  pauseCollection: 'pause',
  pausedType: 'reason of the pause',
  remaining: 'amount still owed',
  attemptCount: 'attempts',
  nextAttemptAt: 'next attempt',
  declineCode: 'reason of the refusal',
  defaultMethod: 'way to pay',
}

/** "Read the subscription again: status is now past_due, was active." Names of facts that mean nothing to people are left out. */
export function fetchedText(
  kind: string,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): string {
  const what = objectWords[kind] ?? kind
  if (after === null) return `Stripe no longer has the ${what}.`
  if (before === null) return `Read a new ${what}${typeof after.status === 'string' ? `: it is ${after.status}` : ''}.`
  if (typeof before.status === 'string' && typeof after.status === 'string')
    return `Read the ${what} again: it is ${after.status}, was ${before.status}.`
  const changed = Object.keys(after).flatMap((name) => factWords[name] ?? [])
  return `Read the ${what} again: ${changed.length === 0 ? 'small things' : changed.join(', ')} changed.`
}

/** For as long as no end is known. */
const openWords: Record<Standing, string> = {
  current: 'doors open',
  grace: 'doors open while the bank debit is on its way',
  pending: 'doors open',
  frozen: 'doors open during the pause',
  lapsed: 'doors open',
  ended: 'doors open',
}

/** `last` is the last day on which they may come in. */
function doorEffect(standing: Standing, opens: boolean, last: string | null): string {
  if (!opens) return standing === 'pending' ? 'doors wait for the first payment' : 'doors refuse'
  return last === null ? openWords[standing] : `doors open until ${last}, then refuse`
}

const standingWords: Record<Standing, string> = {
  current: 'Current',
  grace: 'In grace',
  pending: 'Pending',
  frozen: 'Frozen',
  lapsed: 'Lapsed',
  ended: 'Ended',
}

/** "In grace, on Full member: a payment is late. So doors open until 7 Dec, then refuse; 2 cards." */
export function standingText(
  {
    standing,
    plan,
    why,
    opens,
    last,
  }: {
    standing: Standing
    plan: string | null
    why: string
    opens: boolean
    last: string | null
  },
  cards: number,
): string {
  const held = cards === 0 ? 'there is no card' : cards === 1 ? 'one card' : `${cards} cards`
  return `${standingWords[standing]}${plan === null ? '' : `, on ${plan}`}: ${why}. So ${doorEffect(standing, opens, last)}; ${held}.`
}

const actionWords = {
  'card-enrolled': 'A card was enrolled',
  'card-revoked': 'A card was taken back',
  'card-suspended': 'A card was suspended',
  'card-reinstated': 'A card was reinstated',
  'card-started': 'A card was started before its day',
  'card-extended': 'A card was extended',
  'card-dated': 'The last day of a card was set',
  'card-replaced': 'A card was replaced',
  'card-lent': 'A loaner was lent',
  'card-back': 'A loaner came back',
  'card-stocked': 'A card was put into stock',
  'card-labelled': 'A card was labelled',
  'card-upgraded': 'A card with a short number was seen whole',
  'card-imported': 'A card was given by a file',
  'card-import-undone': 'A card that a file gave was taken back',
  'access-given': 'Access was given by a person',
  'access-ended': 'Access given by a person was ended',
  'let-in-once': 'Let in once by a person',
  'induction-given': 'An induction was given',
  'induction-taken': 'An induction was taken back',
  'guest-invited': 'Invited as a guest',
  'guest-ended': 'Is nobody’s guest any more',
  'minor-set': 'Rules for somebody under age were set',
  'minor-cleared': 'Rules for somebody under age were taken off',
  'keys-set': 'Keys of doors were given or taken back',
  'member-barred': 'Barred',
  'bar-lifted': 'The bar was lifted',
  'member-created': 'Written down at the desk',
  'member-changed': 'Changed at the desk',
  'member-hidden': 'Is not named any more in the list of who is in',
  'member-shown': 'Is named again in the list of who is in',
  'details-changed': 'What they tell of themselves was changed',
  'waiver-signed': 'A waiver was signed',
  'photo-set': 'A photo was set',
  'photo-removed': 'The photo was taken off',
  'card-kept-lost': 'A card that is reported lost was tried, and somebody looked',
  'member-archived': 'Put away',
  'member-restored': 'Brought back',
  'members-merged': 'Merged with somebody',
  'merge-undone': 'A merge was undone',
  'membership-added': 'A membership was agreed at the desk',
  'membership-renewed': 'The membership was renewed at the desk',
  'membership-ended': 'The membership was ended at the desk',
  'membership-plan-changed': 'The plan was changed at the desk',
  'membership-plan-put-down': 'Another plan was put down for the next period',
  'membership-change-taken-back': 'What was to change of the membership was taken back',
  'membership-seats-bought': 'The number of people that are paid for was changed',
  'membership-cancelled': 'The membership was cancelled for the end of its period',
  'membership-cancelled-now': 'The membership was ended at once',
  'membership-kept': 'The cancellation was taken back',
  'membership-paused': 'The membership was paused',
  'membership-resumed': 'The membership was resumed',
  'allowance-used': 'One of what the plan gives was taken off',
  'allowance-given-back': 'One of what the plan gives was given back',
  covered: 'Covered by a membership',
  uncovered: 'Taken off a membership',
  'payment-begun': 'A payment of what is owed was begun at the desk',
  'payment-taken': 'What was owed was paid at the desk',
  'payment-mailed': 'The page for paying was mailed',
  'payment-marked': 'What was owed was marked as paid outside Stripe',
  'late-mailed': 'A reminder of a late payment was mailed',
  'late-noted': 'A note about a late payment was written',
  'late-assigned': 'Somebody took on a late payment',
  'late-snoozed': 'A late payment was put off',
  'late-undone': 'Something about a late payment was taken back',
  'access-extended': 'Access was extended though a payment is late',
  'payment-refunded': 'A payment was given back',
  'pay-method-kept': 'A new way to pay was kept',
  'gift-card-redeemed': 'A gift card was redeemed',
  'mail-again': 'A mail was sent again by a person',
  'mail-arrived': 'A mail had arrived, by a person’s word',
  'mail-put-aside': 'A mail that did not go was put aside',
  'customer-claimed': 'Somebody said which Stripe customer this is',
  'sign-up-started': 'A sign-up was started',
  'sign-up-finished': 'The sign-up was finished',
  'sign-up-given-up': 'The sign-up was given up',
  'provisional-given': 'A card was given before anything was paid',
  'provisional-ended': 'What a card opened before anything was paid was ended',
  'cash-taken': 'Cash was taken',
  'seats-changed': 'How many people the membership covers was changed',
  'members-different': 'Said to be somebody else than a person who looked the same',
  'put-away': 'Something that waited in the inbox was put away',
  'brought-back': 'Something that was put away waits in the inbox again',
} as const

/** What stands in nobody's timeline, for it is about the space. */
type SpaceKind =
  | `${'account' | 'backup' | 'door' | 'event' | 'group' | 'holidays' | 'hours' | 'mapping' | 'outage' | 'pauses'}-${string}`
  | `${'pay-reader' | 'plan' | 'price' | 'reader' | 'report' | 'settings' | 'shift' | 'stripe-key' | 'visits'}-${string}`
  | `mail-${'set' | 'off' | 'tested'}`
  | `induction-${'saved' | 'removed'}`
  | `gift-card-${'sold' | 'withdrawn'}`
  | `${'card-uses' | 'who-is-in'}-read`
  | 'late-templates'
  | 'waiver-changed'
  | 'signed-out'
  | 'webhook-secret-set'

/** Of whatever is recorded: what is about a person has its words above. */
export type ActionKind = keyof typeof actionWords | SpaceKind

const wordsOf: Record<string, string> = actionWords

/** An older Latchkey may have written kinds that are no more. */
export const actionText = (kind: string): string => `${wordsOf[kind] ?? kind.replaceAll('-', ' ')}.`

export const doorText = (door: string, granted: boolean, wentOut: boolean): string =>
  granted ? `${wentOut ? 'Went out' : 'Came in'} at ${door}.` : `Was refused at ${door}.`
