// One file with a copy of every database, each consistent in itself, and back again. It holds door keys: only its owner may
// read it. The container is a SQLite file of its own, so that a piece that is missing or changed is noticed.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { Ms } from '../domain/time.ts'
import { verifyDecisions } from './access-log.ts'
import { verifyActions } from './actions.ts'
import { type DatabaseKind, databaseFile, openForWriting, type ReadDb } from './open.ts'
import { OpenRefused } from './refused.ts'
import { readDeskId, wasMadeByDemo } from './settings.ts'

const PIECE = 4 * 1024 * 1024
const FORMAT = 1
/** Doors that hold a list of an older backup must see that the desk's is newer (contract of the door link). */
const REVISION_JUMP = 1_000_000

export type BackupMade = { file: string; bytes: number }

/** Copies while everything runs; the file is complete and verified before it has its name. Throws OpenRefused. */
export async function writeBackup(
  sources: { desk: ReadDb; access: ReadDb | null },
  file: string,
  about: { at: Ms; version: string },
): Promise<BackupMade> {
  if (fs.existsSync(file)) throw new OpenRefused(`${file} is there already: choose another name, or move it away.`)
  const partial = `${file}.partial-${process.pid}`
  const copies: string[] = []
  try {
    ownerOnly(partial)
    const container = new Database(partial)
    try {
      container.exec(`PRAGMA journal_mode = OFF;
        CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE part (name TEXT PRIMARY KEY, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL);
        CREATE TABLE piece (name TEXT NOT NULL, n INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (name, n)) WITHOUT ROWID`)
      const say = container.prepare('INSERT INTO about VALUES (?, ?)')
      say.run('format', String(FORMAT))
      say.run('made_at', String(about.at))
      say.run('version', about.version)
      for (const [kind, source] of Object.entries(sources) as [DatabaseKind, ReadDb | null][]) {
        if (source === null) continue
        const copy = `${partial}.${kind}`
        copies.push(copy)
        ownerOnly(copy)
        fs.rmSync(copy)
        await (source as Database.Database).backup(copy)
        fs.chmodSync(copy, 0o600)
        inOneFile(copy)
        pack(container, kind, copy)
      }
    } finally {
      container.close()
    }
    // It was read from databases of this very version.
    for (const { file: unpacked } of unpack(partial, `${partial}.check`, null).parts) fs.rmSync(unpacked)
    fs.renameSync(partial, file)
    return { file, bytes: fs.statSync(file).size }
  } catch (error) {
    throw refusal(error, file)
  } finally {
    for (const left of [partial, ...copies, `${partial}.check.desk`, `${partial}.check.access`])
      fs.rmSync(left, { force: true })
  }
}

/** Puts the databases of a backup into a folder that no desk uses; what was there stays beside them. Throws OpenRefused. */
export function restoreBackup(
  file: string,
  dataDir: string,
  about: { at: Ms; migrations: string },
): { replaced: string[] } {
  if (!fs.existsSync(file)) throw new OpenRefused(`There is no file ${file}: look where the backup is.`)
  const staging = path.join(dataDir, `restoring-${process.pid}`)
  const { parts, demo } = unpack(file, staging, about.migrations)
  try {
    const here = databaseFile(dataDir, 'desk')
    const present = fs.existsSync(here) ? madeByDemo(here) : null
    if (present !== null && present !== demo)
      throw new OpenRefused(
        demo
          ? 'This backup holds the sample people of the demo, and the folder real ones: choose another --data-dir.'
          : 'This backup holds real people, and the folder was made by the demo: choose another --data-dir.',
      )
    const stamp = new Date(about.at).toISOString().replace(/[:.]/g, '-')
    const replaced: string[] = []
    for (const kind of ['desk', 'access'] as const) {
      const former = databaseFile(dataDir, kind)
      for (const ending of ['', '-wal', '-shm']) {
        if (!fs.existsSync(former + ending)) continue
        const aside = `${former}.before-restore-${stamp}${ending}`
        fs.renameSync(former + ending, aside)
        if (ending === '') replaced.push(aside)
      }
    }
    for (const { kind, file: unpacked } of parts) fs.renameSync(unpacked, databaseFile(dataDir, kind))
    const desk = openForWriting(dataDir, 'desk', about.migrations)
    desk.prepare('UPDATE revision SET n = n + ?').run(REVISION_JUMP)
    desk.close()
    return { replaced }
  } finally {
    for (const { file: left } of parts) fs.rmSync(left, { force: true })
  }
}

/** Without the files that SQLite puts beside a database that is in use. */
function inOneFile(copy: string): void {
  const db = new Database(copy)
  db.pragma('journal_mode = DELETE')
  db.close()
}

function pack(container: Database.Database, kind: DatabaseKind, copy: string): void {
  const hash = createHash('sha256')
  const add = container.prepare('INSERT INTO piece VALUES (?, ?, ?)')
  const handle = fs.openSync(copy, 'r')
  let bytes = 0
  try {
    for (let n = 0; ; n++) {
      const buffer = Buffer.alloc(PIECE)
      const read = fs.readSync(handle, buffer)
      if (read === 0) break
      const data = buffer.subarray(0, read)
      hash.update(data)
      add.run(kind, n, data)
      bytes += read
    }
  } finally {
    fs.closeSync(handle)
  }
  container.prepare('INSERT INTO part VALUES (?, ?, ?)').run(kind, bytes, hash.digest('hex'))
}

type Unpacked = { parts: { kind: DatabaseKind; file: string }[]; demo: boolean }

/** Writes every part beside `staging` and checks it: bytes, SQLite's own check, schema, and the chains of both logs. */
function unpack(file: string, staging: string, migrations: string | null): Unpacked {
  let container: Database.Database | null = null
  const parts: Unpacked['parts'] = []
  try {
    container = new Database(file, { readonly: true, fileMustExist: true })
    const known = container.prepare('SELECT name, sha256 FROM part').all() as { name: string; sha256: string }[]
    const pieces = container.prepare('SELECT data FROM piece WHERE name = ? ORDER BY n')
    if (!known.some(({ name }) => name === 'desk')) throw notOne(file)
    for (const { name, sha256 } of known) {
      if (name !== 'desk' && name !== 'access') throw notOne(file)
      const target = `${staging}.${name}`
      ownerOnly(target)
      parts.push({ kind: name, file: target })
      const hash = createHash('sha256')
      for (const { data } of pieces.iterate(name) as IterableIterator<{ data: Buffer }>) {
        hash.update(data)
        fs.appendFileSync(target, data)
      }
      if (hash.digest('hex') !== sha256) throw damaged(file)
    }
    return { parts, demo: check(parts, migrations, file) }
  } catch (error) {
    for (const { file: left } of parts) fs.rmSync(left, { force: true })
    const code = (error as { code?: string }).code ?? ''
    if (code === 'SQLITE_NOTADB' || code === 'SQLITE_ERROR') throw notOne(file)
    if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_IOERR')) throw damaged(file)
    throw error
  } finally {
    container?.close()
  }
}

/** Whether the demo made it. */
function check(parts: Unpacked['parts'], migrations: string | null, file: string): boolean {
  let deskId = ''
  let demo = false
  for (const { kind, file: unpacked } of parts.toSorted((a) => (a.kind === 'desk' ? -1 : 1))) {
    const db = new Database(unpacked, { readonly: true })
    try {
      if (db.pragma('integrity_check', { simple: true }) !== 'ok') throw damaged(file)
      const newest = migrations === null ? Number.POSITIVE_INFINITY : countMigrations(migrations, kind)
      if ((db.pragma('user_version', { simple: true }) as number) > newest)
        throw new OpenRefused(`${file} is from a newer Latchkey: install that version to restore it.`)
      if (kind === 'desk') {
        deskId = readDeskId(db) ?? ''
        demo = wasMadeByDemo(db)
      }
      const { firstBad } = kind === 'desk' ? verifyActions(db, deskId) : verifyDecisions(db, deskId)
      if (firstBad !== null) throw damaged(file)
    } finally {
      db.close()
    }
  }
  return demo
}

function countMigrations(migrations: string, kind: DatabaseKind): number {
  return fs.readdirSync(path.join(migrations, kind)).filter((name) => name.endsWith('.sql')).length
}

function madeByDemo(deskFile: string): boolean | null {
  const db = new Database(deskFile, { readonly: true })
  try {
    return wasMadeByDemo(db)
  } catch {
    // What cannot be read keeps nobody from restoring over it.
    return null
  } finally {
    db.close()
  }
}

function ownerOnly(file: string): void {
  fs.rmSync(file, { force: true })
  fs.writeFileSync(file, '', { mode: 0o600, flag: 'wx' })
}

function notOne(file: string): OpenRefused {
  return new OpenRefused(`${file} is no backup of Latchkey: choose the file that \`latchkey backup\` made.`)
}

function damaged(file: string): OpenRefused {
  return new OpenRefused(`${file} is damaged, so nothing was restored: take another backup.`)
}

function refusal(error: unknown, file: string): Error {
  const code = (error as { code?: string }).code ?? ''
  if (/^(ENOENT|EACCES|EPERM|EROFS|ENOTDIR|SQLITE_CANTOPEN)/.test(code))
    return new OpenRefused(`${file} cannot be written: choose a folder that is there and that you may write to.`)
  if (/^(ENOSPC|SQLITE_FULL)/.test(code))
    return new OpenRefused(`The disk for ${file} is full: free some space, or choose another.`)
  return error instanceof Error ? error : new Error(`Writing the backup ${file}: ${String(error)}`)
}
