// Who comes in only in company: guests while their host is in, minors by the rules for them.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** `memberId` is the guest. */
export type Guest = { id: string; memberId: string; hostId: string; at: Ms; until: Ms; operator: string }

const GUEST = 'id, member_id AS memberId, host_id AS hostId, at, until_at AS until, operator'
const HOLDS = 'ended_at IS NULL AND until_at > @at'

export function insertGuest(db: WriteDb, guest: Guest): void {
  sql(
    db,
    `INSERT INTO guest (id, member_id, host_id, at, until_at, operator)
     VALUES (@id, @memberId, @hostId, @at, @until, @operator)`,
  ).run(guest)
}

/** True where it held until now. */
export function endGuest(db: WriteDb, id: string, at: Ms): boolean {
  return sql(db, `UPDATE guest SET ended_at = @at WHERE id = @id AND ${HOLDS}`).run({ id, at }).changes > 0
}

export function guestById(db: ReadDb, id: string): Guest | null {
  return sql<Guest>(db, `SELECT ${GUEST} FROM guest WHERE id = ?`).get(id) ?? null
}

/** Whose guest a person is. */
export function hostsOf(db: ReadDb, memberId: string, at: Ms): Guest[] {
  return sql<Guest>(
    db,
    `SELECT ${GUEST} FROM guest WHERE member_id = @memberId AND ${HOLDS} ORDER BY until_at DESC`,
  ).all({ memberId, at })
}

/** The same at a moment that is past, also such invitations as were ended since. */
export function hostsThen(db: ReadDb, memberId: string, at: Ms): Guest[] {
  return sql<Guest>(
    db,
    `SELECT ${GUEST} FROM guest WHERE member_id = @memberId AND at <= @at AND until_at > @at
       AND (ended_at IS NULL OR ended_at > @at) ORDER BY until_at DESC`,
  ).all({ memberId, at })
}

/** The guests of a person. */
export function guestsOf(db: ReadDb, hostId: string, at: Ms): Guest[] {
  return sql<Guest>(db, `SELECT ${GUEST} FROM guest WHERE host_id = @hostId AND ${HOLDS} ORDER BY until_at DESC`).all({
    hostId,
    at,
  })
}

/** `ofAge`: the first moment of the day from which no rule for minors holds. */
export type MinorRules = {
  memberId: string
  ofAge: Ms
  guardianNeeded: boolean
  scheduleId: string | null
  guardians: string[]
}

/** Null for everybody who is of age. */
export function minorAt(db: ReadDb, memberId: string, at: Ms): MinorRules | null {
  const row = sql<{ ofAge: Ms; guardianNeeded: number; scheduleId: string | null }>(
    db,
    `SELECT of_age_at AS ofAge, guardian_needed AS guardianNeeded, schedule_id AS scheduleId FROM minor
     WHERE member_id = ? AND of_age_at > ?`,
  ).get(memberId, at)
  if (!row) return null
  const guardians = sql<{ id: string }>(
    db,
    'SELECT member_id AS id FROM guardian WHERE minor_id = ? ORDER BY member_id',
  )
    .all(memberId)
    .map(({ id }) => id)
  return { memberId, ...row, guardianNeeded: row.guardianNeeded === 1, guardians }
}

export function saveMinor(db: WriteDb, { guardians, ...rules }: MinorRules, at: Ms, operator: string): void {
  sql(db, 'DELETE FROM minor WHERE member_id = ?').run(rules.memberId)
  sql(db, 'INSERT INTO minor VALUES (@memberId, @ofAge, @needed, @scheduleId, @at, @operator)').run({
    ...rules,
    needed: Number(rules.guardianNeeded),
    at,
    operator,
  })
  for (const guardian of new Set(guardians)) sql(db, 'INSERT INTO guardian VALUES (?, ?)').run(rules.memberId, guardian)
}

/** True where there were rules. */
export function removeMinor(db: WriteDb, memberId: string): boolean {
  return sql(db, 'DELETE FROM minor WHERE member_id = ?').run(memberId).changes > 0
}
