import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { commitLater, databaseFile, openForReading, openForWriting } from '../../src/main/store/open.ts'
import { OpenRefused } from '../../src/main/store/refused.ts'
import { freshFolder, MIGRATIONS, openFresh } from './folder.ts'

const writing = (folder: string) => () => openForWriting(folder, 'desk', MIGRATIONS)
const reading = (folder: string) => () => openForReading(folder, 'desk', MIGRATIONS)

/** One sentence for a person, that names the file. */
function expectRefusal(attempt: () => unknown, sentence: RegExp): void {
  expect(attempt).toThrow(OpenRefused)
  expect(attempt).toThrow(sentence)
  expect(attempt).toThrow(/^[^\n]*desk\.db[^\n]*\.$|^[^\n]*start `latchkey serve` there first\.$/)
}

/** Root may write anywhere, so it is somebody else for the moment. */
function asSomebodyElse<T>(act: () => T): T {
  if (process.geteuid?.() !== 0) return act()
  process.seteuid?.(65_534)
  try {
    return act()
  } finally {
    process.seteuid?.(0)
  }
}

describe('a file that is no database', () => {
  test.each([
    ['a letter', Buffer.from('Dear desk,\n'.repeat(200))],
    ['random bytes', Buffer.from(Array.from({ length: 8_192 }, (_, n) => (n * 7 + 13) % 256))],
  ])('%s is refused as damaged, and stays as it is', (_, bytes) => {
    const folder = freshFolder()
    fs.writeFileSync(databaseFile(folder, 'desk'), bytes)
    expectRefusal(writing(folder), /is damaged: put it aside/)
    expectRefusal(reading(folder), /is damaged: put it aside/)
    expect(fs.readFileSync(databaseFile(folder, 'desk')).equals(bytes)).toBe(true)
  })

  test('a database whose first page is torn is refused as damaged', () => {
    const folder = freshFolder()
    openForWriting(folder, 'desk', MIGRATIONS).close()
    const file = fs.openSync(databaseFile(folder, 'desk'), 'r+')
    fs.writeSync(file, Buffer.alloc(2_000, 0xa5), 0, 2_000, 100)
    fs.closeSync(file)
    expectRefusal(writing(folder), /is damaged/)
  })
})

describe('a place that cannot be written', () => {
  test('a folder of somebody else', () => {
    const folder = freshFolder()
    fs.chmodSync(folder, 0o555)
    asSomebodyElse(() => expectRefusal(writing(folder), /cannot be written: check who owns it/))
    expect(fs.readdirSync(folder)).toEqual([])
  })

  test('a file of somebody else', () => {
    const folder = freshFolder()
    openForWriting(folder, 'desk', MIGRATIONS).close()
    fs.chmodSync(folder, 0o555)
    fs.chmodSync(databaseFile(folder, 'desk'), 0o444)
    asSomebodyElse(() => {
      // Whoever owns the file may change its rights, and then it can be written after all.
      if (fs.statSync(folder).uid !== process.geteuid?.()) expectRefusal(writing(folder), /cannot be written/)
    })
  })

  test('a folder where the file belongs', () => {
    const folder = freshFolder()
    fs.mkdirSync(databaseFile(folder, 'desk'))
    expectRefusal(writing(folder), /cannot be written/)
  })

  test('a folder that is not there, or is a file', () => {
    const folder = freshFolder()
    expectRefusal(writing(path.join(folder, 'nowhere')), /cannot be written/)
    fs.writeFileSync(path.join(folder, 'file'), '')
    expectRefusal(writing(path.join(folder, 'file')), /cannot be written/)
  })
})

describe('a handle that only reads', () => {
  test('needs a database, and says how to get one', () => {
    expectRefusal(reading(freshFolder()), /^There is no Latchkey data in/)
  })

  test('sees each commit at once, and cannot write', () => {
    const folder = freshFolder()
    const db = openFresh('desk', folder)
    const reader = openForReading(folder, 'desk', MIGRATIONS)
    onTestFinished(() => void reader.close())
    const revision = () => reader.prepare('SELECT n FROM revision').pluck().get()
    const before = revision() as number
    db.exec('UPDATE revision SET n = n + 1')
    expect(revision()).toBe(before + 1)
    expect(() => reader.prepare('UPDATE revision SET n = 0').run()).toThrow('readonly')
  })
})

test('a commit that may wait is whole or not at all, and the one after it waits for the disk again', () => {
  const db = openForWriting(freshFolder(), 'desk', MIGRATIONS)
  const level = () => db.pragma('synchronous', { simple: true })
  const levels: unknown[] = []
  const write = (key: string) => {
    levels.push(level())
    db.prepare("INSERT INTO sync_state VALUES (?, '1')").run(key)
  }
  commitLater(db, () => write('a'))
  expect(() =>
    commitLater(db, () => {
      write('b')
      throw new Error('half-way')
    }),
  ).toThrow('half-way')
  expect(levels).toEqual([1, 1])
  expect(level()).toBe(2)
  expect(db.prepare('SELECT key FROM sync_state').pluck().all()).toEqual(['a'])
  db.close()
})
