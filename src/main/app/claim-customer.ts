// "Which of these, or someone new": a person's answer about a Stripe customer whom several people may be.
import type { Args, Reply } from '../../preload/contract.ts'
import { peopleRefusals } from '../domain/people-en.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { customerById, subscriptionIdsOf } from '../store/billing-objects.ts'
import { memberById, memberOfCustomer, membersByEmail } from '../store/members.ts'
import { markDifferent } from '../store/people-merge.ts'
import { policyFrom, readSettings } from '../store/settings.ts'
import type { DeskDeps } from './deps.ts'
import { deriveSubscription } from './derive-entitlements.ts'
import { takeCustomer } from './derive-person.ts'
import { rowOf } from './people.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { tellOfPeople } from './tell-of-people.ts'

export function claimCustomer(
  deps: DeskDeps,
  { customer: customerId, member }: Args<'members.claimCustomer'>,
): Result<Reply<'members.claimCustomer'>> {
  const { db, newId, operator } = deps.live
  const now = deps.now()
  const account = readSyncState(db).account ?? ''
  const customer = customerById(db, account, customerId)
  if (customer === null) return refuse('not-found', peopleRefusals.noCustomer)
  const already = memberOfCustomer(db, account, customerId)
  if (already !== null) return refuse('taken', peopleRefusals.claimed(memberById(db, already)?.name ?? ''))
  const chosen = member === null ? null : memberById(db, member)
  if (member !== null && (chosen === null || chosen.archivedAt !== null))
    return refuse('not-found', peopleRefusals.noMember)
  const memberId = member ?? newId()
  db.transaction(() => {
    const policy = policyFrom(readSettings(db))
    const derive = { db, account, policy, now, newId, origin: deps.deskId, sold: new Map() }
    takeCustomer(derive, customerId, customer, memberId)
    // The answer was that none of those who have this email are meant.
    if (member === null && customer.email !== null)
      for (const other of membersByEmail(db, customer.email))
        if (other.id !== memberId) markDifferent(db, memberId, other.id, now, operator)
    for (const id of subscriptionIdsOf(db, account, customerId)) deriveSubscription(derive, id)
    recordAction(deps, 'customer-claimed', memberId, { customer: customerId })
  }).immediate()
  tellOfPeople(deps)
  const found = memberById(db, memberId)
  if (found === null) throw new Error(`Claiming customer ${customerId}: the person was not stored`)
  return done({ member: rowOf(deps, found) })
}
