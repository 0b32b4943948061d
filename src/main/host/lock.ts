// One desk for one data folder. The lock is an exclusive SQLite transaction, so the operating system drops it with its holder.
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { Refused } from './refusals.ts'

export type Lock = { release(): void }

const fileIn = (dataDir: string) => path.join(dataDir, 'desk.lock')

/** A command that only looks whether the lock is held has it for less than a millisecond, and is no holder. */
const LOOKS_LAST = 250

/** null where somebody else holds it. Throws Refused where the file is none that can be held. */
export function takeLock(dataDir: string): Lock | null {
  const file = fileIn(dataDir)
  let db: Database.Database | null = null
  try {
    db = new Database(file, { timeout: LOOKS_LAST })
    fs.chmodSync(file, 0o600)
    db.pragma('journal_mode = DELETE')
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('BEGIN EXCLUSIVE')
    const held = db
    return { release: () => held.close() }
  } catch (error) {
    db?.close()
    const code = codeOf(error)
    if (code.startsWith('SQLITE_BUSY')) return null
    // Had anybody held it, that would have been said first.
    if (code === 'SQLITE_NOTADB')
      throw new Refused(`The lock file ${file} is damaged and nobody holds it: delete it, and start Latchkey again.`)
    if (/^(SQLITE_CANTOPEN|SQLITE_READONLY|EACCES|EPERM)/.test(code))
      throw new Refused(`The lock file ${file} cannot be opened (${code}): look whose it is, or move it away.`)
    throw error
  }
}

/** Whether a living process holds it, be it halted or busy. */
export function isLocked(dataDir: string): boolean {
  const file = fileIn(dataDir)
  if (!fs.existsSync(file)) return false
  let db: Database.Database | null = null
  try {
    db = new Database(file, { readonly: true, timeout: 0 })
    db.prepare('SELECT 1 FROM sqlite_schema').get()
    return false
  } catch (error) {
    return codeOf(error).startsWith('SQLITE_BUSY')
  } finally {
    db?.close()
  }
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? ''
}
