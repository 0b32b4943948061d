// A reply is made before its row is on disk: where the disk then does not take the row, nobody gets it.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Answered, createAnswerer } from '../../src/main/door/answer.ts'
import { doorById } from '../../src/main/store/doors.ts'
import { openFresh } from '../store/folder.ts'
import { addPerson, DESK_ID, worldForTest } from './world.ts'

test('a commit that fails tells nobody what was ready, and writes no row; the next question is answered', async () => {
  const world = worldForTest()
  const access = openFresh('access')
  world.addDoor('front')
  const { card } = addPerson(world.desk, {})
  const door = doorById(world.desk, 'front') ?? expect.fail('no door')
  const answer = createAnswerer({ desk: world.desk, access, deskId: DESK_ID, now: Date.now })
  const ready: Answered[] = []
  const ask = () =>
    answer(door, { id: randomUUID(), card, format: undefined }, (given) => {
      ready.push(given)
      return given
    })
  // What is owed at the commit alone, so that everything before it goes well.
  access.exec(`CREATE TABLE whole (id INTEGER PRIMARY KEY);
    CREATE TABLE part (whole INTEGER REFERENCES whole (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER fails AFTER INSERT ON decision BEGIN INSERT INTO part VALUES (1); END`)
  await expect(ask()).rejects.toThrow('FOREIGN KEY')
  expect(ready).toMatchObject([{ kind: 'answer', answer: { grant: true } }])
  expect(access.prepare('SELECT count(*) FROM decision').pluck().get()).toBe(0)
  access.exec('DROP TRIGGER fails')
  expect(await ask()).toBe(ready[1])
  expect(access.prepare('SELECT count(*) FROM decision').pluck().get()).toBe(1)
})
