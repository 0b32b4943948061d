// One file with a copy of every database, each as it was at one moment. It holds door keys: only its owner may read it.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { Ms } from '../domain/time.ts'
import { type BackupFile, createBackupFile, openBackupFile, ownerOnly, pack, unpack } from './backup-file.ts'
import { checkCopy, lookInto } from './check-copy.ts'
import type { DatabaseKind, ReadDb } from './open.ts'
import { OpenRefused } from './refused.ts'

/** Pages of 4 KiB that are copied before anybody else has a turn. */
const PAGES_AT_ONCE = 256

export type BackupMade = { file: string; bytes: number }

/** Copies while everything runs; the file is complete and verified before it has its name. Throws OpenRefused. */
export async function writeBackup(
  sources: { desk: ReadDb; access: ReadDb | null },
  file: string,
  about: { at: Ms; version: string },
): Promise<BackupMade> {
  if (fs.existsSync(file)) throw isThere(file)
  // Two at once, from a button and a command, each write their own.
  const partial = `${file}.partial-${randomBytes(4).toString('hex')}`
  try {
    const container = createBackupFile(partial, about)
    try {
      const deskId = await addCopy(container, 'desk', sources.desk, `${partial}.copy`, null)
      if (sources.access !== null) await addCopy(container, 'access', sources.access, `${partial}.copy`, deskId)
    } finally {
      container.close()
    }
    await readBack(partial)
    takeName(partial, file)
    return { file, bytes: fs.statSync(file).size }
  } catch (error) {
    throw refusal(error, file)
  } finally {
    for (const left of [partial, `${partial}.copy`]) fs.rmSync(left, { force: true })
  }
}

const isThere = (file: string) => new OpenRefused(`${file} is there already: choose another name, or move it away.`)

/** Of two that ask for one name at the same time one gets it, and the other's backup takes nothing away. */
function takeName(partial: string, file: string): void {
  try {
    fs.linkSync(partial, file)
  } catch (error) {
    // The file system of a stick may know no second name of a file.
    if ((error as { code?: string }).code === 'EEXIST' || fs.existsSync(file)) throw isThere(file)
    fs.renameSync(partial, file)
  }
}

/** Returns whose log is in it: `deskId`, where that is known already. */
async function addCopy(
  container: BackupFile,
  kind: DatabaseKind,
  source: ReadDb,
  copy: string,
  deskId: string | null,
): Promise<string> {
  await snapshot(source.name, copy)
  const owner = deskId ?? lookInto(copy)?.deskId ?? ''
  const { whole, log } = await checkCopy(copy, kind, owner, { quick: true })
  if (!whole) throw new OpenRefused('The database itself is damaged, so no backup was made: restore the last good one.')
  if (log.firstBad !== null)
    throw new OpenRefused(
      `Row ${log.firstBad} of the log of ${kind === 'desk' ? 'actions' : 'decisions'} was changed, so no backup was made: \`latchkey audit verify\` tells more.`,
    )
  await pack(container, kind, copy)
  fs.rmSync(copy)
  return owner
}

/** In a read transaction of its own: what is written meanwhile neither comes in nor makes the copy begin anew. */
async function snapshot(source: string, copy: string): Promise<void> {
  ownerOnly(copy)
  const db = new Database(source, { readonly: true, timeout: 5_000 })
  try {
    db.exec('BEGIN')
    db.prepare('SELECT 1 FROM sqlite_schema').get()
    await db.backup(copy, { progress: () => PAGES_AT_ONCE })
  } finally {
    db.close()
  }
  // Without the files that SQLite puts beside a database that is in use.
  const made = new Database(copy)
  made.pragma('journal_mode = DELETE')
  made.close()
}

/** Reads the whole file again, from the disk where the system lets it. */
async function readBack(file: string): Promise<void> {
  const handle = fs.openSync(file, 'r+')
  fs.fsyncSync(handle)
  fs.closeSync(handle)
  const { container, kinds } = openBackupFile(file)
  try {
    for (const kind of kinds) await unpack(container, kind, () => undefined)
  } finally {
    container.close()
  }
}

function refusal(error: unknown, file: string): Error {
  const code = (error as { code?: string }).code ?? ''
  if (/^(ENOENT|EACCES|EPERM|EROFS|ENOTDIR|SQLITE_CANTOPEN|SQLITE_READONLY)/.test(code))
    return new OpenRefused(`${file} cannot be written: choose a folder that is there and that you may write to.`)
  if (/^(ENOSPC|SQLITE_FULL)/.test(code))
    return new OpenRefused(`The disk for ${path.dirname(file)} is full: free some space, or choose another.`)
  return error instanceof Error ? error : new Error(`Writing the backup ${file}: ${String(error)}`)
}
