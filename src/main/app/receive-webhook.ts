// What a tunnel brings from Stripe: into the same ledger as the feed, and nothing else. State never comes from it.
import type { BillingEvent } from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import type { WriteDb } from '../store/open.ts'
import { receiveEvents } from '../stripe/read-changes.ts'
import { translateEvent } from '../stripe/translate.ts'
import { isSignedByStripe } from '../stripe/webhook-signature.ts'

/** `lastAt`: when the last one came that Stripe had signed. */
export type WebhookFigures = {
  listening: boolean
  secret: boolean
  received: number
  refused: number
  lastAt: Ms | null
}

export type WebhookDesk = {
  /** The HTTP status to answer with; a body of null was too large to be read. */
  receive(signature: string | undefined, body: string | null): 200 | 400 | 413 | 503
  figures(): WebhookFigures
}

/** `secret` is read each time, so that a new one counts at once; `onNews` is told when something is to be read. */
export function createWebhookDesk(deps: {
  db: WriteDb
  now: () => Ms
  secret: () => string | null
  listening: () => boolean
  onNews: () => void
}): WebhookDesk {
  const { db, now } = deps
  let received = 0
  let refused = 0
  let lastAt: Ms | null = null

  function refuse<Status extends 400 | 413>(status: Status): Status {
    refused += 1
    return status
  }

  return {
    receive(signature, body) {
      if (body === null) return refuse(413)
      const secret = deps.secret()
      if (secret === null || !isSignedByStripe(signature, body, secret, now())) return refuse(400)
      const event = eventOf(body)
      const { account, accountId, livemode } = readSyncState(db)
      if (event === null) return refuse(400)
      // Before the first sync nobody knows whose events are ours: Stripe brings it again.
      if (account === undefined) return 503
      if (event.livemode !== livemode) return refuse(400)
      // Only events of connected accounts name theirs.
      if (event.account !== undefined && event.account !== (accountId ?? account)) return refuse(400)
      received += 1
      lastAt = now()
      if (receiveEvents(db, [event.event], { account, source: 'webhook', receivedAt: lastAt }) > 0) deps.onNews()
      return 200
    },
    figures: () => ({ listening: deps.listening(), secret: deps.secret() !== null, received, refused, lastAt }),
  }
}

function eventOf(body: string): { event: BillingEvent; livemode: boolean; account: unknown } | null {
  try {
    const raw = JSON.parse(body) as { object?: string; livemode?: boolean; account?: unknown }
    if (raw.object !== 'event') return null
    return { event: translateEvent(raw), livemode: raw.livemode === true, account: raw.account }
  } catch {
    return null
  }
}
