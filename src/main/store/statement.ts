// Statements are prepared once for each handle and kept with it.
import type Database from 'better-sqlite3'
import type { ReadDb } from './open.ts'

/** In a join SQLite may plan by what stands beside `=`, and therefore prepares the statement anew whenever that is bound:
 * ten times what most questions take. It does not where a plus stands before it, which changes nothing else. */
const BARE = /= (?=[?@])/g

const prepared = new WeakMap<object, Map<string, Database.Statement<unknown[]>>>()

/** The prepared statement for this SQL; `Row` is what the caller knows of its columns. */
export function sql<Row = unknown>(db: ReadDb, text: string): Database.Statement<unknown[], Row> {
  let statements = prepared.get(db)
  if (!statements) {
    statements = new Map()
    prepared.set(db, statements)
  }
  let statement = statements.get(text)
  if (!statement) {
    statement = db.prepare(text.replace(BARE, '= +'))
    statements.set(text, statement)
  }
  return statement as Database.Statement<unknown[], Row>
}
