// The space's waivers, and who signed which version of them. Both are facts.
import { readStrokes } from '../domain/signature.ts'
import type { Signing, Waiver } from '../domain/waiver.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { idsOfPerson, personNow } from './people-merge.ts'
import { sql } from './statement.ts'

type By = { id: string; origin: string; operator: string }

/** Null where there is none, or none any more. */
export function presentWaiver(db: ReadDb): Waiver | null {
  const row = sql<Omit<Waiver, 'version'> & { version: string | null }>(
    db,
    'SELECT version, text, url, at FROM waiver ORDER BY at DESC, rowid DESC LIMIT 1',
  ).get()
  return row === undefined || row.version === null ? null : { ...row, version: row.version }
}

/** The newest one of that version. */
export function waiverOf(db: ReadDb, version: string): Waiver | null {
  return (
    sql<Waiver>(
      db,
      'SELECT version, text, url, at FROM waiver WHERE version = ? ORDER BY at DESC, rowid DESC LIMIT 1',
    ).get(version) ?? null
  )
}

export function insertWaiver(
  db: WriteDb,
  waiver: { version: string | null; text: string | null; url: string | null; at: number },
  by: By,
): void {
  sql(db, 'INSERT INTO waiver VALUES (@id, @version, @text, @url, @at, @origin, @operator)').run({ ...waiver, ...by })
}

export function isSigned(db: ReadDb, version: string): boolean {
  return sql(db, 'SELECT 1 FROM waiver_signing WHERE version = ? LIMIT 1').get(version) !== undefined
}

export function insertSigning(db: WriteDb, memberId: string, { strokes, ...signing }: Signing, by: By): void {
  sql(
    db,
    'INSERT INTO waiver_signing VALUES (@id, @memberId, @version, @as, @name, @at, @origin, @operator, @strokes)',
  ).run({ ...signing, ...by, memberId, strokes: strokes === null ? null : JSON.stringify(strokes) })
}

/** Of a person and of whoever was merged into them, the newest first. */
export function signingsOf(db: ReadDb, memberId: string): Signing[] {
  return sql<Omit<Signing, 'strokes'> & { strokes: string | null }>(
    db,
    `SELECT version, at, signed_as AS "as", name, strokes FROM waiver_signing
     WHERE member_id IN (SELECT value FROM json_each(?)) ORDER BY at DESC, rowid DESC`,
  )
    .all(JSON.stringify(idsOfPerson(db, memberId)))
    .map((row) => ({ ...row, strokes: row.strokes === null ? null : readStrokes(row.strokes) }))
}

/** People here who signed a waiver once, and not this version; with the version that they signed last. */
export function signedOlder(db: ReadDb, version: string): { memberId: string; name: string; version: string }[] {
  const people = new Map<string, { memberId: string; name: string; version: string; ok: boolean }>()
  for (const row of sql<{ id: string; version: string }>(
    db,
    'SELECT member_id AS id, version FROM waiver_signing ORDER BY at, rowid',
  ).all()) {
    const memberId = personNow(db, row.id)
    if (memberId === null) continue
    const ok = people.get(memberId)?.ok === true || row.version === version
    people.set(memberId, { memberId, name: '', version: row.version, ok })
  }
  const late = [...people.values()].filter(({ ok }) => !ok)
  const here = sql<{ id: string; name: string }>(
    db,
    'SELECT id, name FROM member WHERE archived_at IS NULL AND id IN (SELECT value FROM json_each(?))',
  ).all(JSON.stringify(late.map(({ memberId }) => memberId)))
  const names = new Map(here.map(({ id, name }) => [id, name]))
  return late.flatMap(({ memberId, version: signed }) => {
    const name = names.get(memberId)
    return name === undefined ? [] : [{ memberId, name, version: signed }]
  })
}
