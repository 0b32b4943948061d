// What came back from Stripe, held to what was asked for: a 2xx of another shape is a failure, never an empty success.
import type { BillingEvent, BillingKind } from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'
import { type ObjectPage, type ReadObject, StripeTrouble } from './port.ts'
import { translate, translateEvent } from './translate.ts'

export type RawList = { data: unknown[]; has_more: boolean; url: string }
type RawObject = { id?: string; created?: number; customer?: string | { id?: string } | null }

/** Throws StripeTrouble where the reply is no list, or does not say whether it goes on. */
export function listOf(reply: unknown, what: string): RawList {
  const list = reply as { object?: string; data?: unknown; has_more?: unknown; url?: unknown }
  if (list?.object !== 'list' || !Array.isArray(list.data) || typeof list.has_more !== 'boolean') throw unexpected(what)
  return { data: list.data, has_more: list.has_more, url: typeof list.url === 'string' ? list.url : '' }
}

/** The account's id. */
export function accountOf(reply: unknown): string {
  const account = reply as { object?: string; id?: unknown }
  if (account.object !== 'account' || typeof account.id !== 'string') throw unexpected('the account')
  return account.id
}

/** Each object of a page on its own: one of a wrong shape does not take the others with it, nor does one of `half`, whose
 * own lists could not be read to their end. */
export function pageOf(
  kind: BillingKind,
  { data, has_more }: RawList,
  fetchedAt: Ms,
  half: ReadonlySet<unknown> = new Set(),
): ObjectPage {
  const page: ObjectPage = { data: [], misshapen: [], last: null, hasMore: has_more }
  for (const raw of data) {
    const { id, created, customer } = (raw ?? {}) as RawObject
    if (typeof id !== 'string' || typeof created !== 'number') throw unexpected(`the list of ${kind}s`)
    page.last = { id, created: created * 1_000 }
    const object = half.has(raw) ? null : readOrNull(kind, raw, fetchedAt)
    if (object !== null) page.data.push(object)
    else page.misshapen.push({ id, customerId: typeof customer === 'string' ? customer : (customer?.id ?? null) })
  }
  return page
}

function readOrNull(kind: BillingKind, raw: unknown, fetchedAt: Ms): ReadObject | null {
  try {
    return readObject(kind, raw, fetchedAt)
  } catch (error) {
    if (error instanceof StripeTrouble) return null
    throw error
  }
}

/** Throws StripeTrouble of the kind `reply` where it is not of its kind's shape. */
export function readObject(kind: BillingKind, object: unknown, fetchedAt: Ms): ReadObject {
  try {
    return { mirror: translate(kind, object), raw: object, fetchedAt }
  } catch (error) {
    throw unexpected(`${kind} ${(object as RawObject)?.id ?? ''}`.trim(), error)
  }
}

/** One of a wrong shape keeps its place in the feed; those beside it are well. */
export function readEvent(value: unknown): BillingEvent {
  const { id, type, created } = (value ?? {}) as RawObject & { type?: unknown }
  if (typeof id !== 'string' || typeof created !== 'number') throw unexpected('the list of events')
  try {
    return translateEvent(value)
  } catch {
    const nothing = { apiVersion: null, objectType: null, objectId: null, customerId: null }
    const word = typeof type === 'string' ? type : 'unknown'
    return { id, type: word, created: created * 1_000, ...nothing, payload: JSON.stringify(value), misshapen: true }
  }
}

/** A list begins anew where its place was lost (port.ts), so that a page may come twice; not again and again. */
const MOST_TIMES = 3

/** For the pages of one list: after what the next one stands, null at the end. Throws StripeTrouble where a page does not
 * move on: it says that there is more and holds nothing, or ends where others ended before. */
export function placesOf(what: string): (hasMore: boolean, last: string | undefined) => string | null {
  const times = new Map<string, number>()
  return (hasMore, last) => {
    if (!hasMore) return null
    const before = last === undefined ? MOST_TIMES : (times.get(last) ?? 0)
    if (last === undefined || before >= MOST_TIMES) throw unexpected(what)
    times.set(last, before + 1)
    return last
  }
}

export function unexpected(what: string, cause?: unknown): StripeTrouble {
  return new StripeTrouble(
    'reply',
    `Stripe's answer for ${what} was not what was asked for. Latchkey tries again by itself.`,
    cause,
  )
}
