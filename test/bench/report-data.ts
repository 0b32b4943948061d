// A made-up space of any size for the bench of reports, written straight into the two databases.
import { randomBytes } from 'node:crypto'
import { POLICY_VERSION } from '../../src/main/domain/decide.ts'
import { DAY, MINUTE } from '../../src/main/domain/time.ts'
import { writeSyncState } from '../../src/main/store/billing-inbox.ts'
import { insertCredential, insertCredentialFact } from '../../src/main/store/credentials.ts'
import { insertDoor } from '../../src/main/store/doors.ts'
import { openForWriting, type WriteDb } from '../../src/main/store/open.ts'
import { insertPlan } from '../../src/main/store/plans.ts'
import { writeSetting } from '../../src/main/store/settings.ts'

export const DESK = 'bench'
export const CARD = 'em:6F00000001'
export const PER_MEMBER = { invoices: 12, swipes: 50 }
const PLANS = 6

/** `people`: their number. The door opens for the card of one of them. */
export function fill(dataDir: string, migrations: string, people: number): { id: string; key: string } {
  const now = Date.now()
  const desk = openForWriting(dataDir, 'desk', migrations)
  writeSetting(desk, 'deskId', DESK, now)
  writeSetting(desk, 'timeZone', 'Europe/Berlin', now)
  writeSyncState(desk, { freshFrom: now - MINUTE })
  for (let n = 0; n < PLANS; n++) insertPlan(desk, { id: `plan-${n}`, name: `Plan ${n}`, at: now })
  const door = { id: 'front', key: randomBytes(32).toString('hex') }
  insertDoor(desk, { ...door, name: 'Front', driver: 'native', format: null, at: now })
  desk.pragma('synchronous = OFF')
  desk.transaction(() => {
    for (const statement of DESK_ROWS) desk.exec(written(statement, { now, people, day: DAY, plans: PLANS }))
  })()
  insertCredential(desk, 'card', CARD, now)
  const memberId = String(
    desk
      .prepare(`SELECT ${idOf('m', '1')}`)
      .pluck()
      .get(),
  )
  const fact = { kind: 'enrolled', at: now - DAY, memberId, validFrom: null, validUntil: null } as const
  insertCredentialFact(desk, 'card', fact, { id: 'fact', origin: DESK, operator: 'owner' })
  done(desk)

  const access = openForWriting(dataDir, 'access', migrations)
  access.pragma('synchronous = OFF')
  const swipes = people * PER_MEMBER.swipes
  const AT_ONCE = 100_000
  for (let from = 1; from <= swipes; from += AT_ONCE)
    access.exec(written(SWIPES, { from, to: Math.min(swipes, from + AT_ONCE - 1), swipes, now, people, day: DAY }))
  access.exec(PRESENTATIONS)
  access.exec(written(LAST_SEEN, { now, people, day: DAY }))
  done(access)
  return door
}

/** Whole numbers stay whole, which bound ones do not. */
function written(statement: string, numbers: Record<string, number>): string {
  return statement.replace(/@(\w+)/g, (_, name) => String(numbers[name]))
}

function done(db: WriteDb): void {
  db.exec('ANALYZE')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

/** As long as the real ones are. */
const idOf = (what: string, n: string) => `printf('0192f0c4-7a0${what === 'm' ? 0 : 1}-7000-8000-%012d', ${n})`
const MANY = (from: string, to: string) =>
  `WITH RECURSIVE n (i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to})`
const PEOPLE = MANY('0', '@people - 1')
const INVOICES = MANY('0', `@people * ${PER_MEMBER.invoices} - 1`)
const CREATED = '@now - (i * 7919 % 1825 + 1) * @day'
const ENDED = `CASE WHEN i % 10 < 3 AND i <> 1 THEN nullif(min(${CREATED} + (i * 31 % 900 + 30) * @day, @now), @now) END`
/** Some last months are past; most are within the next years. */
const CARD_EXPIRES = "strftime('%Y-%m', @now / 1000 + (i * 37 % 1400 - 20) * 86400, 'unixepoch')"
const CURRENCY = (i: string) => `CASE WHEN ${i} % 20 = 0 THEN 'usd' WHEN ${i} % 50 = 1 THEN 'kwd' ELSE 'eur' END`
const MEMBER = `(i / ${PER_MEMBER.invoices})`
const MONTHS_AGO = `(i % ${PER_MEMBER.invoices})`
const DUE = `@now - ${MONTHS_AGO} * 30 * @day - (i % 27) * @day`
/** One of seventeen was late; the newest of some is open. */
const OPEN = `(${MONTHS_AGO} = 0 AND ${MEMBER} % 33 = 0)`
const LATE = `(i % 17 = 0 OR ${OPEN})`

const DESK_ROWS = [
  `${PEOPLE} INSERT INTO member (id, name, created_at, origin) SELECT ${idOf('m', 'i')}, 'Member ' || i, @now, '${DESK}' FROM n`,
  `${PEOPLE} INSERT INTO stripe_customer (account, id, created, name, api_version, fetched_at, seen_run, card_expires)
   SELECT 'acct', 'cus_' || i, ${CREATED}, 'Member ' || i, '1', @now, 1, ${CARD_EXPIRES} FROM n`,
  `${PEOPLE} INSERT INTO member_customer SELECT 'acct', 'cus_' || i, ${idOf('m', 'i')}, @now FROM n`,
  `${MANY('0', '@plans * 3 - 1')} INSERT INTO stripe_price (account, id, created, product_id, recurring, interval, unit_amount, currency, api_version, fetched_at, seen_run)
   SELECT 'acct', 'price_' || i, @now, 'prod', 1, CASE WHEN i / 3 = 5 THEN 'year' ELSE 'month' END, 2000 + i * 700,
     CASE i % 3 WHEN 0 THEN 'eur' WHEN 1 THEN 'usd' ELSE 'kwd' END, '1', @now, 1 FROM n`,
  `${PEOPLE} INSERT INTO stripe_subscription (account, id, created, customer_id, status, period_end, ended_at, pause_collection, api_version, fetched_at, seen_run, currency, items)
   SELECT 'acct', 'sub_' || i, ${CREATED}, 'cus_' || i, CASE WHEN (${ENDED}) IS NULL THEN 'active' ELSE 'canceled' END, @now + (i * 11 % 30) * @day, ${ENDED}, 0, '1', @now, 1,
     ${CURRENCY('i')}, json_array(json_object('id', 'si_' || i, 'priceId', 'price_' || (i % @plans * 3 + CASE ${CURRENCY('i')} WHEN 'eur' THEN 0 WHEN 'usd' THEN 1 ELSE 2 END),
       'productId', 'prod', 'quantity', 1, 'discounts', json_array())) FROM n`,
  `${PEOPLE} INSERT INTO membership (id, kind, account, subscription_id, plan_id, created_at, origin)
   SELECT ${idOf('s', 'i')}, 'stripe', 'acct', 'sub_' || i, 'plan-' || (i % @plans), @now, '${DESK}' FROM n`,
  `${PEOPLE} INSERT INTO membership_cover SELECT ${idOf('s', 'i')}, ${idOf('m', 'i')}, ${CREATED}, NULL FROM n`,
  `${PEOPLE} INSERT INTO entitlement (membership_id, plan_id, phase, paid_until, grace_start, grace_until, debit_processing, allowance, unpaid, method, frozen_open, cause)
   SELECT ${idOf('s', 'i')}, 'plan-' || (i % @plans), CASE WHEN (${ENDED}) IS NOT NULL THEN 'ended' WHEN i % 33 = 0 THEN 'owing' ELSE 'paid' END,
     @now + 20 * @day, CASE WHEN i % 33 = 0 THEN @now + (i % 14 - 14) * @day END, CASE WHEN i % 33 = 0 THEN @now + (i % 14 - 7) * @day END, 0, 7 * @day, 0, 'card', 0, 'late' FROM n`,
  `INSERT INTO entitlement_version (membership_id, n, at, plan_id, phase, paid_until, grace_start, grace_until, debit_processing, allowance, unpaid, method, frozen_open, pause_unreviewed, cause)
   SELECT membership_id, 1, @now - 400 * @day, plan_id, phase, paid_until, grace_start, grace_until, debit_processing, allowance, unpaid, method, frozen_open, 0, cause FROM entitlement`,
  // Nearly everybody has a card; that of the second is the door's.
  `${PEOPLE} INSERT INTO credential SELECT 'card-' || i, printf('em:70%08d', i), @now FROM n WHERE i <> 1 AND i % 100 <> 7`,
  `${PEOPLE} INSERT INTO credential_fact (id, credential_id, kind, at, origin, operator, member_id)
   SELECT 'fact-' || i, 'card-' || i, 'enrolled', @now - @day, '${DESK}', 'owner', ${idOf('m', 'i')} FROM n WHERE i <> 1 AND i % 100 <> 7`,
  `${INVOICES} INSERT INTO stripe_invoice (account, id, created, customer_id, subscription_id, number, status, billing_reason, currency, amount_due, amount_remaining,
     due_at, finalized_at, attempt_count, payment_intents, api_version, fetched_at, seen_run, total, paid_at, service_start, service_end, price_ids)
   SELECT 'acct', 'in_' || i, ${DUE}, 'cus_' || ${MEMBER}, 'sub_' || ${MEMBER}, 'N-' || i, CASE WHEN ${OPEN} THEN 'open' ELSE 'paid' END, 'subscription_cycle',
     ${CURRENCY(MEMBER)}, 6500, CASE WHEN ${OPEN} THEN 6500 ELSE 0 END, ${DUE}, ${DUE}, 1, json_array('pi_' || i), '1', @now, 1, 6500, ${DUE}, ${DUE}, ${DUE} + 30 * @day,
     json_array('price_0') FROM n`,
  `${INVOICES} INSERT INTO late_payment SELECT 'acct', 'in_' || i, ${idOf('s', MEMBER)}, ${CURRENCY(MEMBER)}, 6500, 0, ${DUE},
     CASE WHEN ${OPEN} THEN 'open' WHEN i % 5 = 0 THEN 'given-up' ELSE 'paid' END, CASE WHEN ${OPEN} OR i % 5 = 0 THEN NULL ELSE ${DUE} + 6 * @day END,
     'card', CASE i % 3 WHEN 0 THEN 'insufficient_funds' WHEN 1 THEN 'expired_card' ELSE NULL END, 3, NULL FROM n WHERE ${LATE}`,
]

const WHO = '(i * 7919 % @people)'
const AT = 'CAST(@now - 365 * @day + i * (365.0 * @day / @swipes) AS INTEGER)'
const GRACE = (who: string) => `@now + (${who} % 14 - 7) * @day`
const ISO = (ms: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', (${ms}) / 1000.0, 'unixepoch')`
/** What the log keeps of whoever owes, as doors write it. */
const OWING = `json_object('policy', ${POLICY_VERSION}, 'revision', 1, 'card', 'active', 'canonical', '${CARD}', 'freshSince', ${ISO(AT)}, 'memberships', 1,
   'membership', ${idOf('s', WHO)}, 'plan', 'Plan', 'phase', 'owing', 'paidUntil', ${ISO('@now + 20 * @day')}, 'graceUntil', ${ISO(GRACE(WHO))},
   'knownEnd', NULL, 'provisionalUntil', NULL, 'method', 'card', 'cause', 'late')`

/** Over the last year, evenly; one of thirty-three is of somebody who owes. */
const SWIPES = `${MANY('@from', '@to')} INSERT INTO decision
 SELECT '${DESK}', i, ${AT}, 'front', printf('%036d', i), '${CARD}', '${CARD}', ${idOf('m', WHO)}, NOT (${WHO} % 33 = 0 AND ${AT} >= ${GRACE(WHO)}),
   CASE WHEN ${WHO} % 33 > 0 THEN 'ok' WHEN ${AT} < ${GRACE(WHO)} THEN 'ok-grace' ELSE 'lapsed' END, NULL, printf('%036d', i),
   CASE WHEN ${WHO} % 33 > 0 THEN 'paid' WHEN ${AT} < ${GRACE(WHO)} THEN 'grace' ELSE 'grace-over' END,
   CASE WHEN ${WHO} % 33 = 0 THEN ${OWING} ELSE '{"card":"active","memberships":1,"phase":"paid"}' END,
   '{"grant":true,"reason":"ok","open_ms":3000,"receipt":"r","list_rev":1}', printf('%064d', i - 1), printf('%064d', i) FROM n`

/** All in the index, as a desk that has run has them. */
const PRESENTATIONS = `
  INSERT INTO presentation SELECT presentation_key(door_id, presentation_id) AS key, seq FROM decision ORDER BY key;
  INSERT INTO presentation_upto SELECT desk, max(seq) FROM decision GROUP BY desk`

/** One of ten who pay has not come for long; of those who ended, one of a hundred comes still. */
const LAST_SEEN = `${PEOPLE} INSERT INTO presence
 SELECT ${idOf('m', 'i')}, 0, CASE WHEN i % 10 = 5 OR (i % 10 < 3 AND i % 1000 > 2) THEN @now - (70 + i % 200) * @day ELSE @now - (i % 30) * @day END, 'front' FROM n`
