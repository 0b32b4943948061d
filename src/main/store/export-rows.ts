// What files for other programs are made of: every membership, and who came on a day.
import { membershipStanding, type Standing } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import { decisionHead } from './access-log.ts'
import { seqBefore } from './card-uses.ts'
import { type EntitlementRow, entitlementFrom } from './entitlements.ts'
import type { ReadDb } from './open.ts'
import { mergedPeople } from './people-merge.ts'
import { sql } from './statement.ts'

/** Some milliseconds of reading. */
const STRETCH = 2_000

export type MembershipRow = {
  id: string
  kind: 'stripe' | 'manual'
  plan: string
  subscription: string | null
  since: Ms
  standing: Standing
  paidUntil: Ms | null
  graceUntil: Ms | null
  /** Whom it covers at that moment. */
  covers: { id: string; name: string }[]
}

/** As they are at a moment, the oldest first. */
export function membershipRows(db: ReadDb, at: Ms): MembershipRow[] {
  const covers = Map.groupBy(
    sql<{ of: string; id: string; name: string }>(
      db,
      `SELECT c.membership_id AS of, m.id, m.name FROM membership_cover c JOIN member m ON m.id = c.member_id
       WHERE c.from_at <= @at AND (c.until_at IS NULL OR c.until_at > @at) ORDER BY c.from_at, m.id`,
    ).all({ at }),
    ({ of }) => of,
  )
  const rows = sql<Omit<MembershipRow, 'standing' | 'covers'> & EntitlementRow>(
    db,
    `SELECT e.*, m.id, m.kind, coalesce(p.name, '') AS plan, m.subscription_id AS subscription, coalesce(s.created, m.created_at) AS since
     FROM membership m JOIN entitlement e ON e.membership_id = m.id LEFT JOIN plan p ON p.id = m.plan_id
     LEFT JOIN stripe_subscription s ON s.account = m.account AND s.id = m.subscription_id ORDER BY since, m.id`,
  ).all()
  return rows.map((row) => {
    const { id, kind, plan, subscription, since } = row
    const entitlement = entitlementFrom(row)
    const { paidUntil, graceUntil } = entitlement
    const standing = membershipStanding(entitlement, at)
    return { id, kind, plan, subscription, since, standing, paidUntil, graceUntil, covers: covers.get(id) ?? [] }
  })
}

/** Everybody who ever was here, as the person that they are now. */
export function everybodyNow(db: ReadDb): (memberId: string) => { id: string; name: string } | undefined {
  const rows = sql<{ id: string; name: string }>(db, 'SELECT id, name FROM member').all()
  const people = new Map(rows.map((person) => [person.id, person]))
  const merged = mergedPeople(db)
  return (memberId) => people.get(merged.get(memberId) ?? memberId)
}

export type Letting = { memberId: string; doorId: string; at: Ms }

/** Who was let through since a moment, in the order of the log, a stretch of it at a time, which may hold nobody. A reader on
 * the way out counts too. */
export function* lettingsThrough(access: ReadDb, desk: string, since: Ms): Generator<Letting[]> {
  const { rows } = decisionHead(access, desk)
  for (let seq = seqBefore(access, desk, since); seq < rows; seq += STRETCH)
    yield sql<Letting>(
      access,
      `SELECT member_id AS memberId, door_id AS doorId, at FROM decision NOT INDEXED
       WHERE desk = @desk AND seq > @seq AND seq <= @until AND at >= @since AND granted = 1 AND member_id IS NOT NULL`,
    ).all({ desk, seq, until: seq + STRETCH, since })
}
