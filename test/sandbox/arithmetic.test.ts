// Amounts, dates and the order of what falls due, worked out by hand.
import { expect, test } from 'vitest'
import { putDown, type Task, takeDue } from '../../src/main/sandbox/agenda.ts'
import { billingDate, firstAnchor, nextBillingDate } from '../../src/main/sandbox/calendar.ts'
import { prorated, rounded } from '../../src/main/sandbox/money.ts'
import { random } from '../../src/main/sandbox/random.ts'

const at = (text: string) => Date.parse(`${text}Z`) / 1000

test.each([
  [0.5, 'eur', 1],
  [-0.5, 'eur', -1],
  [2.4, 'eur', 2],
  [-2.4, 'eur', -2],
  [-0.2, 'eur', 0],
  [1234.5, 'jpy', 1235],
  [1234, 'kwd', 1230],
  [1235, 'kwd', 1240],
  [-1235, 'tnd', -1240],
])('%d of %s is rounded to %d', (amount, currency, expected) => {
  expect(rounded(amount, currency)).toBe(expected)
})

test.each([
  // The whole period, half of it, a third, one second of thirty days.
  [6500, '2026-12-01T12:00', '2026-12-01T12:00', '2027-01-01T12:00', 6500],
  [6500, '2026-11-01T12:00', '2026-11-16T12:00', '2026-12-01T12:00', 3250],
  [1000, '2026-11-01T12:00', '2026-11-21T12:00', '2026-12-01T12:00', 333],
  [2_592_000, '2026-11-01T12:00:00', '2026-12-01T11:59:59', '2026-12-01T12:00:00', 1],
  [6500, '2026-11-01T12:00', '2026-11-20T09:30', '2026-12-01T12:00', 2406],
  [-6500, '2026-11-01T12:00', '2026-11-20T09:30', '2026-12-01T12:00', -2406],
])('%d for the time from %s, of which %s until %s is %d', (amount, start, from, end, expected) => {
  expect(prorated(amount, at(start), at(from), at(end), 'eur')).toBe(expected)
})

test.each([
  [{ day: 1, hour: 12, minute: 0, second: 0 }, '2026-11-20T09:30:00', '2026-12-01T12:00:00'],
  [{ day: 20, hour: 12, minute: 0, second: 0 }, '2026-11-20T09:30:00', '2026-11-20T12:00:00'],
  [{ day: 20, hour: 9, minute: 30, second: 0 }, '2026-11-20T09:30:00', '2026-12-20T09:30:00'],
  [{ day: 31, hour: null, minute: null, second: null }, '2027-02-03T08:00:07', '2027-02-28T08:00:07'],
  [{ day: 29, month: 2, hour: 0, minute: 0, second: 0 }, '2026-11-20T09:30:00', '2027-02-28T00:00:00'],
])('%o after %s is first at %s', (config, after, expected) => {
  expect(firstAnchor({ month: null, ...config }, at(after))).toBe(at(expected))
})

test('a period that began on a short month’s last day goes on with the day that was asked for', () => {
  const anchor = at('2027-02-28T12:00')
  expect(billingDate(anchor, 'month', 1, 31)).toBe(at('2027-03-31T12:00'))
  expect(nextBillingDate(anchor, 'month', 1, at('2027-03-31T12:00'), 31)).toBe(at('2027-04-30T12:00'))
  expect(nextBillingDate(anchor, 'month', 1, at('2027-03-05T12:00'))).toBe(at('2027-03-28T12:00'))
})

test('what is due comes out by time, and within one second in the order in which it was put down', () => {
  const chance = random(3)
  const agenda: Task[] = []
  const tasks = Array.from({ length: 500 }, (_, seq): Task => {
    return { at: Math.floor(chance.next() * 40), seq, job: 'attempt', id: String(seq) }
  })
  for (const task of tasks) putDown(agenda, task)
  const taken: Task[] = []
  for (let task = takeDue(agenda, 29); task !== null; task = takeDue(agenda, 29)) taken.push(task)
  const due = tasks.filter((task) => task.at <= 29)
  expect(taken).toEqual(due.toSorted((a, b) => a.at - b.at || a.seq - b.seq))
  expect(agenda).toHaveLength(500 - due.length)
})
