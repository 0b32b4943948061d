// What a controller keeps for the desk: numbers that are never used twice, and moments that it did not know at the time.
import { expect, test } from 'vitest'
import { KeptEvents } from '../../hardware/sim/kept-events.ts'

const NOON = Date.parse('2026-11-20T12:00:00Z')
const kind = (name: string) => ({ kind: name })
const numbers = (kept: KeptEvents) => kept.next()?.events.map(({ n }) => n) ?? []

test('what happened before the time was known is told with its moment once it is', () => {
  const kept = new KeptEvents(10)
  kept.add(null, 1_000, kind('power-on'))
  kept.add(null, 31_000, kind('forced'))
  kept.setTimes(NOON, 61_000)
  kept.add(NOON + 5_000, 66_000, kind('closed'))
  expect(kept.next()?.events.map(({ at }) => at)).toEqual([
    '2026-11-20T11:59:00.000Z',
    '2026-11-20T11:59:30.000Z',
    '2026-11-20T12:00:05.000Z',
  ])
})

test('what was not timed before the power went gets the moment at which it came back', () => {
  const before = new KeptEvents(10)
  before.add(null, 90_000, kind('forced'))
  const kept = new KeptEvents(10)
  kept.restore(JSON.parse(JSON.stringify(before.keep())), 2_000)
  kept.setTimes(NOON, 62_000)
  kept.setTimes(NOON + 1_000, 99_000)
  expect(kept.next()?.events).toEqual([{ n: 1, at: '2026-11-20T11:59:00.000Z', kind: 'forced' }])
})

test('a controller that remembers nothing goes on above what the desk holds', () => {
  const kept = new KeptEvents(2)
  for (const name of ['power-on', 'forced', 'closed']) kept.add(NOON, 0, kind(name))
  expect(kept.isCounted).toBe(false)
  kept.countFrom(40)
  expect(kept.isCounted).toBe(true)
  expect([numbers(kept), kept.next()?.lost_to]).toEqual([[42, 43], 41])
  kept.acknowledge(43)
  expect(kept.next()).toBeNull()
  kept.add(NOON, 0, kind('closed'))
  expect(numbers(kept)).toEqual([44])
})

test('where the desk holds something else under its numbers it goes on above all of them', () => {
  const kept = new KeptEvents(10)
  kept.countFrom(30)
  for (const name of ['power-on', 'forced']) kept.add(NOON, 0, kind(name))
  kept.countAbove(40)
  expect([numbers(kept), kept.next()?.lost_to]).toEqual([[41, 42], undefined])
  // With a hole below, what is between is given up, not waited for.
  kept.countAbove(35)
  expect([numbers(kept), kept.next()?.lost_to]).toEqual([[43, 44], 42])
})

test('one that came while an upload was under way is not acknowledged by its answer', () => {
  const kept = new KeptEvents(10)
  kept.add(NOON, 0, kind('power-on'))
  expect(numbers(kept)).toEqual([1])
  kept.add(NOON, 0, kind('forced'))
  kept.acknowledge(2)
  expect(numbers(kept)).toEqual([2])
})

test('an upload stays below 64 KiB, whatever the cards are', () => {
  const kept = new KeptEvents(1_000)
  for (let n = 0; n < 1_000; n += 1)
    kept.add(NOON, 0, { card: '\u0001'.repeat(300), grant: false, reason: 'unknown-card' })
  const sizes: number[] = []
  for (let next = kept.next(); next !== null; next = kept.next()) {
    sizes.push(Buffer.byteLength(JSON.stringify(next)))
    kept.acknowledge(next.events.at(-1)?.n ?? 0)
  }
  expect(Math.max(...sizes)).toBeLessThan(64 * 1024)
  expect(kept.waiting).toBe(0)
})
