// Everything the sandbox knows, and the two ways of changing it: `add` and `change`. Each may make one event.
import { DAY, type Seconds } from './calendar.ts'
import { type Random, randomId } from './random.ts'
import type { EventRecord, Kind, Records } from './records.ts'

export type Row<T> = { seq: number; record: T }
type Tables = { [K in Kind]: Map<string, Row<Records[K]>> }

/** How a customer's bank behaves; Stripe never shows it, the billing engine reads it. */
export type Purse = {
  /** The payment method this is about; another one works. */
  method: string | null
  /** Charges between these moments fail; an open end means for good. */
  declines: { from: Seconds; until: Seconds | null; code: string }[]
  /** What becomes of a subscription after the last retry. */
  lastResort: 'unpaid' | 'canceled' | 'paused'
}

export type Job = 'period-end' | 'cancel' | 'finalise' | 'attempt' | 'settle' | 'give-up' | 'expire' | 'resume'
export type Task = { at: Seconds; seq: number; job: Job; id: string }

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
  events: Map<string, Row<EventRecord>>
  agenda: Task[]
  purses: Map<string, Purse>
  replies: Map<string, KeptReply>
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
      customer: new Map(),
      product: new Map(),
      price: new Map(),
      payment_method: new Map(),
      subscription: new Map(),
      invoice: new Map(),
      invoice_payment: new Map(),
      payment_intent: new Map(),
    },
    events: new Map(),
    agenda: [],
    purses: new Map(),
    replies: new Map(),
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
  subscription: ['sub_', 24],
  invoice: ['in_', 24],
  invoice_payment: ['inpay_', 24],
  payment_intent: ['pi_', 24],
}

export function newId(world: World, kind: Kind): string {
  return randomId(world.chance, ...ID_FORMS[kind])
}

export function kindOfId(id: string): Kind | null {
  const kinds = Object.keys(ID_FORMS) as Kind[]
  return kinds.find((kind) => id.startsWith(ID_FORMS[kind][0])) ?? null
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
  world.tables[kind].set(record.id, { seq: world.seq, record })
  if (event !== undefined) emit(world, event, kind, null, record)
  return record
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
  if (world.at < world.eventsFrom) return
  world.seq += 1
  const id = randomId(world.chance, 'evt_', 24)
  const record: EventRecord = { id, created: world.at, type, kind, before, after, request: world.request }
  world.events.set(id, { seq: world.seq, record })
}

export function schedule(world: World, at: Seconds, job: Job, id: string): void {
  world.seq += 1
  world.agenda.push({ at, seq: world.seq, job, id })
}

/** Forgets what Stripe would no longer show: events after 30 days, idempotency keys after one. */
export function forgetOld(world: World): void {
  world.eventsFrom = Math.max(world.eventsFrom, world.at - EVENT_LIFE)
  for (const [id, { record }] of world.events) if (record.created < world.eventsFrom) world.events.delete(id)
  for (const [key, reply] of world.replies) if (reply.at < world.at - DAY) world.replies.delete(key)
}
