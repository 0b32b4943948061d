import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { DoorAnswer } from '../../hardware/sim/door-answer.ts'
import { type NativeDoor, type NativeDoorOptions, startNativeDoor } from '../../hardware/sim/native-door.ts'
import { type DoorDesk, startDoorDesk } from './door-desk.ts'
import { until } from './until.ts'

const KEY = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'
const CARD = 'em:6F007B3972'
let desk: DoorDesk
let door: NativeDoor
const told: [string, DoorAnswer][] = []

const start = (options: Partial<NativeDoorOptions> = {}) => {
  // Longer than a controller at a door would wait: the tests' computer may be busy.
  const base = { url: desk.url, id: 'front', key: KEY, random: randomBytes, patience: 10_000 }
  return startNativeDoor({ ...base, ...options, onAnswer: (card, answer) => told.push([card, answer]) })
}
const checks = () => desk.seen.filter((request) => request.path === '/door/v1/check')
const idOf = (request: { body: string } | undefined) => JSON.parse(request?.body ?? '{}').id

beforeEach(async () => {
  told.length = 0
  desk = await startDoorDesk('front', KEY)
  door = start()
})

afterEach(async () => {
  await door.close()
  await desk.close()
})

test('a presented card is answered, and the answer is told', async () => {
  const answer = await door.present(CARD, '8H10D')
  expect(answer).toEqual({ kind: 'answer', grant: true, reason: 'ok', openMs: 3000, receipt: 'r1', listRev: 7 })
  expect(told).toEqual([[CARD, answer]])
  const request = JSON.parse(checks()[0]?.body ?? '')
  expect(request).toMatchObject({ card: CARD, format: '8H10D' })
  expect(request.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('it asks for the time at once, and cards that come together are asked one at a time', async () => {
  const answers = await Promise.all([door.present(CARD), door.present(CARD), door.present(CARD)])
  expect(answers.every((answer) => answer.kind === 'answer')).toBe(true)
  expect(desk.seen[0]).toMatchObject({ method: 'GET', path: '/door/v1/time', seq: 1 })
  expect(desk.seen.map((request) => request.seq)).toEqual([1, 2, 3, 4])
  expect(new Set(checks().map(idOf)).size).toBe(3)
})

test('it asks for the time again well within 20 seconds', async () => {
  await door.close()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    desk.seen.length = 0
    door = start()
    await vi.waitFor(() => expect(desk.seen).toHaveLength(1), { timeout: 10_000 })
    vi.advanceTimersByTime(19_000)
    await vi.waitFor(() => expect(desk.seen.length).toBeGreaterThan(1), { timeout: 10_000 })
  } finally {
    await door.close()
    vi.useRealTimers()
  }
})

test('when the desk has forgotten its session it opens a new one and asks again with the same id', async () => {
  await door.present(CARD)
  desk.forget()
  expect(await door.present(CARD)).toMatchObject({ kind: 'answer', grant: true })
  const [first, refused, again] = checks()
  expect(refused?.session).toBe(first?.session)
  expect(again?.session).not.toBe(first?.session)
  expect(idOf(again)).toBe(idOf(refused))
  expect(idOf(again)).not.toBe(idOf(first))
})

test('no answer in time is asked once more with a new number and the same id', async () => {
  const hasty = start({ patience: 1_000 })
  desk.faults.push('hang')
  expect(await hasty.present(CARD)).toMatchObject({ kind: 'answer', grant: true })
  await hasty.close()
  const [first, retry] = checks()
  expect(idOf(retry)).toBe(idOf(first))
  expect(retry?.seq).toBeGreaterThan(first?.seq ?? 0)
})

test('no answer twice is unreachable', async () => {
  const hasty = start({ patience: 300 })
  desk.faults.push('hang', 'hang')
  expect(await hasty.present(CARD)).toMatchObject({ kind: 'unreachable' })
  await hasty.close()
  expect(told.at(-1)?.[1].kind).toBe('unreachable')
})

test.each(['unsigned', 'forged'] as const)('an answer that is %s opens nothing but a new session', async (fault) => {
  desk.faults.push(fault)
  expect(await door.present(CARD)).toMatchObject({ kind: 'answer', grant: true })
  const [refused, again] = checks()
  expect(again?.session).not.toBe(refused?.session)
  expect(idOf(again)).toBe(idOf(refused))
  desk.faults.push(fault, fault)
  expect(await door.present(CARD)).toMatchObject({ kind: 'unreachable' })
  expect(checks()).toHaveLength(4)
  expect(await door.present(CARD)).toMatchObject({ kind: 'answer', grant: true })
})

test('a server that cannot prove the key is not believed', async () => {
  await until('the first question is through', () => desk.seen.length > 0)
  desk.wrongProof = true
  desk.forget()
  expect(await door.present(CARD)).toMatchObject({
    kind: 'unreachable',
    why: 'What answered does not hold the key of this door.',
  })
})

test('a door with another key, a door that is not known and a text that is no card are told apart', async () => {
  const stranger = start({ key: 'ff'.repeat(32) })
  expect(await stranger.present(CARD)).toMatchObject({ kind: 'unreachable' })
  const unknown = start({ id: 'garage' })
  expect(await unknown.present(CARD)).toEqual({ kind: 'refused', error: 'unknown-door', detail: '' })
  await Promise.all([stranger.close(), unknown.close()])
  desk.faults.push('bad-request')
  expect(await door.present('?')).toEqual({
    kind: 'refused',
    error: 'bad-request',
    detail: 'This is not a card number.',
  })
})

test('a desk that is not there is unreachable, and found when it is back', async () => {
  const { url } = desk
  await desk.close()
  expect(await door.present(CARD)).toMatchObject({ kind: 'unreachable' })
  desk = await startDoorDesk('front', KEY)
  const moved = start({ url: desk.url })
  expect(desk.url).not.toBe(url)
  expect(await moved.present(CARD)).toMatchObject({ kind: 'answer' })
  await moved.close()
  expect(await moved.present(CARD)).toMatchObject({ kind: 'unreachable' })
})

test('a card goes before a list that the desk takes long to make', async () => {
  desk.keepList = true
  const holding = start({ memory: 10 })
  await until('the question for the list', () => desk.seen.some(({ path }) => path.startsWith('/door/v1/list')))
  expect(await holding.present(CARD)).toMatchObject({ kind: 'answer', grant: true })
  desk.keepList = false
  await holding.catchUp()
  expect(holding.held().rev).toBe(7)
  await holding.close()
  // Less than a list is waited for.
})

test('one that holds a list goes by it where what answers is not to be believed, or cannot decide', async () => {
  const news: unknown[] = []
  const holding = start({ memory: 10, onNews: (one) => news.push(one) })
  await holding.catchUp()
  desk.faults.push('forged', 'forged')
  expect(await holding.present(CARD)).toEqual({ kind: 'offline', grant: false, reason: 'unknown-card' })
  desk.faults.push('unavailable')
  expect(await holding.present(CARD)).toMatchObject({ kind: 'offline' })
  desk.faults.push('bad-request')
  expect(await holding.present('?')).toMatchObject({ kind: 'refused', error: 'bad-request' })
  await holding.close()
  const stranger = start({ memory: 10, id: 'garage' })
  expect(await stranger.present(CARD)).toMatchObject({ kind: 'offline', grant: false })
  await stranger.close()
  expect(news).toContainEqual({ what: 'list', rev: 7, cards: 0 })
})
