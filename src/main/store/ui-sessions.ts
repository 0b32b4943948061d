// Who is signed in on a screen: only hashes of tokens are kept.
import { createHash } from 'node:crypto'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export function insertUiSession(db: WriteDb, token: string, at: Ms, expiresAt: Ms): void {
  sql(db, 'DELETE FROM ui_session WHERE expires_at <= ?').run(at)
  sql(db, 'INSERT INTO ui_session VALUES (?, ?, ?)').run(hash(token), at, expiresAt)
}

export function isUiSession(db: ReadDb, token: string, at: Ms): boolean {
  return sql(db, 'SELECT 1 FROM ui_session WHERE token_hash = ? AND expires_at > ?').get(hash(token), at) !== undefined
}

export function deleteUiSessions(db: WriteDb): void {
  sql(db, 'DELETE FROM ui_session').run()
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
