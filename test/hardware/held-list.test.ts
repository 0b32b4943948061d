// What a controller opens for by its list alone: hours of the week by the wall clock, ends, and clocks that cannot be trusted.
import { expect, test } from 'vitest'
import { HeldList, type ListEntry } from '../../hardware/sim/held-list.ts'
import type { ListWindow } from '../../hardware/sim/list-windows.ts'

const CARD = 'em:6F007B3972'
const LATER = '2026-12-31T00:00:00Z'

const held = (entry: Partial<ListEntry>, { validUntil = LATER, closed = [] as string[] } = {}) => {
  const list = new HeldList()
  const entries = [{ card: CARD, until: LATER, windows: [], ...entry }]
  const page = { rev: 7, full: true, more: false, tz: 'Europe/Berlin', removed: [] }
  list.take([{ ...page, valid_until: validUntil, closed, entries }])
  return list
}
const reason = (list: HeldList, at: string | null) => list.answer(CARD, at === null ? null : Date.parse(at)).reason
const days = (from: string, to: string, ...on: number[]): ListWindow => ({ days: on, from, to })

const EVENING = days('18:00', '22:00', 1, 2)
const NIGHT = days('22:00', '04:00', 5)
const [CLOSED_FRIDAY, CLOSED_SATURDAY] = [['2026-11-20'], ['2026-11-21']]

// 16 November 2026 is a Monday; Berlin is an hour ahead of UTC then.
test.each<[string, ListWindow[], string, boolean, string[]?]>([
  ['no windows are always', [], '2026-11-18T03:00:00Z', true],
  ['before the first minute', [EVENING], '2026-11-16T16:59:59Z', false],
  ['at the first minute', [EVENING], '2026-11-16T17:00:00Z', true],
  ['in the last second', [EVENING], '2026-11-16T20:59:59Z', true],
  ['at the end', [EVENING], '2026-11-16T21:00:00Z', false],
  ['on another day', [EVENING], '2026-11-18T17:00:00Z', false],
  ['one of two windows is enough', [EVENING, days('06:00', '07:00', 3)], '2026-11-18T05:30:00Z', true],
  ['from and to the same never comes', [days('12:00', '12:00', 1, 2, 3, 4, 5, 6, 7)], '2026-11-18T11:00:00Z', false],
  ['a whole day', [days('00:00', '24:00', 3)], '2026-11-18T22:59:00Z', true],
  ['over midnight, in the evening', [NIGHT], '2026-11-20T22:30:00Z', true],
  ['over midnight, in the small hours of the next day', [NIGHT], '2026-11-21T02:59:00Z', true],
  ['over midnight, at its end', [NIGHT], '2026-11-21T03:00:00Z', false],
  ['the small hours of its own day belong to the night before', [NIGHT], '2026-11-20T01:00:00Z', false],
  ['Sunday runs into Monday', [days('23:00', '01:00', 7)], '2026-11-22T23:30:00Z', true],
  ['no window begins on a closed day', [NIGHT], '2026-11-20T22:30:00Z', false, CLOSED_FRIDAY],
  ['nor goes on after it', [NIGHT], '2026-11-21T01:00:00Z', false, CLOSED_FRIDAY],
  ['one that began the day before runs on into a closed day', [NIGHT], '2026-11-21T01:00:00Z', true, CLOSED_SATURDAY],
])('hours: %s', (_, windows, at, isOpen, closed = []) => {
  expect(reason(held({ windows }, { closed }), at)).toBe(isOpen ? 'ok' : 'outside-hours')
})

test.each<[string, ListWindow, string, boolean]>([
  // 29 March 2026, a Sunday of 23 hours: at 01:00 UTC the clock goes from 02:00 to 03:00.
  ['a night that is an hour short ends at its hour', days('22:00', '04:00', 6), '2026-03-29T01:59:00Z', true],
  ['and not after it', days('22:00', '04:00', 6), '2026-03-29T02:00:00Z', false],
  ['half past two does not come', days('02:15', '02:45', 7), '2026-03-29T01:30:00Z', false],
  ['the day before a short day is still the day before', days('22:00', '02:00', 7), '2026-03-29T22:30:00Z', true],
  // 25 October 2026, a Sunday of 25 hours: at 01:00 UTC the clock goes from 03:00 back to 02:00.
  ['half past two, the first time', days('02:15', '02:45', 7), '2026-10-25T00:30:00Z', true],
  ['half past two, the second time', days('02:15', '02:45', 7), '2026-10-25T01:30:00Z', true],
  ['a night that is an hour long ends at its hour', days('22:00', '04:00', 6), '2026-10-25T02:59:00Z', true],
  ['and is over then', days('22:00', '04:00', 6), '2026-10-25T03:00:00Z', false],
  ['the end of a long day is not the day after', days('23:50', '23:40', 7), '2026-10-25T22:30:00Z', false],
])('a day of another length: %s', (_, window, at, isOpen) => {
  expect(reason(held({ windows: [window] }), at)).toBe(isOpen ? 'ok' : 'outside-hours')
})

test('an entry opens before its end and not from it on', () => {
  const list = held({ until: '2026-11-18T12:00:00Z' })
  expect([reason(list, '2026-11-18T11:59:59.999Z'), reason(list, '2026-11-18T12:00:00Z')]).toEqual([
    'ok',
    'billing-stale',
  ])
})

test('a list that is too old opens for keyholders alone', () => {
  const validUntil = '2026-11-18T12:00:00Z'
  expect(reason(held({}, { validUntil }), '2026-11-18T11:59:59Z')).toBe('ok')
  expect(reason(held({}, { validUntil }), validUntil)).toBe('billing-stale')
  expect(reason(held({ always: true }, { validUntil }), '2026-12-24T12:00:00Z')).toBe('ok-keyholder')
})

test('a controller that does not know the time opens for keyholders alone', () => {
  expect(held({}).answer(CARD, null)).toEqual({ grant: false, reason: 'billing-stale' })
  expect(held({ always: true }).answer(CARD, null)).toEqual({ grant: true, reason: 'ok-keyholder' })
})

test('in a lockdown that it was told of it opens for keyholders alone', () => {
  const at = Date.parse('2026-11-18T12:00:00Z')
  expect(held({}).answer(CARD, at, true)).toEqual({ grant: false, reason: 'lockdown' })
  expect(held({ always: true }).answer(CARD, at, true)).toEqual({ grant: true, reason: 'ok-keyholder' })
})

test('a moment or a zone that makes no sense never opens', () => {
  expect(reason(held({ until: 'soon' }), '2026-11-18T12:00:00Z')).toBe('billing-stale')
  expect(reason(held({}, { validUntil: '' }), '2026-11-18T12:00:00Z')).toBe('billing-stale')
  const list = held({})
  const page = { rev: 8, full: true, more: false, valid_until: LATER, closed: [], entries: [], removed: [] }
  expect(() => list.take([{ ...page, tz: 'Mars/Olympus' }])).toThrow(RangeError)
  expect([list.rev, list.size]).toEqual([7, 1])
})

test('a difference is laid over what is held, a full list takes its place, and both outlast a loss of power', () => {
  const list = held({})
  const page = { more: false, valid_until: LATER, tz: 'Europe/Berlin', closed: [] }
  const other = { card: 'em:0000000001', until: LATER, windows: [] }
  list.take([
    { ...page, rev: 8, full: false, more: true, entries: [other], removed: [] },
    { ...page, rev: 8, full: false, entries: [], removed: [CARD] },
  ])
  const again = new HeldList()
  again.restore(JSON.parse(JSON.stringify(list.keep())))
  for (const one of [list, again]) {
    expect([one.rev, one.size]).toEqual([8, 1])
    expect(reason(one, '2026-11-18T12:00:00Z')).toBe('unknown-card')
    expect(one.answer(other.card, Date.parse('2026-11-18T12:00:00Z')).grant).toBe(true)
  }
  list.take([{ ...page, rev: 9, full: true, entries: [], removed: [] }])
  expect([list.rev, list.size]).toEqual([9, 0])
})
