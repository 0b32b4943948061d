// What a recording tells of the desk's own facts, put into an empty database: people, and memberships beyond subscriptions.
import type { MembershipFact, PersonFact } from '../domain/recorded-facts.ts'
import {
  insertStripeMembership,
  membershipOfSubscription,
  planOfMembership,
  writeEntitlement,
} from '../store/entitlements.ts'
import { endManual, insertManualMembership, insertTerm } from '../store/manual-memberships.ts'
import { insertMember, linkCustomer, setArchived } from '../store/members.ts'
import { putCovers } from '../store/membership-seats.ts'
import type { WriteDb } from '../store/open.ts'
import { insertPlan, planById } from '../store/plans.ts'
import type { DeriveDeps } from './derive-deps.ts'

export function replayPerson(db: WriteDb, account: string, person: PersonFact): void {
  const { id, name, createdAt, archivedAt, customers } = person
  insertMember(db, { id, name, phone: null, createdAt }, 'recorded')
  for (const customer of customers) linkCustomer(db, account, customer, id, createdAt)
  if (archivedAt !== null) setArchived(db, id, archivedAt)
}

/** After all subscriptions were derived: what they say by themselves is corrected. */
export function replayMembership(deps: DeriveDeps, fact: MembershipFact): void {
  const { db, now } = deps
  const id = membershipFor(deps, fact)
  if (id === null) return
  putCovers(db, id, fact.covers)
  const { kept } = fact
  // Plans are made anew here, under ids of their own.
  const planId = planOfMembership(db, id)
  if (kept !== null && planId !== null)
    writeEntitlement(
      db,
      { ...kept, membershipId: id, planId },
      kept.cause === 'unknown-status' ? kept.cause : null,
      now,
    )
}

function membershipFor(deps: DeriveDeps, fact: MembershipFact): string | null {
  const { db, account, now, newId } = deps
  const { id, subscription, former, plan, payer, seats, endedAt, terms, covers } = fact
  const known = subscription === null || former ? null : membershipOfSubscription(db, account, subscription)
  if (known !== null) return known.id
  const memberId = payer ?? covers[0]?.member ?? null
  if (plan === null || memberId === null) return null
  if (planById(db, plan.id) === null) insertPlan(db, { ...plan, at: now })
  const made = { id, planId: plan.id, at: now, origin: 'recorded' }
  if (subscription !== null) {
    const from = covers[0]?.from ?? now
    insertStripeMembership(db, { ...made, account: 'former', subscriptionId: subscription, memberId, from })
    return id
  }
  insertManualMembership(db, { ...made, payerId: memberId, seats })
  for (const term of terms) {
    const fixed = { id: newId(), membershipId: id, method: 'cash', amount: null, note: null } as const
    insertTerm(db, { ...term, ...fixed, at: now, operator: 'recorded', origin: 'recorded' })
  }
  if (endedAt !== null) endManual(db, id, endedAt)
  return id
}
