// Puts the databases of a backup into a folder that no desk uses: all of them or none, and what was there stays beside them.
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { Ms } from '../domain/time.ts'
import { DamagedBackup, NoBackup, openBackupFile, ownerOnly, unpack } from './backup-file.ts'
import { checkCopy, lookInto } from './check-copy.ts'
import { type KeptOut, keepOut } from './keep-out.ts'
import { databaseFile, openForWriting, type WriteDb } from './open.ts'
import { doubtOutbox } from './outbox.ts'
import { OpenRefused } from './refused.ts'
import { deleteUiSessions } from './ui-sessions.ts'

const KINDS = ['desk', 'access'] as const
/** Doors must see that the desk's lists are newer than all that they have heard (contract of the door link). */
const REVISION_JUMP = 1_000_000

export type RestoreAbout = { at: Ms; migrations: string }

/** `replaced`: where the databases that were there are kept. `keptOut`: what of them holds on; null where it could not be
 * read, so that whoever was kept out since the backup may come in. */
export type Restored = { replaced: string[]; keptOut: KeptOut | null }

/** Throws OpenRefused. */
export async function restoreBackup(
  file: string,
  dataDir: string,
  { at, migrations }: RestoreAbout,
): Promise<Restored> {
  const staging = path.join(dataDir, 'restoring')
  fs.rmSync(staging, { recursive: true, force: true })
  fs.mkdirSync(staging, { mode: 0o700 })
  try {
    await unpackChecked(file, staging, migrations)
    const brought = lookInto(databaseFile(staging, 'desk'))
    const here = lookInto(databaseFile(dataDir, 'desk'))
    if (here !== null && here.deskId !== '' && here.demo !== brought?.demo)
      throw new OpenRefused(
        brought?.demo
          ? 'This backup holds the sample people of the demo, and the folder real ones: choose another --data-dir.'
          : 'This backup holds real people, and the folder was made by the demo: choose another --data-dir.',
      )
    const former = databaseFile(dataDir, 'desk')
    const keptOut = bringUpToDate(
      staging,
      migrations,
      Math.max(here?.revision ?? 0, Math.floor(at / 1_000)),
      (desk) => {
        // Whoever was signed out since must not be in again.
        deleteUiSessions(desk)
        doubtOutbox(desk, brought?.deskId ?? '', at)
        if (!fs.existsSync(former)) return NOBODY
        if (here === null) return null
        return here.deskId === brought?.deskId ? keepOutIfReadable(desk, former, at) : NOBODY
      },
    )
    const stamp = new Date(at).toISOString().replace(/[:.]/g, '-')
    return { replaced: swap(staging, dataDir, stamp), keptOut }
  } finally {
    fs.rmSync(staging, { recursive: true, force: true })
  }
}

/** A restore stopped half-way: there may be one old and one new database, or none. */
export function refuseUnfinishedRestore(dataDir: string): void {
  if (fs.existsSync(markOf(dataDir)))
    throw new OpenRefused(
      `A restore into ${dataDir} was cut short: do it again with \`latchkey restore FILE\`, nothing is lost.`,
    )
}

const markOf = (dataDir: string) => path.join(dataDir, 'restore-unfinished')

async function unpackChecked(file: string, staging: string, migrations: string): Promise<void> {
  const damaged = () => new OpenRefused(`${file} is damaged, so nothing was restored: take another backup.`)
  try {
    const { container, kinds } = openBackupFile(file)
    try {
      for (const kind of kinds) {
        const copy = databaseFile(staging, kind)
        ownerOnly(copy)
        await unpack(container, kind, (piece) => fs.appendFileSync(copy, piece))
      }
    } finally {
      container.close()
    }
    const deskId = lookInto(databaseFile(staging, 'desk'))?.deskId ?? ''
    for (const kind of kinds) {
      const newest = fs.readdirSync(path.join(migrations, kind)).filter((name) => name.endsWith('.sql')).length
      const { whole, schema, log } = await checkCopy(databaseFile(staging, kind), kind, deskId, { quick: false })
      if (schema > newest)
        throw new OpenRefused(`${file} is from a newer Latchkey: install that version to restore it.`)
      if (!whole || log.firstBad !== null) throw damaged()
    }
  } catch (error) {
    if (error instanceof DamagedBackup) throw damaged()
    if (error instanceof NoBackup)
      throw new OpenRefused(`${file} is no backup of Latchkey: choose the file that \`latchkey backup\` made.`)
    throw error
  }
}

/** The schema of this version, and a revision beyond all that doors have heard: `atLeast` counts the seconds of the clock
 * too, for where the folder was lost and the same backup is restored a second time. */
function bringUpToDate<T>(staging: string, migrations: string, atLeast: number, carry: (desk: WriteDb) => T): T {
  const desk = openForWriting(staging, 'desk', migrations)
  const carried = carry(desk)
  desk.prepare('UPDATE revision SET n = max(n, ?) + ?').run(atLeast, REVISION_JUMP)
  desk.close()
  if (fs.existsSync(databaseFile(staging, 'access'))) openForWriting(staging, 'access', migrations).close()
  return carried
}

const NOBODY: KeptOut = { cards: [], people: [], doors: [] }

/** To replace what cannot be read may be why there is a restore. */
function keepOutIfReadable(desk: WriteDb, former: string, at: Ms): KeptOut | null {
  try {
    return keepOut(desk, former, at)
  } catch {
    return null
  }
}

/** The mark says until the last step that a desk must not start on what is there. */
function swap(staging: string, dataDir: string, stamp: string): string[] {
  const replaced: string[] = []
  const done: [string, string][] = []
  const move = (from: string, to: string) => {
    fs.renameSync(from, to)
    done.push([from, to])
  }
  const again = fs.existsSync(markOf(dataDir))
  fs.writeFileSync(markOf(dataDir), '')
  try {
    for (const kind of KINDS) {
      const former = databaseFile(dataDir, kind)
      inOneFile(former)
      for (const ending of ['-wal', '-shm', ''] as const) {
        if (!fs.existsSync(former + ending)) continue
        const aside = `${former}.before-restore-${stamp}${ending}`
        move(former + ending, aside)
        if (ending === '') replaced.push(aside)
      }
    }
    for (const kind of KINDS) {
      const brought = databaseFile(staging, kind)
      if (fs.existsSync(brought)) move(brought, databaseFile(dataDir, kind))
    }
  } catch (error) {
    for (const [from, to] of done.reverse()) fs.renameSync(to, from)
    if (!again) fs.rmSync(markOf(dataDir))
    throw error
  }
  fs.rmSync(markOf(dataDir))
  return replaced
}

/** What a desk that was killed had not yet put into the database itself comes in, so that it stays one file. */
function inOneFile(file: string): void {
  if (!fs.existsSync(file)) return
  try {
    const db = new Database(file, { timeout: 1_000 })
    try {
      db.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      db.close()
    }
  } catch {
    // What cannot be read is kept as it is: to replace it may be why there is a restore.
  }
}
