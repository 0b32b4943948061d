// The price of a plan that was chosen while Stripe had not been read: looked up once more when it is to be paid.
import type { SignUpNow } from '../domain/sign-up.ts'
import type { DeskDeps } from './deps.ts'
import { writeSignUp } from './sign-up-journal.ts'
import { priceOfPlan } from './sign-up-order.ts'

/** Null where Stripe has none for it still. */
export function ensurePrice(deps: DeskDeps, id: string, { choice }: SignUpNow): string | null {
  if (choice === null || choice.priceId !== null) return choice?.priceId ?? null
  const priceId = priceOfPlan(deps, choice.planId)
  if (priceId !== null) writeSignUp(deps, id, { kind: 'price', priceId })
  return priceId
}
