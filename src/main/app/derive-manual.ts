// From the terms of a manual membership to the row that doors read. To be called inside a transaction.
import { entitleManual } from '../domain/entitlement.ts'
import type { Policy } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import { writeEntitlement } from '../store/entitlements.ts'
import { manualById, manualIds, termEnd } from '../store/manual-memberships.ts'
import type { WriteDb } from '../store/open.ts'

export function deriveManual(db: WriteDb, membershipId: string, policy: Policy, at: Ms): void {
  const membership = manualById(db, membershipId)
  const end = termEnd(db, membershipId)
  if (membership === null || end === null) return
  const { id, planId, endedAt } = membership
  writeEntitlement(db, entitleManual({ id, planId, termEnd: end, endedAt }, policy), null, at)
}

export function deriveAllManual(db: WriteDb, policy: Policy, at: Ms): void {
  for (const id of manualIds(db)) deriveManual(db, id, policy, at)
}
