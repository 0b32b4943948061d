// Which plan a subscription is, while prices are turned into memberships (flow 2).
import { productById } from '../store/billing-objects.ts'
import { upsertProductPlan } from '../store/doors.ts'
import type { DeriveDeps } from './derive-deps.ts'

export function ensurePlan({ db, account, now, newId }: DeriveDeps, productId: string): string {
  const name = productById(db, account, productId)?.name ?? productId
  return upsertProductPlan(db, { id: newId(), account, productId, name, at: now })
}
