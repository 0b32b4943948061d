// Looks for numbers of bank cards in whatever is kept on disk: every value of the databases, and every other file.
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'

/** 13 to 19 digits in one, or four groups of four, that begin as cards do: moments in milliseconds begin with 1. What is
 * part of a longer word is an id. */
const LIKE_A_CARD = /(?<![\w-])[2-6](?:\d{12,18}|\d{3}(?:[ -]\d{4}){3})(?![\w-])/g

export function cardNumbersIn(folder: string): string[] {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(folder, file))
    .filter((file) => fs.statSync(file).isFile())
  const kept = files.flatMap((file) => {
    if (file.endsWith('.db')) return valuesOf(file)
    return /\.db-(wal|shm)$/.test(file) ? [] : [fs.readFileSync(file, 'latin1')]
  })
  return kept.flatMap((text) => text.match(LIKE_A_CARD)?.filter((found) => passesLuhn(found.replace(/\D/g, ''))) ?? [])
}

function valuesOf(file: string): string[] {
  const db = new Database(file, { readonly: true })
  try {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[]
    return tables.flatMap((table) => db.prepare(`SELECT * FROM "${table}"`).raw().all().flat().map(textOf))
  } finally {
    db.close()
  }
}

const textOf = (value: unknown) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value ?? ''))

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 1 : 2)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
