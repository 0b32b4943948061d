// Everything the sandbox knows, and the two ways of changing it: `add` and `change`. Each may make one event.
import { type Job, putDown, type Task } from './agenda.ts'
import { DAY, type Seconds } from './calendar.ts'
import { type Random, randomId } from './random.ts'
import type { EventRecord, Kind, Records } from './records.ts'
import { type Row, Shelf } from './shelf.ts'
import { PLAIN_TELLING, type Telling } from './telling.ts'

type Tables = { [K in Kind]: Shelf<Records[K]> }

export type LastResort = 'unpaid' | 'canceled' | 'paused' | 'past_due'

export type Decline = {
  from: Seconds
  /** Open: for good. */
  until: Seconds | null
  code: string
  /** How many more charges fail; open: all of that time. */
  times?: number
  /** The payment method that fails, another one works; open: all that the customer has. */
  method?: string | null
}

/** How a customer's bank behaves; Stripe never shows it, the billing engine reads it. */
export type Purse = {
  declines: Decline[]
  /** What becomes of a subscription after the last retry; null goes by the space's own rule. */
  lastResort: LastResort | null
}

/** What a space sets at Stripe, and how long its banks take. */
export type Rules = {
  /** Gaps in seconds from one attempt to the next one. */
  retries: Seconds[]
  /** How long after the due moment the last word is spoken. */
  lastWord: Seconds
  outcome: LastResort
  /** How long a bank debit is on its way. */
  debitTime: Seconds
}

/** Again on days 3, 5 and 7, the last word after 21 days; a debit takes 5 days. */
export const USUAL_RULES: Rules = {
  retries: [3 * DAY, 2 * DAY, 2 * DAY],
  lastWord: 21 * DAY,
  outcome: 'unpaid',
  debitTime: 5 * DAY,
}

/** A reply kept under its idempotency key. */
export type KeptReply = { at: Seconds; request: string; status: number; body: string }

export type World = {
  /** The moment at which the engine stands; what is made now is `created` then. */
  at: Seconds
  /** Nothing before this moment makes an event: Stripe keeps them for 30 days. */
  eventsFrom: Seconds
  seq: number
  chance: Random
  tables: Tables
  /** Ids of a subscription's invoices, in the order in which they were made. */
  invoicesOf: Map<string, string[]>
  events: Shelf<EventRecord>
  telling: Telling
  /** By test clock; `''` is the sandbox's own. */
  agendas: Record<string, Task[]>
  purses: Map<string, Purse>
  rules: Rules
  replies: Map<string, KeptReply>
  /** Where the pages stand that payers are sent to. */
  pages: string
  /** Set while the engine works on a test clock's time: whose, and where the sandbox itself stands. */
  onClock: { id: string; real: Seconds } | null
  /** The API call that is being answered, for the events it makes. */
  request: { id: string | null; idempotency_key: string | null }
  /** Rises with every change, so that only a changed world is written to disk. */
  changes: number
}

/** Stripe keeps events for 30 days (docs.stripe.com/api/events). */
export const EVENT_LIFE = 30 * DAY

export function emptyWorld(at: Seconds, eventsFrom: Seconds, chance: Random): World {
  return {
    at,
    eventsFrom,
    seq: 0,
    chance,
    tables: {
      customer: new Shelf(),
      product: new Shelf(),
      price: new Shelf(),
      payment_method: new Shelf(),
      coupon: new Shelf(),
      promotion_code: new Shelf(),
      discount: new Shelf(),
      subscription: new Shelf(),
      subscription_schedule: new Shelf(),
      invoiceitem: new Shelf(),
      invoice: new Shelf(),
      invoice_payment: new Shelf(),
      payment_intent: new Shelf(),
      charge: new Shelf(),
      refund: new Shelf(),
      dispute: new Shelf(),
      customer_balance_transaction: new Shelf(),
      setup_intent: new Shelf(),
      setup_attempt: new Shelf(),
      'checkout.session': new Shelf(),
      'terminal.location': new Shelf(),
      'terminal.reader': new Shelf(),
      'test_helpers.test_clock': new Shelf(),
    },
    invoicesOf: new Map(),
    events: new Shelf(),
    telling: PLAIN_TELLING,
    agendas: { '': [] },
    purses: new Map(),
    rules: USUAL_RULES,
    onClock: null,
    replies: new Map(),
    pages: 'http://127.0.0.1',
    request: NO_REQUEST,
    changes: 0,
  }
}

export const NO_REQUEST: World['request'] = { id: null, idempotency_key: null }

/** Lengths as they are at Stripe: older kinds of object have 14 letters, the others 24. */
const ID_FORMS: Record<Kind, [prefix: string, length: number]> = {
  customer: ['cus_', 14],
  product: ['prod_', 14],
  price: ['price_', 24],
  payment_method: ['pm_', 24],
  // A coupon's id can be anything; this is one that Stripe makes up.
  coupon: ['', 8],
  promotion_code: ['promo_', 24],
  discount: ['di_', 24],
  // Before the subscription, with whose letters it begins.
  subscription_schedule: ['sub_sched_', 24],
  subscription: ['sub_', 24],
  invoice: ['in_', 24],
  invoice_payment: ['inpay_', 24],
  payment_intent: ['pi_', 24],
  invoiceitem: ['ii_', 24],
  charge: ['ch_', 24],
  refund: ['re_', 24],
  dispute: ['du_', 24],
  customer_balance_transaction: ['cbtxn_', 24],
  setup_intent: ['seti_', 24],
  setup_attempt: ['setatt_', 24],
  'checkout.session': ['cs_test_', 58],
  'terminal.location': ['tml_', 14],
  'terminal.reader': ['tmr_', 14],
  'test_helpers.test_clock': ['clock_', 24],
}

export function newId(world: World, kind: Kind): string {
  return randomId(world.chance, ...ID_FORMS[kind])
}

export function kindOfId(id: string): Kind | null {
  const kinds = Object.keys(ID_FORMS) as Kind[]
  return kinds.find((kind) => kind !== 'coupon' && id.startsWith(ID_FORMS[kind][0])) ?? null
}

export function find<K extends Kind>(world: World, kind: K, id: string): Records[K] | undefined {
  return world.tables[kind].get(id)?.record
}

/** For ids that the sandbox itself wrote down: they must be there. */
export function get<K extends Kind>(world: World, kind: K, id: string): Records[K] {
  const record = find(world, kind, id)
  if (record === undefined) throw new Error(`Reading the sandbox: there is no ${kind} ${id}`)
  return record
}

export function all<K extends Kind>(world: World, kind: K): Records[K][] {
  return Array.from(world.tables[kind].values(), (row) => row.record)
}

export function add<K extends Kind>(world: World, kind: K, record: Records[K], event?: string): Records[K] {
  world.seq += 1
  world.changes += 1
  putRow(world, kind, { seq: world.seq, record })
  if (event !== undefined) emit(world, event, kind, null, record)
  return record
}

/** Without an event: for `add`, and for what comes back from disk. */
export function putRow<K extends Kind>(world: World, kind: K, row: Row<Records[K]>): void {
  const { record } = row
  world.tables[kind].set(record.id, row)
  if (!('billingReason' in record) || record.subscription === null) return
  const known = world.invoicesOf.get(record.subscription.id)
  if (known === undefined) world.invoicesOf.set(record.subscription.id, [record.id])
  else known.push(record.id)
}

export function invoicesOf(world: World, subscription: string): Records['invoice'][] {
  return (world.invoicesOf.get(subscription) ?? []).flatMap((id) => find(world, 'invoice', id) ?? [])
}

/** `events` are the types to announce it under; with none the change is silent, as some are at Stripe. */
export function change<K extends Kind>(
  world: World,
  kind: K,
  id: string,
  patch: Partial<Records[K]>,
  ...events: string[]
): Records[K] {
  const row = world.tables[kind].get(id)
  if (row === undefined) throw new Error(`Changing the sandbox: there is no ${kind} ${id}`)
  const before = row.record
  const after = { ...before, ...patch }
  world.changes += 1
  world.tables[kind].set(id, { seq: row.seq, record: after })
  for (const type of events) emit(world, type, kind, before, after)
  return after
}

/** `change` does it by itself; this is for a change made in several steps and told once. */
export function emit(world: World, type: string, kind: Kind, before: Records[Kind] | null, after: Records[Kind]): void {
  // Also what a test clock makes happen is told at the time at which it is told.
  const at = world.onClock?.real ?? world.at
  if (at < world.eventsFrom) return
  world.seq += 1
  const id = randomId(world.chance, 'evt_', 24)
  const record: EventRecord = { id, created: at, type, kind, before, after, request: world.request }
  world.events.set(id, { seq: world.seq, record })
}

export function schedule(world: World, at: Seconds, job: Job, id: string): void {
  world.seq += 1
  const clock = world.onClock?.id ?? ''
  world.agendas[clock] ??= []
  putDown(world.agendas[clock], { at, seq: world.seq, job, id })
}

/** Forgets what Stripe would no longer show: events after 30 days, idempotency keys after one. */
export function forgetOld(world: World): void {
  world.eventsFrom = Math.max(world.eventsFrom, world.at - EVENT_LIFE)
  for (const [id, { record }] of world.events) {
    if (record.created >= world.eventsFrom) break
    world.events.delete(id)
  }
  for (const [key, reply] of world.replies) if (reply.at < world.at - DAY) world.replies.delete(key)
}
