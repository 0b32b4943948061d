// Of a large space the report thread keeps the spans of memberships and reads them anew step by step; figures tell of which
// moment they are.
import { expect, test } from 'vitest'
import { keptSpans } from '../../src/main/app/kept-spans.ts'
import { membershipNumbers } from '../../src/main/app/membership-numbers.ts'
import { DAY, MINUTE } from '../../src/main/domain/time.ts'
import { openForReading } from '../../src/main/store/open.ts'
import { freshFolder, MIGRATIONS, openFresh } from '../store/folder.ts'
import { value } from './agreed-desk.ts'

const MANY = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= 5000)'

test('what is kept, for how long, and how it is renewed', () => {
  const folder = freshFolder()
  const db = openFresh('desk', folder)
  const desk = openForReading(folder, 'desk', MIGRATIONS)
  let now = Date.parse('2026-11-20T12:00Z')
  const deps = { version: '1', desk, access: null, report: null, deskId: 'd', now: () => now, live: null }
  db.exec(`
    INSERT INTO plan (id, name, created_at) VALUES ('full', 'Full', 0);
    ${MANY} INSERT INTO member (id, name, created_at, origin) SELECT 'p' || i, 'x', 0, 'd' FROM n;
    ${MANY} INSERT INTO membership (id, kind, plan_id, payer_id, created_at, origin) SELECT 's' || i, 'manual', 'full', 'p' || i, 0, 'd' FROM n;
    ${MANY} INSERT INTO membership_cover SELECT 's' || i, 'p' || i, 0, NULL FROM n;
    ${MANY} INSERT INTO membership_term SELECT 't' || i, 's' || i, 0, 4e12, 'cash', NULL, NULL, NULL, 0, 'x', 'd' FROM n;`)
  const told = () => {
    const { asOf, months } = value(membershipNumbers(deps, {}))
    return { asOf: Date.parse(asOf), members: months.at(-1)?.members }
  }
  const renew = () => [...keptSpans.renew(deps)].length
  const leaves = (n: number) => db.exec(`UPDATE membership_cover SET until_at = 1 WHERE member_id = 'p${n}'`)

  // Nobody asked yet: whoever does first does not wait for it either.
  expect(renew()).toBeGreaterThan(3)
  const first = now
  now += MINUTE
  expect(told()).toEqual({ asOf: first, members: 5_001 })
  leaves(7)
  now += MINUTE - 1
  expect(told()).toEqual({ asOf: first, members: 5_001 })
  // Whoever asks meanwhile has the figures of before, and of one moment.
  const steps = keptSpans.renew(deps)
  steps.next()
  steps.next()
  expect(told()).toEqual({ asOf: first, members: 5_001 })
  const second = now
  now += 1_000
  for (const _ of steps);
  expect(told()).toEqual({ asOf: second, members: 5_000 })
  // Unless they are too old.
  leaves(8)
  now += 2 * MINUTE
  expect(told()).toEqual({ asOf: now, members: 4_999 })
  // A clock that was set back.
  leaves(9)
  now -= 10 * MINUTE
  expect(told()).toEqual({ asOf: now, members: 4_998 })
  // What was made at once meanwhile is newer than what a renewal began before it.
  const late = keptSpans.renew(deps)
  late.next()
  now += 2 * MINUTE
  expect(told()).toEqual({ asOf: now, members: 4_998 })
  for (const _ of late);
  expect(told()).toEqual({ asOf: now, members: 4_998 })
  // Whoever asks during a renewal has asked.
  now += DAY - 1
  const during = keptSpans.renew(deps)
  during.next()
  expect(told().asOf).toBe(now)
  for (const _ of during);
  now += DAY - 1
  expect(renew()).toBeGreaterThan(3)
  now += DAY
  expect(renew()).toBe(0)
  desk.close()
})

test('of a small space nothing is kept, and it is not read ahead again', () => {
  const folder = freshFolder()
  openFresh('desk', folder)
  const desk = openForReading(folder, 'desk', MIGRATIONS)
  let now = Date.parse('2026-11-20T12:00Z')
  const deps = { version: '1', desk, access: null, report: null, deskId: 'd', now: () => now, live: null }
  for (const _ of keptSpans.renew(deps));
  expect([...keptSpans.renew(deps)]).toEqual([])
  now += 1
  expect(value(membershipNumbers(deps, {})).asOf).toBe(new Date(now).toISOString())
  desk.close()
})
