// An answer and its row: nobody gets the one where the disk does not take the other, however many ask and wherever it stands.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { MINUTE } from '../../src/main/domain/time.ts'
import { type Answered, createAnswerer } from '../../src/main/door/answer.ts'
import { takeDeviceEvents } from '../../src/main/door/device-events.ts'
import { verifyDecisions } from '../../src/main/store/access-log.ts'
import { presenceOf } from '../../src/main/store/counted.ts'
import { doorById } from '../../src/main/store/doors.ts'
import { openFresh, tamper } from '../store/folder.ts'
import { connect } from './controller.ts'
import { addPerson, DESK_ID, worldForTest } from './world.ts'

/** One door, and what answers at it beside a log that nobody takes anything into. */
function opened() {
  const world = worldForTest()
  const deps = { desk: world.desk, access: openFresh('access'), deskId: DESK_ID, now: Date.now }
  world.addDoor('front')
  const door = doorById(world.desk, 'front') ?? expect.fail('no door')
  const answer = createAnswerer(deps)
  const ask = (card: string, ready = (given: Answered) => given) =>
    answer(door, { id: randomUUID(), card, format: undefined }, ready)
  const inTail = () => deps.access.prepare('SELECT count(*) FROM decision_tail').pluck().get()
  return { ...deps, deps, ask, inTail }
}

test('a commit that fails tells nobody what was ready, and writes no row; the next question is answered', async () => {
  const { desk, access, ask: present, inTail } = opened()
  const { card } = addPerson(desk, {})
  const ready: Answered[] = []
  const ask = () =>
    present(card, (given) => {
      ready.push(given)
      return given
    })
  // What is owed at the commit alone, so that everything before it goes well.
  access.exec(`CREATE TABLE whole (id INTEGER PRIMARY KEY);
    CREATE TABLE part (whole INTEGER REFERENCES whole (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER fails AFTER INSERT ON decision_tail BEGIN INSERT INTO part VALUES (1); END`)
  await expect(ask()).rejects.toThrow('FOREIGN KEY')
  expect(ready).toMatchObject([{ kind: 'answer', answer: { grant: true } }])
  expect(inTail()).toBe(0)
  access.exec('DROP TRIGGER fails')
  expect(await ask()).toBe(ready[1])
  expect(inTail()).toBe(1)
})

test('whether few or many ask at once, each is one row of one chain, and where they are is known', async () => {
  const { desk, access, ask, inTail } = opened()
  const people = Array.from({ length: 30 }, () => addPerson(desk, {}))
  const answered: Answered[] = []
  for (const [from, until, left] of [
    [0, 3, 3],
    [3, 5, 5],
    [5, 28, 0],
    [28, 30, 2],
  ] as const) {
    answered.push(...(await Promise.all(people.slice(from, until).map(({ card }) => ask(card)))))
    expect(inTail()).toBe(left)
  }
  expect(answered.map((one) => one.kind === 'answer' && one.recorded?.seq)).toEqual(people.map((_, n) => n + 1))
  expect(verifyDecisions(access, DESK_ID)).toEqual({ rows: 30, firstBad: null })
  for (const { memberId } of people) expect(presenceOf(access, memberId)).toMatchObject({ inside: true })
})

test('where the log cannot take in what was answered, doors go on, and the desk is told once it can', async () => {
  const world = worldForTest()
  const front = world.addDoor('front')
  const { card } = addPerson(world.desk, {})
  await world.start()
  const session = await connect(world.port, front)
  tamper(
    world.dataDir,
    'access',
    "CREATE TRIGGER fails BEFORE INSERT ON decision BEGIN SELECT RAISE(ABORT, 'full'); END",
  )
  expect((await session.check(card)).json).toMatchObject({ grant: true })
  await expect.poll(() => world.lines.join()).toContain('Taking answers into the log')
  expect((await session.check(card)).json).toMatchObject({ grant: true })
  expect(world.decisions).toEqual([])
  tamper(world.dataDir, 'access', 'DROP TRIGGER fails')
  await expect.poll(() => world.decisions.map(({ seq }) => seq), { timeout: 5_000 }).toEqual([1, 2])
  expect(world.log()).toMatchObject({ rows: [{ seq: 1 }, { seq: 2 }], firstBad: null })
})

test('what a board tells of an opening that was answered a moment ago is no second one', async () => {
  const { desk, deps, ask } = opened()
  await ask(addPerson(desk, {}).card)
  const told = { door: 'front', n: 7, at: Date.now(), what: 'remote-open' } as const
  expect(takeDeviceEvents(deps, 'board', [told], (_, text) => text)).toEqual([])
  const later = { ...told, n: 8, at: Date.now() + MINUTE }
  expect(takeDeviceEvents(deps, 'board', [later], (_, text) => text)).toMatchObject([{ seq: 2, reason: 'remote-open' }])
})
