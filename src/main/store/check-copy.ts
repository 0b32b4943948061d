// Whether a copy of a database is whole: SQLite's own check, its schema, and the chain of the log in it.
import Database from 'better-sqlite3'
import { decisionChain } from './access-log.ts'
import { actionChain } from './actions.ts'
import { breathe } from './backup-file.ts'
import { type ChainVerdict, verifyChainGently } from './chain.ts'
import type { DatabaseKind } from './open.ts'
import { readDeskId, readRevision, wasMadeByDemo } from './settings.ts'

export type CopyVerdict = { whole: boolean; schema: number; log: ChainVerdict }

/** `deskId` names the log. In a large file SQLite's own check takes seconds, during which nothing else goes on: `quick`
 * leaves out whether indexes agree with their tables. */
export async function checkCopy(
  file: string,
  kind: DatabaseKind,
  deskId: string,
  { quick }: { quick: boolean },
): Promise<CopyVerdict> {
  const db = new Database(file, { readonly: true })
  try {
    const schema = db.pragma('user_version', { simple: true }) as number
    const whole = db.pragma(quick ? 'quick_check(1)' : 'integrity_check(1)', { simple: true }) === 'ok'
    if (!whole) return { whole, schema, log: { rows: 0, firstBad: null } }
    const rows = kind === 'desk' ? actionChain(db, deskId) : decisionChain(db, deskId)
    return { whole, schema, log: await verifyChainGently(rows, breathe) }
  } catch (error) {
    if (!/^SQLITE_(NOTADB|CORRUPT|IOERR|ERROR)/.test((error as { code?: string }).code ?? '')) throw error
    return { whole: false, schema: 0, log: { rows: 0, firstBad: null } }
  } finally {
    db.close()
  }
}

/** Whose a desk.db is and how far its doors have come; null where it cannot be read. */
export function lookInto(file: string): { deskId: string; demo: boolean; revision: number } | null {
  let db: Database.Database | null = null
  try {
    db = new Database(file, { readonly: true })
    return { deskId: readDeskId(db) ?? '', demo: wasMadeByDemo(db), revision: readRevision(db) }
  } catch {
    return null
  } finally {
    db?.close()
  }
}
