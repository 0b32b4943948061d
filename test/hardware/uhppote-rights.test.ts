// What is stored of somebody's hours, before the rule that a door goes by and a board that decides by what it holds.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Profile } from '../../hardware/controllers/uhppote-frames.ts'
import { addDays, clip, clockOf, plan, type Right, say } from '../../hardware/controllers/uhppote-rights.ts'
import { reasonByCards } from '../../hardware/sim/uhppote-decide.ts'
import { isWithin } from '../../src/main/domain/schedule.ts'

const TODAY = '2026-11-20'
const WEEKDAYS = [1, 2, 3, 4, 5]
const day = (days: readonly number[], from: string, to: string) => ({ days, from, to })

describe('in words', () => {
  const said = (lastDay: string, hours: ReturnType<typeof day>[], holidays: string[] = []) =>
    say(plan({ lastDay, hours }, TODAY, holidays), TODAY)

  test.each([
    ['at all hours until 2027-12-31', '2027-12-31', [], []],
    ['at all hours until 2099-12-31', '9999-12-31', [], []],
    [null, '2026-11-19', [], []],
    ['Mo Tu We Th Fr 09:00-18:00 until 2027-12-31', '2027-12-31', [day(WEEKDAYS, '09:00', '18:00')], []],
    ['at all hours until 2027-12-31', '2027-12-31', [day([1, 2, 3, 4, 5, 6, 7], '00:00', '00:00')], []],
    ['Mo 09:00-17:00 until 2027-12-31', '2027-12-31', [day([1], '09:00', '12:00'), day([1], '12:00', '17:00')], []],
    ['Sa 22:00-24:00, Su 00:00-06:00 until 2027-01-31', '2027-01-31', [day([6], '22:00', '06:00')], []],
    [
      'Mo Tu We Th Fr 09:00-18:00 until 2026-12-24; Mo Tu We Th Fr 09:00-18:00 from 2026-12-27 until 2027-12-31',
      '2027-12-31',
      [day(WEEKDAYS, '09:00', '18:00')],
      ['2026-12-25', '2026-12-26'],
    ],
    [
      // The night that begins on Christmas Eve goes on into the holiday, and none begins on it.
      'Th 22:00-24:00 until 2026-12-24; Fr 00:00-06:00 until 2026-12-25; Th 22:00-24:00 from 2026-12-26 until 2027-01-31; Fr 00:00-06:00 from 2026-12-27 until 2027-01-31',
      '2027-01-31',
      [day([4], '22:00', '06:00')],
      ['2026-12-25'],
    ],
    [
      // Yesterday was a holiday: no night of it goes on this morning.
      'Th 22:00-24:00 until 2027-01-31; Fr 00:00-06:00 from 2026-11-21 until 2027-01-31',
      '2027-01-31',
      [day([4], '22:00', '06:00')],
      ['2026-11-19'],
    ],
  ])('%s', (words, lastDay, hours, holidays) => {
    expect(said(lastDay, hours, holidays)).toBe(words)
  })

  test('as days pass the same thing reads the same', () => {
    const right = plan({ lastDay: '2027-06-30', hours: [day(WEEKDAYS, '09:00', '18:00')] }, TODAY, ['2026-12-25'])
    expect(say(right, '2026-12-20')).toBe(say(right, TODAY))
    const later = plan({ lastDay: '2027-06-30', hours: [day(WEEKDAYS, '09:00', '18:00')] }, '2026-12-26', [])
    expect(say(right, '2026-12-26')).toBe(say(later, '2026-12-26'))
  })
})

/** In steps of five minutes: the first minute of a day alone is what a board cannot keep. */
const hhmm = fc.integer({ min: 0, max: 287 }).map((n) => clockOf(5 * n))
const hours = fc.array(
  fc
    .record({ days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), from: hhmm, to: hhmm })
    .filter(({ from, to }) => from !== to),
  { minLength: 1, maxLength: 6 },
)
const near = (most: number) => fc.integer({ min: 0, max: most }).map((days) => addDays(TODAY, days))

describe('of random hours, holidays and last days', () => {
  test('a board opens exactly when the door’s rule does, as far ahead as it is written', () => {
    let opened = 0
    const check = fc.property(
      hours,
      fc.uniqueArray(near(25), { maxLength: 6 }),
      near(40),
      fc.array(fc.tuple(near(45), hhmm), { minLength: 60, maxLength: 60 }),
      (windows, holidays, lastDay, moments) => {
        const right = plan({ lastDay, hours: windows }, TODAY, holidays)
        const end = right.map(({ to }) => to).reduce((a, b) => (a < b ? b : a), '')
        const board = stored(right, end)
        const closed = new Set(holidays)
        for (const [on, at] of moments) {
          const clock = `${on}T${at}:30`
          const opens = reasonByCards(board.cards, board.profiles, { number: 7, door: 1, clock }) === 1
          const may = on <= lastDay && isWithin(windows, Date.parse(`${clock}Z`), 'UTC', closed)
          if (opens) opened += 1
          // Never wider, and not narrower where it says that it is whole.
          if (opens !== may && (opens || on <= end))
            throw new Error(
              `${clock}: the board ${opens ? 'opens' : 'does not'}, the rule ${may ? 'does' : 'does not'}`,
            )
        }
      },
    )
    fc.assert(check, { numRuns: 1_000, seed: 7 })
    expect(opened).toBeGreaterThan(5_000)
  })

  test('what reads the same opens the same', () => {
    fc.assert(
      fc.property(hours, fc.uniqueArray(near(25), { maxLength: 4 }), near(40), (windows, holidays, lastDay) => {
        const right = plan({ lastDay, hours: windows }, TODAY, holidays)
        // Written to a board and read from it again.
        const end = right.map(({ to }) => to).reduce((a, b) => (a < b ? b : a), '')
        expect(say(clip(right, '2020-01-01', end), TODAY)).toBe(say(right, TODAY))
        const other = plan({ lastDay: addDays(lastDay, 1), hours: windows }, TODAY, holidays)
        if (say(other, TODAY) === say(right, TODAY))
          expect(other.map(({ to }) => to)).toEqual(right.map(({ to }) => to))
      }),
      { numRuns: 300, seed: 7 },
    )
  })
})

/** A board with one card that holds it, its profiles linked in a row. */
function stored(right: Right, end: string) {
  const profiles = new Map<number, Profile>()
  for (const [n, { from, to, days, spans }] of right.entries()) {
    const texts = Array.from({ length: 3 }, (_, nth) => {
      const span = spans[nth]
      return span === undefined ? (['00:00', '00:00'] as const) : ([clockOf(span[0]), clockOf(span[1])] as const)
    })
    profiles.set(n + 2, { id: n + 2, from, to, days, spans: texts, linked: n + 1 < right.length ? n + 3 : 0 })
  }
  const cards = new Map()
  if (right.length > 0) cards.set(7, { number: 7, from: '2026-01-01', to: end, doors: [2, 0, 0, 0], pin: 0 })
  return { cards, profiles }
}
