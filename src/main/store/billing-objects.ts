// Reading the mirror: Stripe's objects as the rules want them.
import type {
  BillingKind,
  Customer,
  Dispute,
  Invoice,
  MirrorRow,
  PaymentIntent,
  Price,
  Product,
  Subscription,
  SubscriptionSchedule,
} from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

export function customerById(db: ReadDb, account: string, id: string): Customer | null {
  const row = sql<Omit<Customer, 'balances' | 'discount'> & { balances: string; discount: string | null }>(
    db,
    `SELECT id, created, name, email, phone, default_method AS defaultMethod, fingerprint, card_expires AS cardExpires, balances, discount,
       member_id AS memberId
     FROM stripe_customer WHERE account = ? AND id = ?`,
  ).get(account, id)
  if (row === undefined) return null
  return {
    ...row,
    balances: JSON.parse(row.balances),
    discount: row.discount === null ? null : JSON.parse(row.discount),
  }
}

/** Some customers that are still there, newest first: what a key of the same account must be able to find. */
export function someCustomerIds(db: ReadDb, account: string, limit: number): string[] {
  return sql<{ id: string }>(
    db,
    'SELECT id FROM stripe_customer WHERE account = ? AND deleted_at IS NULL ORDER BY created DESC LIMIT ?',
  )
    .all(account, limit)
    .map((row) => row.id)
}

export function productById(db: ReadDb, account: string, id: string): Product | null {
  const row = sql<Omit<Product, 'active'> & { active: number }>(
    db,
    'SELECT id, created, name, active FROM stripe_product WHERE account = ? AND id = ?',
  ).get(account, id)
  return row ? { ...row, active: row.active === 1 } : null
}

type PriceRow = Omit<Price, 'recurring' | 'active'> & { recurring: number; active: number }

const PRICE = `id, created, product_id AS productId, recurring, interval, nickname, active, unit_amount AS unitAmount, currency`

export function priceById(db: ReadDb, account: string, id: string): Price | null {
  const row = sql<PriceRow>(db, `SELECT ${PRICE} FROM stripe_price WHERE account = ? AND id = ?`).get(account, id)
  return row ? toPrice(row) : null
}

/** Every price that Stripe still has, oldest first. */
export function allPrices(db: ReadDb, account: string): Price[] {
  return sql<PriceRow>(
    db,
    `SELECT ${PRICE} FROM stripe_price WHERE account = ? AND deleted_at IS NULL ORDER BY created, id`,
  )
    .all(account)
    .map(toPrice)
}

function toPrice(row: PriceRow): Price {
  return { ...row, recurring: row.recurring === 1, active: row.active === 1 }
}

type SubscriptionRow = Omit<Subscription, 'pauseCollection' | 'items' | 'discounts' | 'pendingPrices'> & {
  pauseCollection: number
  items: string
  discounts: string
  pendingPrices: string
  deletedAt: Ms | null
}

export function subscriptionById(
  db: ReadDb,
  account: string,
  id: string,
): (Subscription & { deletedAt: Ms | null }) | null {
  const row = sql<SubscriptionRow>(
    db,
    `SELECT id, created, customer_id AS customerId, status, currency, items, discounts,
       collection_method AS collectionMethod, pending_prices AS pendingPrices, period_end AS periodEnd,
       trial_end AS trialEnd, cancel_at AS cancelAt, ended_at AS endedAt, pause_collection AS pauseCollection,
       pause_resumes_at AS pauseResumesAt, paused_type AS pausedType, cancel_reason AS cancelReason,
       default_method AS defaultMethod, card_expires AS cardExpires, deleted_at AS deletedAt
     FROM stripe_subscription WHERE account = ? AND id = ?`,
  ).get(account, id)
  if (row === undefined) return null
  return {
    ...row,
    pauseCollection: row.pauseCollection === 1,
    items: JSON.parse(row.items),
    discounts: JSON.parse(row.discounts),
    pendingPrices: JSON.parse(row.pendingPrices),
  }
}

/** Ids of a customer's subscriptions, oldest first. */
export function subscriptionIdsOf(db: ReadDb, account: string, customerId: string): string[] {
  return sql<{ id: string }>(
    db,
    'SELECT id FROM stripe_subscription WHERE account = ? AND customer_id = ? ORDER BY created, id',
  )
    .all(account, customerId)
    .map((row) => row.id)
}

export function allSubscriptionIds(db: ReadDb, account: string): string[] {
  return sql<{ id: string }>(db, 'SELECT id FROM stripe_subscription WHERE account = ? ORDER BY created, id')
    .all(account)
    .map((row) => row.id)
}

type InvoiceRow = Omit<Invoice, 'total' | 'due' | 'remaining' | 'priceIds' | 'paymentIntents'> & {
  currency: string
  total: number
  amountDue: number
  amountRemaining: number
  priceIds: string
  paymentIntents: string
}

const INVOICE = `id, created, customer_id AS customerId, subscription_id AS subscriptionId, number, status, billing_reason AS billingReason,
  currency, total, amount_due AS amountDue, amount_remaining AS amountRemaining, paid_at AS paidAt, due_at AS dueAt,
  finalized_at AS finalizedAt, attempt_count AS attemptCount, next_attempt_at AS nextAttemptAt, service_start AS serviceStart,
  service_end AS serviceEnd, price_ids AS priceIds, payment_intents AS paymentIntents, url`

export function invoicesOfSubscription(db: ReadDb, account: string, subscriptionId: string): Invoice[] {
  return sql<InvoiceRow>(
    db,
    `SELECT ${INVOICE} FROM stripe_invoice WHERE account = ? AND subscription_id = ? AND deleted_at IS NULL ORDER BY created`,
  )
    .all(account, subscriptionId)
    .map(toInvoice)
}

function invoiceById(db: ReadDb, account: string, id: string): Invoice | null {
  const row = sql<InvoiceRow>(db, `SELECT ${INVOICE} FROM stripe_invoice WHERE account = ? AND id = ?`).get(account, id)
  return row ? toInvoice(row) : null
}

/** Newest first. */
export function invoicesOfCustomer(db: ReadDb, account: string, customerId: string, limit: number): Invoice[] {
  return sql<InvoiceRow>(
    db,
    `SELECT ${INVOICE} FROM stripe_invoice WHERE account = ? AND customer_id = ? AND deleted_at IS NULL ORDER BY created DESC LIMIT ?`,
  )
    .all(account, customerId, limit)
    .map(toInvoice)
}

/** The subscription that an invoice belongs to, as far as the mirror knows. */
export function subscriptionOfInvoice(db: ReadDb, account: string, invoiceId: string): string | null {
  const row = sql<{ id: string | null }>(
    db,
    'SELECT subscription_id AS id FROM stripe_invoice WHERE account = ? AND id = ?',
  ).get(account, invoiceId)
  return row?.id ?? null
}

type IntentRow = Omit<PaymentIntent, 'amount'> & { minor: number; currency: string }

export function paymentIntents(db: ReadDb, account: string, ids: readonly string[]): Map<string, PaymentIntent> {
  if (ids.length === 0) return new Map()
  const rows = sql<IntentRow>(
    db,
    `SELECT id, created, customer_id AS customerId, status, amount AS minor, currency, method, fingerprint,
       refunded, decline_code AS declineCode, next_action AS nextAction
     FROM stripe_payment_intent WHERE account = ? AND id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL`,
  ).all(account, JSON.stringify(ids))
  return new Map(rows.map(({ minor, currency, ...row }) => [row.id, { ...row, amount: { minor, currency } }]))
}

function toInvoice({
  currency,
  total,
  amountDue,
  amountRemaining,
  priceIds,
  paymentIntents,
  ...row
}: InvoiceRow): Invoice {
  return {
    ...row,
    total: { minor: total, currency },
    due: { minor: amountDue, currency },
    remaining: { minor: amountRemaining, currency },
    priceIds: JSON.parse(priceIds),
    paymentIntents: JSON.parse(paymentIntents),
  }
}

function disputeById(db: ReadDb, account: string, id: string): Dispute | null {
  const row = sql<Omit<Dispute, 'amount'> & { minor: number; currency: string }>(
    db,
    `SELECT id, created, payment_intent_id AS paymentIntentId, status, reason, amount AS minor, currency, evidence_due AS evidenceDue
     FROM stripe_dispute WHERE account = ? AND id = ?`,
  ).get(account, id)
  if (row === undefined) return null
  const { minor, currency, ...dispute } = row
  return { ...dispute, amount: { minor, currency } }
}

type ScheduleRow = Omit<SubscriptionSchedule, 'phases'> & { phases: string }

const SCHEDULE = `SELECT id, created, customer_id AS customerId, subscription_id AS subscriptionId, status, phases
  FROM stripe_subscription_schedule WHERE account = ?`
const toSchedule = (row: ScheduleRow): SubscriptionSchedule => ({ ...row, phases: JSON.parse(row.phases) })

function scheduleById(db: ReadDb, account: string, id: string): SubscriptionSchedule | null {
  const row = sql<ScheduleRow>(db, `${SCHEDULE} AND id = ?`).get(account, id)
  return row ? toSchedule(row) : null
}

/** What Stripe is still to carry out for a subscription. */
export function schedulesOf(db: ReadDb, account: string, subscriptionId: string): SubscriptionSchedule[] {
  const open = "subscription_id = ? AND status IN ('active', 'not_started') AND deleted_at IS NULL"
  return sql<ScheduleRow>(db, `${SCHEDULE} AND ${open} ORDER BY created`).all(account, subscriptionId).map(toSchedule)
}

const ONE: { [K in BillingKind]: (db: ReadDb, account: string, id: string) => Fact<K> | null } = {
  product: productById,
  price: priceById,
  customer: customerById,
  subscription: subscriptionById,
  invoice: invoiceById,
  payment_intent: (db, account, id) => paymentIntents(db, account, [id]).get(id) ?? null,
  dispute: disputeById,
  subscription_schedule: scheduleById,
}
type Fact<K extends BillingKind> = Extract<MirrorRow, { kind: K }>['row']

/** Any object as it is stored, unless it is not or Stripe no longer has it. */
export function storedObject(db: ReadDb, kind: BillingKind, account: string, id: string): MirrorRow | null {
  if (
    sql(db, `SELECT 1 FROM stripe_${kind} WHERE account = ? AND id = ? AND deleted_at IS NULL`).get(account, id) ===
    undefined
  )
    return null
  const row = ONE[kind](db, account, id)
  // Each kind's reader gives that kind's row; TypeScript cannot see that the two belong together.
  return row === null ? null : ({ kind, row } as MirrorRow)
}
