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

export function openFresh(kind: DatabaseKind = 'desk', folder = freshFolder()): WriteDb {
  const db = openForWriting(folder, kind, MIGRATIONS)
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
