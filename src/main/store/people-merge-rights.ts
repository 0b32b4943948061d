// What people may and may not do at doors, when two turn out to be one, and back: of two rows that say the same thing the
// one that goes further stays.
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

type Row = Record<string, string | number | null>

/** `key` is what a row is about beside the person in the column `person`; of two such rows the one with the later moment in
 * `lasts` stays (null in it: for good), else that of the one who stays. `needs` is a row without which there is none. */
type Table = { table: string; person: string; key: readonly string[]; lasts: string | null; needs?: string }

/** What others hang on comes first. */
const TABLES: readonly Table[] = [
  { table: 'member_bar', person: 'member_id', key: [], lasts: 'until_at' },
  { table: 'keyholder', person: 'member_id', key: ['door_id'], lasts: null },
  { table: 'member_induction', person: 'member_id', key: ['induction_id'], lasts: 'until_at' },
  { table: 'event_member', person: 'member_id', key: ['event_id'], lasts: null },
  { table: 'minor', person: 'member_id', key: [], lasts: 'of_age_at' },
  { table: 'guardian', person: 'minor_id', key: ['member_id'], lasts: null, needs: 'minor' },
  { table: 'guardian', person: 'member_id', key: ['minor_id'], lasts: null, needs: 'minor' },
]

/** A row of the one who went, and that of the one who stays about the same. `taken`: the first took the second's place;
 * neither: it was about the two of them, and nobody is a guardian of themselves. */
export type MovedRight = { table: string; person: string; gone: Row; kept: Row | null; taken: boolean }

export function moveRights(db: WriteDb, from: string, to: string): MovedRight[] {
  const moved = TABLES.flatMap((one) =>
    rowsOf(db, one, from).map((gone): MovedRight => {
      const kept = sameFor(db, one, gone, to)
      const ofBoth = one.key.some((column) => gone[column] === to)
      const taken = !ofBoth && (kept === null || goesFurther(one, gone, kept))
      return { table: one.table, person: one.person, gone, kept, taken }
    }),
  )
  for (const { table, person, gone } of moved.toReversed()) remove(db, tableOf(table, person), gone, from)
  for (const { table, person, gone, taken } of moved) if (taken) write(db, tableOf(table, person), gone, to)
  return moved
}

/** What was taken away since from the one who stayed goes back to nobody. */
export function moveRightsBack(db: WriteDb, moved: readonly MovedRight[], goneId: string, keptId: string): void {
  const standing = moved.filter(
    ({ table, person, gone, kept, taken }) =>
      (kept === null && !taken) || sameFor(db, tableOf(table, person), gone, keptId) !== null,
  )
  for (const { table, person, gone, kept, taken } of standing.toReversed()) {
    const one = tableOf(table, person)
    // What was said anew since stays as well.
    const since = sameFor(db, one, gone, keptId)
    if (taken && kept === null && since !== null && since.at === gone.at) remove(db, one, gone, keptId)
  }
  for (const { table, person, gone, kept, taken } of standing) {
    const one = tableOf(table, person)
    write(db, one, gone, goneId)
    if (taken && kept !== null && sameFor(db, one, gone, keptId)?.at === gone.at) write(db, one, kept, keptId)
  }
}

function tableOf(table: string, person: string): Table {
  const found = TABLES.find((one) => one.table === table && one.person === person)
  if (found === undefined) throw new Error(`Merging people: no table ${table}`)
  return found
}

function rowsOf(db: ReadDb, { table, person }: Table, id: string): Row[] {
  return sql<Row>(db, `SELECT * FROM ${table} WHERE ${person} = ?`).all(id)
}

function sameFor(db: ReadDb, { table, person, key }: Table, row: Row, id: string): Row | null {
  const same = [person, ...key].map((column) => `${column} = ?`).join(' AND ')
  return sql<Row>(db, `SELECT * FROM ${table} WHERE ${same}`).get(id, ...key.map((column) => row[column])) ?? null
}

function goesFurther({ lasts }: Table, one: Row, other: Row): boolean {
  if (lasts === null) return false
  const until = (row: Row) => Number(row[lasts] ?? Number.POSITIVE_INFINITY)
  return until(one) > until(other)
}

function remove(db: WriteDb, { table, person, key }: Table, row: Row, id: string): void {
  const same = [person, ...key].map((column) => `${column} = ?`).join(' AND ')
  sql(db, `DELETE FROM ${table} WHERE ${same}`).run(id, ...key.map((column) => row[column]))
}

/** For a person; in the place of what they have of the same, if they do. */
function write(db: WriteDb, { table, person, key, needs }: Table, row: Row, id: string): void {
  const columns = Object.keys(row)
  const place = [person, ...key]
  const others = columns.filter((column) => !place.includes(column)).map((column) => `${column} = excluded.${column}`)
  const needed = needs === undefined ? 'true' : `EXISTS (SELECT 1 FROM ${needs} WHERE member_id = @${needs}_id)`
  sql(
    db,
    `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns.map((column) => `@${column}`).join(', ')}
     WHERE ${needed} ON CONFLICT (${place.join(', ')}) DO ${
       others.length === 0 ? 'NOTHING' : `UPDATE SET ${others.join(', ')}`
     }`,
  ).run({ ...row, [person]: id })
}
