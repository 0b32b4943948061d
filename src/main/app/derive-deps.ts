// What deriving works with: one transaction, one account, one moment.
import type { NewId } from '../domain/ids.ts'
import type { Policy } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import type { WriteDb } from '../store/open.ts'

export type DeriveDeps = {
  db: WriteDb
  account: string
  policy: Policy
  now: Ms
  newId: NewId
  origin: string
  /** By price, as far as this transaction has asked. */
  sold: Map<string, SoldAs>
}

/** What a price is sold as: a membership of a plan, nothing of the kind (null), or what a manager has yet to say. */
export type SoldAs = { planId: string | null } | 'undecided'
