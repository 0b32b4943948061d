// What the rest of the program may ask of Stripe, and how it fails. One implementation: client.ts.
import type { BillingEvent, BillingKind, MirrorRow } from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'

/** An object as read: its columns, the raw object, and when the REQUEST began. */
export type ReadObject = { mirror: MirrorRow; raw: string; fetchedAt: Ms }

export type Page<T> = { data: T[]; hasMore: boolean }

export type StripePort = {
  apiVersion: string
  /** `id` is null where the key may not read it. */
  account(): Promise<{ id: string | null; livemode: boolean }>
  /** One page, newest first. `createdFrom` leaves out what was made earlier. */
  list(kind: BillingKind, page: { after?: string; createdFrom?: Ms }): Promise<Page<ReadObject>>
  /** null where Stripe no longer has it. */
  retrieve(kind: BillingKind, id: string): Promise<ReadObject | null>
  events(page: { createdFrom: Ms; after?: string }): Promise<Page<BillingEvent>>
}

/** `offline`: not reached, or failing on its side. `key`: the key is wrong or may not do this. `reply`: not what was asked. */
export type StripeTroubleKind = 'offline' | 'key' | 'reply'

/** Every failure of a call to Stripe, with the sentence that the screen shows. */
export class StripeTrouble extends Error {
  kind: StripeTroubleKind
  constructor(kind: StripeTroubleKind, sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.kind = kind
  }
}
