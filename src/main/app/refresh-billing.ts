// What was just made at Stripe is read at once, instead of waiting until the feed of events tells of it.
import { markDirty } from '../store/billing-dirty.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import type { DeskDeps } from './deps.ts'

export function refreshBilling(
  deps: DeskDeps,
  made: {
    customer: string | null
    subscription?: string | null
    invoice?: string | null
    subscription_schedule?: string | null
  },
): void {
  const { account } = readSyncState(deps.desk)
  if (account === undefined) return
  const since = deps.now()
  for (const [objectType, objectId] of Object.entries(made))
    if (objectId != null) markDirty(deps.live.db, account, { objectType, objectId, customerId: made.customer, since })
  void deps.live.sync.run({ full: false }).catch(() => undefined)
}
