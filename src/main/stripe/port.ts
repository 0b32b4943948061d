// What the rest of the program may ask of Stripe, and how it fails. One implementation: client.ts.
import type { BalanceTransaction, BillingEvent, BillingKind, MirrorRow } from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'
import type { ChangesPort } from './changes-port.ts'
import type { MoneyPort } from './money-port.ts'
import type { Shop } from './shop-port.ts'
import type { Terminal } from './terminal-port.ts'
import type { Till } from './till-port.ts'

/** An object as read: its columns, the object as it came, and when the REQUEST began. */
export type ReadObject = { mirror: MirrorRow; raw: unknown; fetchedAt: Ms }

/** An object in a list that is not of its kind's shape, or only half there: it failed alone. */
export type Misshapen = { id: string; customerId: string | null }

export type Page<T> = { data: T[]; hasMore: boolean }

/** `last` is what stood last in the list, whatever its shape: the next page comes after it. */
export type ObjectPage = Page<ReadObject> & { misshapen: Misshapen[]; last: { id: string; created: Ms } | null }

/** Whether the key may read something, null where that could not be found out; `says` is a sentence unless it may. */
export type Permission = { what: BillingKind | 'event' | 'account'; may: boolean | null; says: string | null }

export type StripePort = {
  /** What the desk does there. */
  till: Till
  /** What it changes of subscriptions that run. */
  changes: ChangesPort
  /** What is sold there. */
  shop: Shop
  /** Money that is owed, was paid, or lies ready. */
  money: MoneyPort
  /** Its card readers, as things that a space owns. */
  terminal: Terminal
  apiVersion: string
  /** `id` is null where the key may not read it. */
  account(): Promise<{ id: string | null; livemode: boolean }>
  /** One page, newest first, of what was created from (inclusive) and to (exclusive) a moment; from the top again where
   * Stripe no longer knows `after`. */
  list(kind: BillingKind, page: { after?: string; createdFrom?: Ms; createdTo?: Ms }): Promise<ObjectPage>
  /** null where Stripe no longer has it. */
  retrieve(kind: BillingKind, id: string): Promise<ReadObject | null>
  events(page: { createdFrom: Ms; after?: string }): Promise<Page<BillingEvent>>
  /** Every change of a customer's balance, newest first; none where the customer is gone. */
  balances(customerId: string): Promise<BalanceTransaction[]>
  permissions(): Promise<Permission[]>
  /** Whether each list has a pace of its own, so that two are read faster than one. */
  listsApart: boolean
  /** Refusals for too many requests since the start; how far our clock is ahead of Stripe's, null before the first answer. */
  observed(): { refused: number; perSecond: number; clockAhead: Ms | null }
}

/** `offline`: not reached, or failing on its side. `key`: the key is wrong or may not do this. `reply`: not what was asked.
 * `refused`: a deed that Stripe or a bank said no to, for good. */
export type StripeTroubleKind = 'offline' | 'key' | 'reply' | 'refused'

/** Every failure of a call to Stripe, with the sentence that the screen shows. */
export class StripeTrouble extends Error {
  kind: StripeTroubleKind
  /** Stripe's own word for why, such as `insufficient_funds`. */
  code: string | null
  constructor(kind: StripeTroubleKind, sentence: string, cause?: unknown, code: string | null = null) {
    super(sentence, { cause })
    this.kind = kind
    this.code = code
  }
}
