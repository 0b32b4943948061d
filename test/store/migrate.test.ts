import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { storedObject } from '../../src/main/store/billing-objects.ts'
import { databaseFile, openForReading, openForWriting } from '../../src/main/store/open.ts'
import { OpenRefused } from '../../src/main/store/refused.ts'
import { freshFolder, MIGRATIONS, tamper } from './folder.ts'

let folder: string
let steps: string
let file: string

/** A program that knows these steps. */
function knows(...sql: string[]): void {
  fs.rmSync(path.join(steps, 'desk'), { recursive: true, force: true })
  fs.mkdirSync(path.join(steps, 'desk'), { recursive: true })
  for (const [index, text] of sql.entries()) {
    fs.writeFileSync(path.join(steps, 'desk', `000${index + 1}-step.sql`), text)
  }
}

const open = () => openForWriting(folder, 'desk', steps)
const use = <T>(db: { close(): unknown }, value: T): T => {
  db.close()
  return value
}
const copies = () => fs.readdirSync(folder).filter((name) => name.includes('before'))
const mode = (name: string) => (fs.statSync(path.join(folder, name)).mode & 0o777).toString(8)

function state(name = file) {
  const db = new Database(name, { readonly: true })
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all()
  const number = db.pragma('user_version', { simple: true })
  return use(db, { number, tables })
}

const ONE = 'CREATE TABLE one (x TEXT NOT NULL) STRICT;'
const TWO = 'CREATE TABLE two (x TEXT NOT NULL) STRICT; INSERT INTO two SELECT x FROM one;'

beforeEach(() => {
  folder = freshFolder()
  steps = freshFolder()
  file = databaseFile(folder, 'desk')
})

describe('a fresh database', () => {
  test.each(['desk', 'access'] as const)('of the kind %s gets all steps, its number, and no copy', (kind) => {
    const db = openForWriting(folder, kind, MIGRATIONS)
    const known = fs.readdirSync(path.join(MIGRATIONS, kind)).filter((name) => name.endsWith('.sql'))
    expect(db.pragma('user_version', { simple: true })).toBe(known.length)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(copies()).toEqual([])
    db.close()
  })

  test('is durable at each commit, checks references, and is for its owner alone', () => {
    const db = openForWriting(folder, 'desk', MIGRATIONS)
    db.exec('UPDATE revision SET n = n')
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(['desk.db', 'desk.db-wal', 'desk.db-shm'].map(mode)).toEqual(['600', '600', '600'])
    db.close()
  })

  test('every table is STRICT, but for the search index', () => {
    for (const kind of ['desk', 'access'] as const) {
      const db = openForWriting(folder, kind, MIGRATIONS)
      const lax = db
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND type = 'table'")
        .pluck()
        .all()
      expect(lax.filter((name) => name !== 'sqlite_schema')).toEqual([])
      db.close()
    }
  })
})

test('a database that is up to date is opened as it is', () => {
  knows(ONE)
  use(open(), null)
  const before = fs.readFileSync(file)
  use(open(), null)
  expect(fs.readFileSync(file).equals(before)).toBe(true)
  expect(copies()).toEqual([])
})

describe('a database from a newer version', () => {
  test.each(['wal', 'delete'])('is refused with a sentence, and not a byte changes (%s)', (journal) => {
    knows(ONE, TWO)
    use(open(), null)
    tamper(folder, 'desk', `PRAGMA journal_mode = ${journal}`)
    knows(ONE)
    const before = fs.readFileSync(file)
    for (const attempt of [open, () => openForReading(folder, 'desk', steps)]) {
      expect(attempt).toThrow(OpenRefused)
      expect(attempt).toThrow(/desk\.db was written by a newer Latchkey \(schema 2, this version knows 1\): .+\.$/)
    }
    expect(fs.readFileSync(file).equals(before)).toBe(true)
    expect(copies()).toEqual([])
  })
})

describe('a database from an older version', () => {
  beforeEach(() => {
    knows(ONE)
    const db = open()
    db.exec("INSERT INTO one VALUES ('kept')")
    db.close()
  })

  test('is brought up to date, with a copy of what it was beside it that only its owner may read', () => {
    knows(ONE, TWO)
    const db = open()
    expect(db.prepare('SELECT x FROM two').pluck().all()).toEqual(['kept'])
    db.close()
    expect(state()).toEqual({ number: 2, tables: ['one', 'two'] })
    expect(copies()).toEqual(['desk.db.before-2'])
    expect(state(`${file}.before-2`)).toEqual({ number: 1, tables: ['one'] })
    expect(mode('desk.db.before-2')).toBe('600')
  })

  test('holds in the copy also what stood only in the write-ahead log', () => {
    const writing = open()
    writing.exec("INSERT INTO one VALUES ('just now')")
    knows(ONE, TWO)
    use(open(), null)
    writing.close()
    const copy = new Database(`${file}.before-2`, { readonly: true })
    expect(use(copy, copy.prepare('SELECT x FROM one').pluck().all())).toEqual(['kept', 'just now'])
  })

  test('never overwrites an earlier copy, and takes folders with a quote in their name', () => {
    fs.writeFileSync(`${file}.before-2`, 'mine')
    knows(ONE, TWO)
    use(open(), null)
    expect(copies()).toEqual(['desk.db.before-2', 'desk.db.before-2-2'])
    expect(fs.readFileSync(`${file}.before-2`, 'utf8')).toBe('mine')
    const quoted = path.join(folder, "Anna's")
    fs.mkdirSync(quoted)
    knows(ONE)
    use(openForWriting(quoted, 'desk', steps), null)
    knows(ONE, TWO)
    use(openForWriting(quoted, 'desk', steps), null)
    expect(fs.existsSync(path.join(quoted, 'desk.db.before-2'))).toBe(true)
  })

  test('goes through several steps with one copy', () => {
    knows(ONE, TWO, 'DROP TABLE two;')
    use(open(), null)
    expect(state()).toEqual({ number: 3, tables: ['one'] })
    expect(copies()).toEqual(['desk.db.before-2'])
  })

  test('is not changed by somebody who only reads: a sentence says what to do', () => {
    knows(ONE, TWO)
    const read = () => openForReading(folder, 'desk', steps)
    expect(read).toThrow(OpenRefused)
    expect(read).toThrow('start `latchkey serve` once')
    expect(state()).toEqual({ number: 1, tables: ['one'] })
  })
})

describe('a step that fails', () => {
  const HALF = 'CREATE TABLE half (x TEXT) STRICT; INSERT INTO one VALUES (1); INSERT INTO nowhere VALUES (1);'

  test('leaves number, schema and rows as they were, and the next attempt can work', () => {
    knows(ONE)
    use(open(), null)
    knows(ONE, HALF)
    expect(open).toThrow('no such table: nowhere')
    expect(state()).toEqual({ number: 1, tables: ['one'] })
    knows(ONE, TWO)
    const db = open()
    expect(use(db, db.prepare('SELECT count(*) FROM two').pluck().get())).toBe(0)
  })

  test('keeps the steps before it, each with its number', () => {
    knows(ONE, TWO, HALF)
    expect(open).toThrow('nowhere')
    expect(state()).toEqual({ number: 2, tables: ['one', 'two'] })
  })

  test('a step that is missing in the row of numbers is no row', () => {
    knows(ONE, TWO)
    fs.renameSync(path.join(steps, 'desk/0002-step.sql'), path.join(steps, 'desk/0003-step.sql'))
    expect(open).toThrow('0003-step.sql is out of order')
    expect(state()).toEqual({ number: 1, tables: ['one'] })
  })
})

test('what the first release had read of Stripe keeps its columns, and loses the whole objects', () => {
  const first = fs.readFileSync(path.join(MIGRATIONS, 'desk/0001-initial.sql'), 'utf8')
  knows(first)
  const db = open()
  db.exec(`INSERT INTO stripe_customer (account, id, created, name, email, raw, api_version, fetched_at, seen_run)
      VALUES ('acct_1', 'cus_1', 5, 'Ada', 'ada@example.org', '{}', 'x', 7, 1);
    INSERT INTO stripe_subscription
      (account, id, created, customer_id, status, price_id, product_id, pause_collection, raw, api_version, fetched_at, seen_run)
      VALUES ('acct_1', 'sub_1', 5, 'cus_1', 'active', 'price_1', 'prod_1', 0, '{}', 'x', 7, 1)`)
  db.close()
  const now = openForWriting(folder, 'desk', MIGRATIONS)
  expect(storedObject(now, 'customer', 'acct_1', 'cus_1')?.row).toMatchObject({ name: 'Ada', balances: [] })
  expect(storedObject(now, 'subscription', 'acct_1', 'sub_1')?.row).toMatchObject({
    items: [{ priceId: 'price_1', productId: 'prod_1', quantity: 1 }],
  })
  const columns = now.prepare("SELECT name FROM pragma_table_info('stripe_customer')").pluck().all()
  expect(columns).toContain('fetched_at')
  expect(columns).not.toContain('raw')
  now.close()
})
