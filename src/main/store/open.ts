// Opens the databases: one writer each, everything else reads. Every number here is from ARCHITECTURE.md, "Databases".
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { migrate } from './migrate.ts'
import { presentationKey } from './presentation-key.ts'
import { OpenRefused } from './refused.ts'

declare const writable: unique symbol

/** A handle that may only read, such as the door thread's on desk.db. */
export type ReadDb = Pick<Database.Database, 'prepare' | 'transaction' | 'inTransaction' | 'close' | 'name'>
/** The one handle that writes a database. */
export type WriteDb = Database.Database & { readonly [writable]: true }

/** `report` is derived (report-db.ts). */
export type DatabaseKind = 'desk' | 'access' | 'report'

export function databaseFile(dataDir: string, kind: DatabaseKind): string {
  return path.join(dataDir, `${kind}.db`)
}

/** Opens for writing, brings the schema up to date (with a copy beside it first), and makes every commit durable. */
export function openForWriting(dataDir: string, kind: DatabaseKind, migrations: string): WriteDb {
  const file = databaseFile(dataDir, kind)
  return opened(file, { timeout: 5_000 }, (db) => {
    // First of all: the files that SQLite puts beside it take its rights over, and door keys are in there.
    fs.chmodSync(file, 0o600)
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    // What is dropped there, such as numbers of cards that nobody has, is overwritten too; measured, no door answers later.
    if (kind === 'access') {
      db.pragma('secure_delete = ON')
      db.function('presentation_key', { deterministic: true }, presentationKey)
    }
    migrate(db, path.join(migrations, kind), file)
    // Last: a database from a newer version is refused before a byte of it is touched.
    db.pragma('journal_mode = WAL')
  }) as WriteDb
}

/** One transaction that is whole at once but on the disk only with the next full commit or a little later: for what can be
 * read or derived again. Nothing committed after it can outlive it. */
export function commitLater(db: WriteDb, work: () => void): void {
  db.pragma('synchronous = NORMAL')
  try {
    db.transaction(work).immediate()
  } finally {
    db.pragma('synchronous = FULL')
  }
}

/** All that `work` reads is of one moment, and what is read within it too. */
export function inOneRead<T>(db: ReadDb, work: () => T): T {
  return db.inTransaction ? work() : db.transaction(work)()
}

/** Opens read-only; refuses where there is no database yet or it comes from a newer version. */
export function openForReading(dataDir: string, kind: DatabaseKind, migrations: string): ReadDb {
  const file = databaseFile(dataDir, kind)
  if (!fs.existsSync(file)) {
    throw new OpenRefused(`There is no Latchkey data in ${dataDir} yet: start \`latchkey serve\` there first.`)
  }
  return opened(file, { readonly: true, timeout: 5_000 }, (db) =>
    migrate(db, path.join(migrations, kind), file, { check: true }),
  )
}

function opened(file: string, options: Database.Options, prepare: (db: Database.Database) => void): Database.Database {
  let db: Database.Database | null = null
  try {
    db = new Database(file, options)
    prepare(db)
    return db
  } catch (error) {
    db?.close()
    throw refusal(error, file)
  }
}

function refusal(error: unknown, file: string): Error {
  const code = (error as { code?: string }).code ?? ''
  if (error instanceof OpenRefused) return error
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new OpenRefused(`${file} is damaged: put it aside and restore a backup of it.`)
  }
  // Without a code: the folder itself is missing, or is no folder.
  if (/^(SQLITE_(CANTOPEN|READONLY)|EPERM|EACCES)/.test(code) || error instanceof TypeError) {
    return new OpenRefused(`${file} cannot be written: check who owns it and its folder, or choose another --data-dir.`)
  }
  if (code === 'SQLITE_FULL')
    return new OpenRefused(`The disk that holds ${file} is full: free some space and try again.`)
  return error instanceof Error ? error : new Error(`Opening ${file}: ${String(error)}`)
}
