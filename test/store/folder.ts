// Real SQLite files in a folder that goes away with the test.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { type DatabaseKind, databaseFile, openForWriting, type WriteDb } from '../../src/main/store/open.ts'

export const MIGRATIONS = path.resolve(import.meta.dirname, '../../src/main/store/migrations')

export function freshFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-store-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}

const migrated = new Map<DatabaseKind, Buffer>()

/** The database in that folder. Where there is none yet it is a copy of the first, for migrating takes longer than many a test. */
export function openNew(folder: string, kind: DatabaseKind = 'desk'): WriteDb {
  if (fs.existsSync(databaseFile(folder, kind))) return openForWriting(folder, kind, MIGRATIONS)
  if (!migrated.has(kind)) {
    const first = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-migrated-'))
    openForWriting(first, kind, MIGRATIONS).close()
    migrated.set(kind, fs.readFileSync(databaseFile(first, kind)))
    fs.rmSync(first, { recursive: true })
  }
  fs.writeFileSync(databaseFile(folder, kind), migrated.get(kind) as Buffer)
  return openForWriting(folder, kind, MIGRATIONS)
}

export function openFresh(kind: DatabaseKind = 'desk', folder = freshFolder()): WriteDb {
  const db = openNew(folder, kind)
  onTestFinished(() => void db.close())
  return db
}

/** Past everything that the program does, as somebody with the file and the sqlite3 shell would. */
export function tamper(folder: string, kind: DatabaseKind, sql: string): void {
  const db = new Database(databaseFile(folder, kind))
  try {
    db.exec(sql)
  } finally {
    db.close()
  }
}
