// Brings a database to this version's schema: numbered .sql files, each in one transaction together with its number.
import fs from 'node:fs'
import path from 'node:path'
import type Database from 'better-sqlite3'
import { OpenRefused } from './refused.ts'

/** `check`: change nothing, only refuse a database that this version cannot read. */
export function migrate(db: Database.Database, folder: string, file: string, { check = false } = {}): void {
  const steps = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const found = db.pragma('user_version', { simple: true }) as number
  if (found > steps.length) {
    throw new OpenRefused(
      `${file} was written by a newer Latchkey (schema ${found}, this version knows ${steps.length}): install the newer version again, nothing was changed.`,
    )
  }
  if (check) {
    if (found < steps.length) {
      throw new OpenRefused(
        `${file} is from an older Latchkey: start \`latchkey serve\` once, which brings it up to date.`,
      )
    }
    return
  }
  if (found > 0 && found < steps.length) db.exec(`VACUUM INTO '${backupFile(file, found).replaceAll("'", "''")}'`)
  for (const [index, name] of steps.entries()) {
    const number = index + 1
    if (number <= found) continue
    if (!name.startsWith(String(number).padStart(4, '0'))) throw new Error(`Migrating ${file}: ${name} is out of order`)
    const sql = fs.readFileSync(path.join(folder, name), 'utf8')
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${number}`)
    }).immediate()
  }
}

/** An empty file that only its owner may read, for the copy to be written into: door keys are in there. */
function backupFile(file: string, version: number): string {
  const wanted = `${file}.before-${version + 1}`
  let name = wanted
  for (let n = 2; fs.existsSync(name); n++) name = `${wanted}-${n}`
  fs.writeFileSync(name, '', { mode: 0o600, flag: 'wx' })
  return name
}
