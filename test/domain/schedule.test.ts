// Hours of the week in the space's own time, over midnight, on holidays and on both days when clocks change.
import { describe, expect, it, test } from 'vitest'
import { isWithin, readHours, toLink } from '../../src/main/domain/schedule.ts'

const ZONE = 'Europe/Berlin'
const NEVER = new Set<string>()
const open = (windows: Parameters<typeof isWithin>[0], at: string, holidays: ReadonlySet<string> = NEVER) =>
  isWithin(windows, Date.parse(at), ZONE, holidays)

describe('a window', () => {
  const office = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:30' }]
  it.each([
    ['2026-03-18T08:59:59+01:00', false],
    ['2026-03-18T09:00:00+01:00', true],
    ['2026-03-18T17:29:59+01:00', true],
    ['2026-03-18T17:30:00+01:00', false],
    ['2026-03-21T10:00:00+01:00', false],
  ])('on weekdays from 9 to half past five: %s is %s', (at, expected) => expect(open(office, at)).toBe(expected))

  const friday = [{ days: [5], from: '20:00', to: '06:00' }]
  it.each([
    ['2026-03-20T19:59:00+01:00', false],
    ['2026-03-20T20:00:00+01:00', true],
    ['2026-03-21T05:59:00+01:00', true],
    ['2026-03-21T06:00:00+01:00', false],
    ['2026-03-20T05:00:00+01:00', false],
    ['2026-03-21T20:00:00+01:00', false],
  ])('over midnight belongs to its first day: %s is %s', (at, expected) => expect(open(friday, at)).toBe(expected))

  const whole = [{ days: [7], from: '00:00', to: '00:00' }]
  it.each([
    ['2026-03-21T23:59:59+01:00', false],
    ['2026-03-22T00:00:00+01:00', true],
    ['2026-03-22T23:59:59+01:00', true],
    ['2026-03-23T00:00:00+01:00', false],
  ])('of a whole day: %s is %s', (at, expected) => expect(open(whole, at)).toBe(expected))

  it('that is on a holiday does not begin, and one that began the day before goes on', () => {
    const nightly = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '02:00' }]
    const holiday = new Set(['2026-03-18'])
    expect(open(nightly, '2026-03-18T01:00:00+01:00', holiday)).toBe(true)
    expect(open(nightly, '2026-03-18T23:00:00+01:00', holiday)).toBe(false)
    expect(open(nightly, '2026-03-19T01:00:00+01:00', holiday)).toBe(false)
    expect(open(nightly, '2026-03-19T23:00:00+01:00', holiday)).toBe(true)
  })
})

test('when clocks go forward the hour that is left out never comes, and what follows is by the new time', () => {
  const early = [{ days: [7], from: '02:15', to: '03:15' }]
  expect(open(early, '2026-03-29T00:59:59Z')).toBe(false)
  // 03:00 by the wall, which has just been 01:59:59.
  expect(open(early, '2026-03-29T01:00:00Z')).toBe(true)
  expect(open(early, '2026-03-29T01:14:59Z')).toBe(true)
  expect(open(early, '2026-03-29T01:15:00Z')).toBe(false)
})

test('when clocks go back the hour that comes twice counts twice', () => {
  const early = [{ days: [7], from: '02:00', to: '03:00' }]
  expect(open(early, '2026-10-24T23:59:59Z')).toBe(false)
  expect(open(early, '2026-10-25T00:30:00Z')).toBe(true)
  expect(open(early, '2026-10-25T01:30:00Z')).toBe(true)
  expect(open(early, '2026-10-25T02:00:00Z')).toBe(false)
})

test('a whole day goes to a controller as two halves, everything else as it is', () => {
  expect(toLink([{ days: [7], from: '00:00', to: '00:00' }])).toEqual([
    { days: [7], from: '00:00', to: '12:00' },
    { days: [7], from: '12:00', to: '00:00' },
  ])
  const night = { days: [5], from: '20:00', to: '06:00' }
  expect(toLink([night])).toEqual([night])
})

test.each([
  ['no window at all', [], 'at least one span'],
  ['no day', [{ days: [], from: '09:00', to: '10:00' }], 'at least one, from Monday'],
  ['an eighth day', [{ days: [8], from: '09:00', to: '10:00' }], 'at least one, from Monday'],
  ['an hour that is none', [{ days: [1], from: '24:00', to: '10:00' }], '09:00 or 17:30'],
  ['hours that end as they begin', [{ days: [1], from: '09:00', to: '09:00' }], 'never come'],
])('%s is refused with what to do', (_, given, sentence) => expect(readHours(given)).toContain(sentence))
