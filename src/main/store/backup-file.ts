// The file of a backup: a SQLite file that holds each database in pieces, so that a piece that is missing or changed is
// noticed, and a database of any size is never in memory.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import Database from 'better-sqlite3'
import type { DatabaseKind } from './open.ts'

const PIECE = 4 * 1024 * 1024
const FORMAT = '1'

export type BackupFile = Database.Database

/** What is wrong with a file that should be a backup; whoever reads it finds the sentence. */
export class NoBackup extends Error {}
export class DamagedBackup extends Error {}

/** Lets everything else of the program go on for a moment. */
export const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

/** An empty file that only its owner may read. */
export function ownerOnly(file: string): void {
  fs.rmSync(file, { force: true })
  fs.writeFileSync(file, '', { mode: 0o600, flag: 'wx' })
}

export function createBackupFile(file: string, about: { at: number; version: string }): BackupFile {
  ownerOnly(file)
  const container = new Database(file)
  container.exec(`PRAGMA journal_mode = OFF;
    CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE part (name TEXT PRIMARY KEY, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL);
    CREATE TABLE piece (name TEXT NOT NULL, n INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (name, n)) WITHOUT ROWID`)
  const say = container.prepare('INSERT INTO about VALUES (?, ?)')
  say.run('format', FORMAT)
  say.run('made_at', String(about.at))
  say.run('version', about.version)
  return container
}

export async function pack(container: BackupFile, kind: DatabaseKind, copy: string): Promise<void> {
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
      await breathe()
    }
  } finally {
    fs.closeSync(handle)
  }
  container.prepare('INSERT INTO part VALUES (?, ?, ?)').run(kind, bytes, hash.digest('hex'))
}

/** Opens a backup and says what is in it. Throws NoBackup or DamagedBackup. */
export function openBackupFile(file: string): { container: BackupFile; kinds: DatabaseKind[] } {
  const container = new Database(file, { readonly: true, fileMustExist: true })
  try {
    const kinds = translated(() => container.prepare('SELECT name FROM part').pluck().all() as string[])
    if (!kinds.includes('desk') || kinds.some((kind) => kind !== 'desk' && kind !== 'access')) throw new NoBackup()
    return { container, kinds: kinds as DatabaseKind[] }
  } catch (error) {
    container.close()
    throw error
  }
}

/** Hands out the pieces of one database in their order. Throws DamagedBackup where they are not what was packed. */
export async function unpack(container: BackupFile, kind: DatabaseKind, take: (piece: Buffer) => void): Promise<void> {
  const hash = createHash('sha256')
  const one = container.prepare('SELECT data FROM piece WHERE name = ? AND n = ?').pluck()
  for (let n = 0; ; n++) {
    const data = translated(() => one.get(kind, n) as Buffer | undefined)
    if (data === undefined) break
    hash.update(data)
    take(data)
    await breathe()
  }
  const packed = translated(() => container.prepare('SELECT sha256 FROM part WHERE name = ?').pluck().get(kind))
  if (hash.digest('hex') !== packed) throw new DamagedBackup()
}

function translated<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (code === 'SQLITE_NOTADB' || code === 'SQLITE_ERROR') throw new NoBackup()
    if (/^SQLITE_(CORRUPT|IOERR)/.test(code)) throw new DamagedBackup()
    throw error
  }
}
