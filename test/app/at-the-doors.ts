// What a door that is open to every plan says to everybody on a synced desk, and one person with their panel.
import { memberPanel } from '../../src/main/app/member-panel.ts'
import { listMembers } from '../../src/main/app/member-views.ts'
import { decide, opening, PLAIN } from '../../src/main/domain/decide.ts'
import { freshSince } from '../../src/main/store/billing-inbox.ts'
import { entitlementsByMember } from '../../src/main/store/entitlements.ts'
import { policyFrom, readSettings } from '../../src/main/store/settings.ts'
import type { SyncedDesk } from './synced-desk.ts'

/** By member. */
export function doors({ db, deps }: Pick<SyncedDesk, 'db' | 'deps'>): Map<string, string> {
  const now = deps.now()
  const policy = policyFrom(readSettings(db))
  return new Map(
    [...entitlementsByMember(db, now)].map(([id, held]) => [
      id,
      decide({
        now,
        policy,
        doorAllowance: null,
        card: 'active',
        memberships: held.map(opening),
        freshSince: freshSince(db, id),
        ...PLAIN,
      }).reason,
    ]),
  )
}

export function person(desk: Pick<SyncedDesk, 'db' | 'deps'>, email: string) {
  const [row] = listMembers(desk.deps, { query: email }).rows
  if (row === undefined) throw new Error(`nobody has ${email}`)
  const panel = memberPanel(desk.deps, row.id)
  if (!panel.ok) throw new Error(panel.refusal.sentence)
  return { ...panel.value, door: doors(desk).get(row.id) }
}
