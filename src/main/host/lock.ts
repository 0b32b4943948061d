// One desk for one data folder. The lock is an exclusive SQLite transaction, so the operating system drops it with its holder.
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { Refused } from './refusals.ts'

export type Lock = { release(): void }

/** null where somebody else holds it. */
export function takeLock(dataDir: string): Lock | null {
  const file = path.join(dataDir, 'desk.lock')
  const db = new Database(file, { timeout: 0 })
  fs.chmodSync(file, 0o600)
  try {
    db.pragma('journal_mode = DELETE')
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('BEGIN EXCLUSIVE')
    return { release: () => db.close() }
  } catch (error) {
    db.close()
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return null
    if ((error as { code?: string }).code === 'SQLITE_NOTADB')
      throw new Refused(`The file ${file} is damaged: make sure that no Latchkey runs, delete it, and start again.`)
    throw error
  }
}
