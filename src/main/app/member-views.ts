// People as lists show them.

import type { Args } from '../../preload/contract.ts'
import type { MemberRow } from '../../preload/shapes.ts'
import { credentialAt } from '../domain/credential.ts'
import { type Member, memberStanding } from '../domain/member.ts'
import { type Ms, toIso } from '../domain/time.ts'
import { credentialsEverOf } from '../store/credentials.ts'
import { barsAt } from '../store/door-orders.ts'
import { entitlementsByMember, entitlementsOfMember, type StoredEntitlement } from '../store/entitlements.ts'
import { allMembers, customersOf, emailsOf, membersByIds } from '../store/members.ts'
import type { ReadDb } from '../store/open.ts'
import { searchMembers } from '../store/search.ts'
import type { ReadDeps } from './deps.ts'
import { allUnruledMinors } from './under-age.ts'
import { membersOfOlderWaiver } from './waivers.ts'

export function memberRows(
  db: ReadDb,
  members: readonly Member[],
  now: Ms,
  entitlements: (id: string) => StoredEntitlement[],
): MemberRow[] {
  const ids = members.map((member) => member.id)
  const emails = emailsOf(db, ids)
  const customers = customersOf(db, ids)
  const cards = activeCardsOf(db, ids, now)
  const barred = new Set(barsAt(db, now).map(({ memberId }) => memberId))
  return members.map((member) => {
    const covering = entitlements(member.id)
    const { standing, paidUntil, graceUntil } = memberStanding(covering, now)
    return {
      id: member.id,
      name: member.name,
      emails: emails.get(member.id) ?? [],
      standing,
      barred: barred.has(member.id),
      paidUntil: toIso(paidUntil),
      graceUntil: toIso(graceUntil),
      plans: [...new Set(currentFirst(covering, now).map((entitlement) => entitlement.planName))],
      credentials: cards.get(member.id) ?? [],
      stripeCustomers: customers.get(member.id) ?? [],
    }
  })
}

/** Plans that still count; those of ended memberships only where nothing else is left. */
function currentFirst(covering: readonly StoredEntitlement[], now: Ms): readonly StoredEntitlement[] {
  const living = covering.filter((entitlement) => memberStanding([entitlement], now).standing !== 'ended')
  return living.length > 0 ? living : covering
}

/** Cards that a person holds, whatever their state but revoked, by member. */
export function activeCardsOf(db: ReadDb, ids: readonly string[], now: Ms): Map<string, string[]> {
  const result = new Map<string, string[]>()
  for (const { canonical, facts } of credentialsEverOf(db, ids)) {
    const { memberId, state } = credentialAt(facts, now)
    if (memberId === null || state === 'revoked') continue
    result.set(memberId, [...(result.get(memberId) ?? []), canonical])
  }
  return result
}

export function listMembers(
  deps: ReadDeps,
  { query, standing, withoutCard, olderWaiver, unruledMinors, limit = 1_000_000 }: Args<'members.list'>,
) {
  const now = deps.now()
  const text = query?.trim() ?? ''
  const found = text === '' ? allMembers(deps.desk) : membersByIds(deps.desk, searchMembers(deps.desk, text, 1_000_000))
  const covering = entitlementsByMember(deps.desk, now)
  const of = (id: string) => covering.get(id) ?? []
  const signed = olderWaiver === true ? membersOfOlderWaiver(deps).map(({ memberId }) => memberId) : null
  const minors = unruledMinors === true ? allUnruledMinors(deps).map(({ id }) => id) : null
  const few = among(among(found, signed), minors)
  const members = withoutCard === true ? thoseWithoutCard(deps.desk, few, now, of) : few
  const wanted =
    standing === undefined ? members : members.filter(({ id }) => memberStanding(of(id), now).standing === standing)
  return { rows: memberRows(deps.desk, wanted.slice(0, limit), now, of), total: wanted.length }
}

/** Null for all. */
function among(members: readonly Member[], ids: readonly string[] | null): readonly Member[] {
  if (ids === null) return members
  const wanted = new Set(ids)
  return members.filter(({ id }) => wanted.has(id))
}

/** Of these people, those who may come in and hold no card to do it with. */
export function thoseWithoutCard<T extends { id: string }>(
  db: ReadDb,
  members: readonly T[],
  now: Ms,
  entitlements: (id: string) => StoredEntitlement[],
): T[] {
  const entering = members.filter(({ id }) => {
    const { standing } = memberStanding(entitlements(id), now)
    return standing === 'current' || standing === 'grace'
  })
  const ids = entering.map(({ id }) => id)
  const cards = activeCardsOf(db, ids, now)
  return entering.filter(({ id }) => !cards.has(id))
}

const HITS = 20

/** Search as one types: the few best hits. */
export function findMembers(deps: ReadDeps, text: string): MemberRow[] {
  const now = deps.now()
  const members = membersByIds(deps.desk, searchMembers(deps.desk, text, HITS))
  return memberRows(deps.desk, members, now, (id) => entitlementsOfMember(deps.desk, id, now))
}
