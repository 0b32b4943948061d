// Of a large space the report thread keeps what it read for a minute: lines only while nothing is written, spans of
// memberships whatever happens, which their figures tell by their moment.
import { expect, test } from 'vitest'
import { lateIn } from '../../src/main/app/late-lines.ts'
import { membershipNumbers } from '../../src/main/app/membership-numbers.ts'
import { MINUTE } from '../../src/main/domain/time.ts'
import { openForReading } from '../../src/main/store/open.ts'
import { freshFolder, MIGRATIONS, openFresh } from '../store/folder.ts'
import { value } from './agreed-desk.ts'

const MANY = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= 5000)'

test('what is kept, and for how long', () => {
  const folder = freshFolder()
  const db = openFresh('desk', folder)
  const desk = openForReading(folder, 'desk', MIGRATIONS)
  let now = Date.parse('2026-11-20T12:00Z')
  const deps = {
    version: '1',
    desk,
    access: null,
    report: openFresh('report'),
    deskId: 'd',
    now: () => now,
    live: null,
  }
  const due = now - 86_400_000
  db.exec(`
    INSERT INTO plan (id, name, created_at) VALUES ('full', 'Full', 0);
    ${MANY} INSERT INTO late_payment SELECT 'acct', 'in_' || i, 'm', 'eur', 100, 0, ${due}, 'paid', ${due}, 'card', NULL, 1, NULL FROM n;
    ${MANY} INSERT INTO member (id, name, created_at, origin) SELECT 'p' || i, 'x', 0, 'd' FROM n;
    ${MANY} INSERT INTO membership (id, kind, plan_id, payer_id, created_at, origin) SELECT 's' || i, 'manual', 'full', 'p' || i, 0, 'd' FROM n;
    ${MANY} INSERT INTO membership_cover SELECT 's' || i, 'p' || i, 0, NULL FROM n;
    ${MANY} INSERT INTO membership_term SELECT 't' || i, 's' || i, 0, 4e12, 'cash', NULL, NULL, NULL, 0, 'x', 'd' FROM n;`)
  const lines = () => lateIn(deps, 'eur')
  const members = () => value(membershipNumbers(deps, {})).months.at(-1)?.members
  const first = lines()
  expect([first.lines.length, members()]).toEqual([5_001, 5_001])
  now += MINUTE - 1
  expect(lines()).toBe(first)
  // Where the handle itself may write nothing is kept.
  expect(lateIn({ ...deps, report: null }, 'eur')).not.toBe(first)

  db.exec(
    "DELETE FROM late_payment WHERE invoice_id = 'in_7'; UPDATE membership_cover SET until_at = 1 WHERE member_id = 'p7'",
  )
  expect(lines().lines).toHaveLength(5_000)
  expect(members()).toBe(5_001)
  now += 1
  expect(members()).toBe(5_000)
  const second = lines()
  now += MINUTE
  expect(lines()).not.toBe(second)
  now -= 2 * MINUTE
  expect(lines().now).toBe(now)
  desk.close()
})
