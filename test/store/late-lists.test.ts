// The first of many late payments in the order of a list.
import { expect, test } from 'vitest'
import { calendarAt } from '../../src/main/domain/lapsed-report.ts'
import { DAY, HOUR } from '../../src/main/domain/time.ts'
import { closedSums, firstClosed } from '../../src/main/store/late-lists.ts'
import { openFresh } from './folder.ts'

const NOW = Date.parse('2026-11-20T15:37:00.123Z')
const ZONE = 'Europe/Berlin'

function late(payments: [id: string, due: number, paid: number | null][]) {
  const desk = openFresh('desk')
  for (const [id, due, paid] of payments)
    desk
      .prepare("INSERT INTO late_payment VALUES ('acct', ?, 'm', 'eur', 100, 0, ?, ?, ?, 'card', NULL, 1, NULL)")
      .run(id, due, paid === null ? 'given-up' : 'paid', paid)
  const { starts: months, shifts } = calendarAt(NOW, ZONE)
  const sums = closedSums(desk, 'eur', months, NOW).map(({ id }) => id)
  return (limit: number) =>
    firstClosed(desk, { currency: 'eur', months, until: NOW, sums }, shifts, 'days', limit).map((one) => one.invoiceId)
}

test('days are whole local ones, whether it was paid or given up; of as many the older is first', () => {
  const first = late([
    ['given-up', NOW - 5 * DAY, null],
    ['paid', NOW - 100 * DAY, NOW - 95 * DAY],
  ])
  expect(first(1)).toEqual(['paid'])
})

test('a day of 25 hours is one day, and midnight of the zone ends one', () => {
  const midnight = Date.parse('2026-10-24T22:00Z')
  const first = late([
    // The clock is set back on 25 October.
    ['within the long day', midnight + HOUR, midnight + 24 * HOUR],
    ['over midnight', midnight - HOUR, midnight + HOUR],
  ])
  expect(first(1)).toEqual(['over midnight'])
})
