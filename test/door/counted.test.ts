// What doors count, over real decisions and their rows: visits, who is in, and readers on the way out.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { createAnswerer } from '../../src/main/door/answer.ts'
import { doorById, setDoor } from '../../src/main/store/doors.ts'
import { planById, savePlan } from '../../src/main/store/plans.ts'
import { openFresh } from '../store/folder.ts'
import { addPerson, DESK_ID, newCard, worldForTest } from './world.ts'

// Later than the people of the world are enrolled, which is now. 10:00 in Berlin in the middle of a month.
const NOW = Date.parse('2031-03-18T09:00:00Z')

function opened() {
  const world = worldForTest()
  const access = openFresh('access')
  let now = NOW
  for (const id of ['front', 'side', 'exit']) world.addDoor(id)
  const answer = createAnswerer({ desk: world.desk, access, deskId: DESK_ID, now: () => now })
  return {
    desk: world.desk,
    at(moment: string | number) {
      now = typeof moment === 'number' ? moment : Date.parse(moment)
    },
    set(id: string, change: { direction?: 'in' | 'out' | null; antiPassback?: boolean }) {
      const door = doorById(world.desk, id)
      if (door === null) throw new Error(`no door ${id}`)
      setDoor(world.desk, { ...door, ...change })
    },
    async swipe(id: string, card: string): Promise<string> {
      const door = doorById(world.desk, id)
      if (door === null) throw new Error(`no door ${id}`)
      now += 1
      const answered = await answer(door, { id: randomUUID(), card, format: undefined }, (given) => given)
      if (answered.kind !== 'answer') throw new Error(answered.detail)
      // Nobody takes in what was answered: the next one counts all the same.
      const detail = access.prepare('SELECT text ->> 11 FROM decision_tail ORDER BY seq DESC').pluck().get()
      return detail === null ? answered.answer.reason : `${answered.answer.reason} ${detail}`
    },
  }
}

const LONG = { paidUntil: NOW + 900 * DAY }

test('a visit is a local day, whichever doors it is at; used up, the plan refuses until the next month', async () => {
  const { desk, at, swipe } = opened()
  const plan = planById(desk, 'full')
  if (plan === null) throw new Error('no plan')
  savePlan(desk, { ...plan, visits: 2 }, null)
  const { card } = addPerson(desk, { holds: LONG })
  const said: string[] = []
  for (const [moment, door] of [
    ['2031-03-18T09:00:00Z', 'front'],
    ['2031-03-18T22:59:00Z', 'side'],
    // Midnight in Berlin.
    ['2031-03-18T23:00:00Z', 'front'],
    ['2031-03-19T12:00:00Z', 'front'],
    ['2031-03-20T12:00:00Z', 'front'],
    // The month begins two hours before UTC's, the clocks having changed.
    ['2031-03-31T21:59:00Z', 'front'],
    ['2031-03-31T22:00:00Z', 'front'],
  ] as const) {
    at(moment)
    said.push(await swipe(door, card))
  }
  expect(said).toEqual(['ok', 'ok', 'ok', 'ok', 'not-this-door visits-used', 'not-this-door visits-used', 'ok'])
})

test('a refusal takes no visit', async () => {
  const { desk, at, swipe } = opened()
  const plan = planById(desk, 'full')
  if (plan === null) throw new Error('no plan')
  savePlan(desk, { ...plan, visits: 1, visitsPer: 'term' }, null)
  const { card } = addPerson(desk, { holds: { ...LONG, phase: 'lapsed' } })
  const other = addPerson(desk, { holds: LONG }).card
  expect(await swipe('front', card)).toBe('lapsed')
  expect(await swipe('front', other)).toBe('ok')
  at('2031-03-19T12:00:00Z')
  expect(await swipe('front', other)).toBe('not-this-door visits-used')
  // A term is no month.
  at('2031-05-19T12:00:00Z')
  expect(await swipe('front', other)).toBe('not-this-door visits-used')
})

test('where nobody comes in twice, the way out is what lets them in again; nobody is kept from leaving', async () => {
  const { desk, set, swipe, at } = opened()
  set('front', { direction: 'in', antiPassback: true })
  set('exit', { direction: 'out' })
  const { card } = addPerson(desk, { holds: { paidUntil: NOW + DAY, knownEnd: NOW + DAY } })
  expect(await swipe('front', card)).toBe('ok')
  expect(await swipe('front', card)).toBe('anti-passback')
  // Only the door that asks for it asks for it.
  expect(await swipe('side', card)).toBe('ok')
  expect(await swipe('exit', card)).toBe('ok')
  expect(await swipe('front', card)).toBe('ok')
  // Gone through another way, unseen: after sixteen hours nobody is taken to be in any more.
  at(NOW + 15 * HOUR)
  expect(await swipe('front', card)).toBe('anti-passback')
  at(NOW + 16 * HOUR + MINUTE)
  expect(await swipe('front', card)).toBe('ok')
  at(NOW + 3 * DAY)
  expect(await swipe('front', card)).toBe('ended')
  expect(await swipe('exit', card)).toBe('ok')
  expect(await swipe('exit', newCard())).toBe('ok')
  expect(await swipe('exit', 'no card at all')).toBe('ok')
})
