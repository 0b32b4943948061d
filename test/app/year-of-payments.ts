// A made-up year of a space's payments in three currencies, as stories: what happened to each invoice, moment by moment.
// The desk is shown Stripe's objects of it; the naive report counts the stories themselves.
import { between, pick, random } from '../../src/main/sandbox/random.ts'
import { customer, invoice, invoicePayment, item, line, paymentIntent, price, subscription } from '../stripe/objects.ts'

type Json = Record<string, unknown>

const HOUR = 3_600
const DAY = 24 * HOUR

/** Seconds since 1970 of a moment on the wall in Berlin, told by its offset. */
const at = (iso: string) => Date.parse(iso) / 1_000

/** Month ends, both days on which the clocks change, and an ordinary first of the month. */
const SPECIAL_DUES = [
  '2025-12-01T00:00:00+01:00',
  '2025-12-31T23:30:00+01:00',
  '2026-01-31T23:59:59+01:00',
  '2026-02-01T00:00:00+01:00',
  '2026-02-28T23:30:00+01:00',
  '2026-03-28T23:30:00+01:00',
  '2026-03-29T01:59:00+01:00',
  '2026-03-29T03:30:00+02:00',
  '2026-03-31T23:30:00+02:00',
  '2026-04-30T23:30:00+02:00',
  '2026-10-24T23:30:00+02:00',
  '2026-10-25T02:30:00+02:00',
  '2026-10-25T02:30:00+01:00',
  '2026-10-31T23:30:00+01:00',
].map(at)

export const CHECKPOINTS = [
  '2026-02-01T00:30:00+01:00',
  '2026-03-29T00:30:00+01:00',
  '2026-03-29T12:00:00+02:00',
  '2026-04-05T23:30:00+02:00',
  '2026-07-31T23:59:00+02:00',
  '2026-10-25T12:00:00+01:00',
  '2026-11-01T00:10:00+01:00',
  '2026-11-26T12:00:00+01:00',
].map(at)

const CURRENCIES = [
  { currency: 'eur', from: 1_500, to: 24_000 },
  { currency: 'jpy', from: 900, to: 18_000 },
  { currency: 'kwd', from: 4_501, to: 99_999 },
] as const
const CODES = ['insufficient_funds', 'expired_card', 'generic_decline', 'authentication_required', null] as const

/** Agreed at the desk: paid to `until`, seconds. */
export type TermStory = { id: string; currency: string; amount: number; until: number }

export const TERMS: TermStory[] = [
  { id: 'term-1', currency: 'eur', amount: 12_000, until: at('2026-01-31T23:59:59+01:00') },
  { id: 'term-2', currency: 'eur', amount: 4_999, until: at('2026-03-29T00:00:00+01:00') },
  { id: 'term-3', currency: 'jpy', amount: 9_001, until: at('2026-10-24T23:30:00+02:00') },
  { id: 'term-4', currency: 'kwd', amount: 12_345, until: at('2026-11-20T00:00:00+01:00') },
  { id: 'term-5', currency: 'kwd', amount: 20_001, until: at('2027-02-01T00:00:00+01:00') },
]

/** What is true of an invoice from `at` on. */
export type Moment = {
  at: number
  status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible'
  /** Of the subscription. */
  subscription: 'active' | 'past_due' | 'unpaid' | 'canceled' | 'incomplete'
  attempts: number
  /** Of the payment: why it failed last. */
  failed: string | null
  processing: boolean
  refunded: number
  dispute: string | null
}

export type Story = {
  id: string
  currency: string
  amount: number
  method: 'card' | 'sepa_debit'
  /** Sent with a due date, and paid by hand. */
  byHand: boolean
  first: boolean
  /** Seconds. */
  due: number
  moments: Moment[]
}

export function makeUp(seed: number, count: number): Story[] {
  const chance = random(seed)
  return Array.from({ length: count }, (_, index) => story(chance, index))
}

type Chance = ReturnType<typeof random>

function story(chance: Chance, index: number): Story {
  const { currency, from, to } = pick(chance, CURRENCIES)
  const due =
    index % 3 === 0
      ? pick(chance, SPECIAL_DUES)
      : between(chance, at('2025-11-05T00:00:00Z'), at('2026-11-25T00:00:00Z'))
  const kind = pick(chance, [...ENDS, ...ENDS, ...OTHERS])
  const amount = kind === 'zero' ? 0 : between(chance, from, to)
  const method = kind === 'debit' || (kind !== 'by-hand' && chance.next() < 0.2) ? 'sepa_debit' : 'card'
  const base = {
    id: `in_${index}`,
    currency,
    amount,
    method,
    byHand: kind === 'by-hand',
    first: kind === 'first',
    due,
  } as const
  return { ...base, moments: momentsOf(chance, kind, due, amount) }
}

/** How a payment that failed ended; `open` stays so. */
const ENDS = [
  'open',
  'unpaid',
  'canceled',
  'paid',
  'paid-at-once',
  'void',
  'uncollectible',
  'refunded',
  'disputed',
] as const
const OTHERS = ['in-time', 'in-time', 'debit', 'by-hand', 'by-hand', 'first', 'zero', 'void-untried', 'draft'] as const
type Kind = (typeof ENDS)[number] | (typeof OTHERS)[number]

const START: Omit<Moment, 'at'> = {
  status: 'open',
  subscription: 'active',
  attempts: 0,
  failed: null,
  processing: false,
  refunded: 0,
  dispute: null,
}

function momentsOf(chance: Chance, kind: Kind, due: number, amount: number): Moment[] {
  const moments: Moment[] = []
  const then = (after: number, change: Partial<Moment>) => {
    const last = moments.at(-1) ?? { ...START, at: due }
    moments.push({ ...last, ...change, at: last.at + Math.round(after) })
  }
  const paid = (after: number) =>
    then(after, { status: 'paid', subscription: 'active', processing: false, failed: null })
  switch (kind) {
    case 'draft':
      then(-HOUR, { status: 'draft' })
      return moments
    case 'zero':
      then(0, { status: 'paid' })
      return moments
    case 'in-time':
      then(0, {})
      then(60, { status: 'paid', attempts: 1 })
      return moments
    case 'debit':
      then(0, { attempts: 1, processing: true })
      paid(between(chance, 2, 6) * DAY)
      return moments
    case 'first':
      then(0, { attempts: 1, subscription: 'incomplete', failed: 'generic_decline' })
      return moments
    case 'void-untried':
      then(0, {})
      then(30, { status: 'void' })
      return moments
    case 'by-hand': {
      const after = pick(chance, [-3, -1, 2, 9, 40, 500]) * DAY + between(chance, 1, DAY)
      then(-14 * DAY, {})
      if (after > 0) then(14 * DAY + 60, { subscription: 'past_due' })
      if (after < 400 * DAY) paid(after > 0 ? after : 14 * DAY + after)
      return moments
    }
    default:
      return failing(chance, kind, amount, { then, paid, moments })
  }
}

type Telling = {
  then: (after: number, change: Partial<Moment>) => void
  paid: (after: number) => void
  moments: Moment[]
}

function failing(
  chance: Chance,
  kind: (typeof ENDS)[number],
  amount: number,
  { then, paid, moments }: Telling,
): Moment[] {
  then(0, { attempts: 1, subscription: 'past_due', failed: pick(chance, CODES) })
  const tries = kind === 'paid-at-once' ? 0 : between(chance, 0, 3)
  for (let index = 0; index < tries; index += 1)
    then(between(chance, 1, 5) * DAY + between(chance, 0, HOUR), {
      attempts: index + 2,
      failed: pick(chance, CODES),
    })
  const later = between(chance, 1, 30) * DAY + between(chance, 0, DAY)
  switch (kind) {
    case 'open':
      return moments
    case 'unpaid':
    case 'canceled':
      then(later, { subscription: kind })
      return moments
    case 'void':
    case 'uncollectible':
      then(later, { status: kind, subscription: 'active' })
      return moments
    case 'paid-at-once':
      paid(between(chance, 600, 5 * HOUR))
      return moments
    case 'paid':
      paid(later)
      return moments
    case 'refunded':
      paid(later)
      then(between(chance, 1, 10) * DAY, { refunded: chance.next() < 0.5 ? amount : between(chance, 1, amount) })
      return moments
    case 'disputed':
      paid(later)
      then(between(chance, 1, 10) * DAY, { dispute: 'needs_response' })
      if (chance.next() < 0.7)
        then(between(chance, 5, 30) * DAY, { dispute: pick(chance, ['won', 'lost', 'warning_closed']) })
      return moments
  }
}

/** How it stands at a moment; null before its first. */
export function momentAt({ moments }: Story, now: number): Moment | null {
  return moments.findLast((moment) => moment.at <= now) ?? null
}

const idsOf = ({ id }: Story) => {
  const n = id.slice(3)
  return { customer: `cus_${n}`, subscription: `sub_${n}`, intent: `pi_${n}`, price: `price_${n}`, dispute: `du_${n}` }
}

/** Stripe's objects as they are from a moment on. */
export function objectsOf(story: Story, moment: Moment): (readonly [string, Json])[] {
  const { currency, amount, method, due, byHand, first } = story
  const ids = idsOf(story)
  const paying = { id: `pm_${ids.customer}`, object: 'payment_method', type: method, livemode: false, metadata: {} }
  const sold = price({ id: ids.price, currency, unit_amount: amount, unit_amount_decimal: String(amount) })
  const open = moment.status === 'open' || moment.status === 'draft'
  const subscribed = subscription(
    {
      id: ids.subscription,
      customer: ids.customer,
      currency,
      status: moment.subscription,
      created: first ? due : due - 300 * DAY,
      collection_method: byHand ? 'send_invoice' : 'charge_automatically',
      default_payment_method: paying,
      ended_at: moment.subscription === 'canceled' ? moment.at : null,
      cancellation_details: {
        comment: null,
        feedback: null,
        reason: moment.subscription === 'canceled' ? 'payment_failed' : null,
      },
    },
    [
      item({
        id: `si_${ids.customer}`,
        price: sold,
        subscription: ids.subscription,
        current_period_end: due + 30 * DAY,
      }),
    ],
  )
  const billed = invoice(
    {
      id: story.id,
      customer: ids.customer,
      currency,
      amount_due: amount,
      amount_remaining: moment.status === 'paid' ? 0 : amount,
      amount_paid: moment.status === 'paid' ? amount : 0,
      attempt_count: moment.attempts,
      billing_reason: first ? 'subscription_create' : 'subscription_cycle',
      created: due - HOUR,
      due_date: byHand ? due : null,
      next_payment_attempt: moment.subscription === 'past_due' && open && !byHand ? moment.at + 3 * DAY : null,
      number: `N-${story.id}`,
      status: moment.status,
      status_transitions: {
        finalized_at: moment.status === 'draft' ? null : due - (byHand ? 14 * DAY : 0),
        marked_uncollectible_at: null,
        paid_at: moment.status === 'paid' ? paidAt(story, moment) : null,
        voided_at: null,
      },
      parent: {
        quote_details: null,
        subscription_details: { metadata: {}, subscription: ids.subscription },
        type: 'subscription_details',
      },
      payments: {
        object: 'list',
        data: moment.attempts > 0 ? [invoicePayment(ids.intent)] : [],
        has_more: false,
        url: '/v1/invoice_payments',
      },
      total: amount,
      subtotal: amount,
    },
    [line({ amount, currency, period: { start: due, end: due + 30 * DAY } })],
  )
  const charge = {
    id: `ch_${ids.customer}`,
    object: 'charge',
    amount_refunded: moment.refunded,
    payment_method_details: { type: method },
  }
  const intended = paymentIntent({
    id: ids.intent,
    amount,
    currency,
    customer: ids.customer,
    created: due,
    latest_charge: moment.status === 'paid' ? charge : null,
    payment_method_types: [method],
    status: moment.status === 'paid' ? 'succeeded' : moment.processing ? 'processing' : 'requires_payment_method',
    last_payment_error:
      moment.failed === null
        ? null
        : { code: 'card_declined', decline_code: moment.failed, message: '', type: 'card_error' },
  })
  const disputed = {
    id: ids.dispute,
    object: 'dispute',
    amount,
    charge: `ch_${ids.customer}`,
    created: moment.at,
    currency,
    evidence_details: { due_by: null, has_evidence: false, past_due: false, submission_count: 0 },
    payment_intent: ids.intent,
    reason: 'general',
    status: moment.dispute,
  }
  return [
    ['price', sold],
    [
      'customer',
      customer({
        id: ids.customer,
        name: `Person ${story.id}`,
        email: `${ids.customer}@example.org`,
        currency,
        invoice_settings: {
          custom_fields: null,
          default_payment_method: paying,
          footer: null,
          rendering_options: null,
        },
      }),
    ],
    ['subscription', subscribed],
    ['invoice', billed],
    ...(moment.attempts > 0 ? [['payment_intent', intended] as const] : []),
    ...(moment.dispute === null ? [] : [['dispute', disputed] as const]),
  ]
}

/** When it was paid, whatever came after. */
export function paidAt({ moments }: Story, { status, at: until }: Moment): number | null {
  return status === 'paid' ? (moments.find((one) => one.status === 'paid' && one.at <= until)?.at ?? null) : null
}
