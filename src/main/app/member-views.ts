// People as lists show them.

import type { MemberRow } from '../../preload/shapes.ts'
import { credentialAt } from '../domain/credential.ts'
import { type Member, memberStanding } from '../domain/member.ts'
import type { Standing } from '../domain/standing.ts'
import { type Ms, toIso } from '../domain/time.ts'
import { credentialsEverOf } from '../store/credentials.ts'
import { entitlementsByMember, entitlementsOfMember, type StoredEntitlement } from '../store/entitlements.ts'
import { allMembers, customersOf, emailsOf, membersByIds } from '../store/members.ts'
import type { ReadDb } from '../store/open.ts'
import { searchMembers } from '../store/search.ts'
import type { ReadDeps } from './deps.ts'

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
  return members.map((member) => {
    const covering = entitlements(member.id)
    const { standing, paidUntil, graceUntil } = memberStanding(covering, now)
    return {
      id: member.id,
      name: member.name,
      emails: emails.get(member.id) ?? [],
      standing,
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
  {
    query,
    standing,
    limit = 1_000_000,
  }: { query?: string | undefined; standing?: Standing | undefined; limit?: number | undefined },
) {
  const now = deps.now()
  const text = query?.trim() ?? ''
  const members =
    text === '' ? allMembers(deps.desk) : membersByIds(deps.desk, searchMembers(deps.desk, text, 1_000_000))
  const covering = entitlementsByMember(deps.desk, now)
  const of = (id: string) => covering.get(id) ?? []
  const wanted =
    standing === undefined ? members : members.filter(({ id }) => memberStanding(of(id), now).standing === standing)
  return { rows: memberRows(deps.desk, wanted.slice(0, limit), now, of), total: wanted.length }
}

const HITS = 20

/** Search as one types: the few best hits. */
export function findMembers(deps: ReadDeps, text: string): MemberRow[] {
  const now = deps.now()
  const members = membersByIds(deps.desk, searchMembers(deps.desk, text, HITS))
  return memberRows(deps.desk, members, now, (id) => entitlementsOfMember(deps.desk, id, now))
}
