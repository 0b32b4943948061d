// What a desk has written down by itself, as a recording carries it: ids and moments, and names that mean nothing.
import type { Entitlement } from './standing.ts'
import type { Ms } from './time.ts'

export type DueFact = { id: string; dueAt: Ms; seenAt: Ms }
export type PauseFact = { subscription: string; seenAt: Ms; reviewedAt: Ms | null }
export type PersonFact = { id: string; name: string; createdAt: Ms; archivedAt: Ms | null; customers: string[] }
export type MembershipFact = {
  id: string
  /** Null for one that was agreed at the desk. `former`: of an account that is no longer in use. */
  subscription: string | null
  former: boolean
  plan: { id: string; name: string } | null
  payer: string | null
  seats: number | null
  endedAt: Ms | null
  terms: { from: Ms; until: Ms }[]
  covers: { member: string; from: Ms; until: Ms | null }[]
  /** What is kept because nothing else says it any more: an account that is not read, a word that nobody knows. */
  kept: Entitlement | null
}
