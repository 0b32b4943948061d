// Doors under load: many controllers at once, and a desk that never stops writing.
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { until } from '../hardware/until.ts'
import { MIGRATIONS } from '../store/folder.ts'
import { connect } from './controller.ts'
import { addPerson, worldForTest } from './world.ts'

test('32 controllers each get their answers, and the chain has exactly that many rows', async () => {
  const world = worldForTest()
  const doors = Array.from({ length: 32 }, (_, index) => world.addDoor(`door-${index}`))
  const cards = doors.map(() => addPerson(world.desk).card)
  await world.start()
  const each = 10
  const replies = await Promise.all(
    doors.map(async (door, index) => {
      const session = await connect(world.port, door)
      const answers = []
      for (let n = 0; n < each; n++) answers.push(await session.check(cards[(index + n) % 32] ?? ''))
      return answers
    }),
  )
  const answers = replies.flat()
  expect(new Set(answers.map(({ status, json, signed }) => `${status} ${json.reason} ${signed}`))).toEqual(
    new Set(['200 ok true']),
  )
  const { rows, firstBad } = world.log()
  expect({ rows: rows.length, firstBad }).toEqual({ rows: 32 * each, firstBad: null })
  expect(new Set(answers.map(({ json }) => json.receipt)).size).toBe(32 * each)
  await expect.poll(() => world.decisions.length).toBe(32 * each)
})

test('a desk that writes all the time holds no door up', async () => {
  const world = worldForTest()
  const door = world.addDoor('front')
  const { card } = addPerson(world.desk)
  await world.start()
  const session = await connect(world.port, door)
  /** The middle of a hundred checks, in milliseconds. */
  const middle = async () => {
    const times: number[] = []
    for (let n = 0; n < 100; n++) {
      const start = performance.now()
      expect((await session.check(card)).json).toMatchObject({ grant: true })
      times.push(performance.now() - start)
    }
    return times.toSorted((a, b) => a - b)[50] ?? 0
  }
  const alone = await middle()
  const importing = new Worker(
    `const { workerData } = require('node:worker_threads')
     const Database = require(workerData.sqlite)
     const db = new Database(workerData.file)
     db.pragma('journal_mode = WAL')
     const write = db.prepare('INSERT INTO sync_state VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
     for (;;) db.transaction(() => { for (let n = 0; n < 100; n++) write.run('key' + n, String(Math.random())) }).immediate()`,
    {
      eval: true,
      workerData: {
        sqlite: path.resolve(MIGRATIONS, '../../../../node_modules/better-sqlite3'),
        file: path.join(world.dataDir, 'desk.db'),
      },
    },
  )
  try {
    await until(
      'the import runs',
      () => world.desk.prepare("SELECT 1 FROM sync_state WHERE key = 'key0'").get() !== undefined,
    )
    // Beside itself, since the machine may be busy with other tests; a door that waited for the import took 14 to 240 ms each.
    expect(await middle()).toBeLessThan(5 * alone + 20)
  } finally {
    await importing.terminate()
  }
})
