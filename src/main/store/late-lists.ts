// Late payments as lists ask for them: what is open, sums of what is closed, and the first of many without reading the rest.
import { DAY, type Ms, type Shift } from '../domain/time.ts'
import { COLUMNS, type StoredLatePayment } from './late-payments.ts'
import { PERSON_BEHIND } from './membership-seats.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

/** In one currency, those that fell due before a moment and are open; the oldest first. */
export function openLatePayments(db: ReadDb, currency: string, until: Ms): StoredLatePayment[] {
  return sql<StoredLatePayment>(
    db,
    `SELECT ${COLUMNS} FROM late_payment WHERE currency = ? AND state = 'open' AND due_at < ? ORDER BY due_at, invoice_id`,
  ).all(currency, until)
}

/** The same of those that were paid or given up, from a moment on. */
export function closedLatePayments(db: ReadDb, currency: string, since: Ms, until: Ms): StoredLatePayment[] {
  return sql<StoredLatePayment>(
    db,
    `SELECT ${COLUMNS} FROM late_payment WHERE currency = @currency AND state IN ('paid', 'given-up')
       AND due_at >= @since AND due_at < @until ORDER BY due_at, invoice_id`,
  ).all({ currency, since, until })
}

/** Of those, as many as read alike in one row: `dueAt` is the first moment of their month, `span` the time from due to paid;
 * `id` is what they have in common. */
export type ClosedSum = Pick<
  StoredLatePayment,
  'amount' | 'returned' | 'dueAt' | 'paidAt' | 'method' | 'code' | 'attempts'
> & {
  id: string
  state: 'paid' | 'given-up'
  count: number
  span: Ms
}

/** `months`: their first moments, the oldest first. */
export function closedSums(db: ReadDb, currency: string, months: readonly Ms[], until: Ms): ClosedSum[] {
  return sql<ClosedSum>(
    db,
    `SELECT json_array(state, dueAt, method, code, attempts, someReturned, someStayed, unpaid) AS id, state, dueAt, method,
       code, attempts, amount, returned, count, paidAt, span
     FROM (
       SELECT state, ${monthSql(months)} AS dueAt, method, code, attempts > 0 AS attempts, returned > 0 AS someReturned,
         returned < amount AS someStayed, paid_at IS NULL AS unpaid, sum(amount) AS amount, sum(returned) AS returned,
         count(*) AS count, max(paid_at) AS paidAt, sum(max(0, paid_at - due_at)) AS span
       FROM late_payment
       WHERE currency = @currency AND state IN ('paid', 'given-up') AND due_at >= @since AND due_at < @until
       GROUP BY 1, 2, 3, 4, 5, 6, 7, 8)`,
  ).all({ currency, since: months[0] ?? until, until })
}

/** The payments behind some of those sums, by their ids. */
export type BehindSums = { currency: string; months: readonly Ms[]; until: Ms; sums: readonly string[] }

/** The first of them, in no order: by the local days from due to paid, or to `until`; or by what a list shows of each. */
export function firstClosed(
  db: ReadDb,
  { currency, months, until, sums }: BehindSums,
  shifts: readonly Shift[],
  by: 'days' | keyof typeof AMOUNTS,
  limit: number,
): StoredLatePayment[] {
  // Bound numbers have a fraction, of which days would be left with one.
  const end = "iif(state = 'paid' AND paid_at IS NOT NULL, paid_at, CAST(@until AS INTEGER))"
  const days = `${daySql(end, shifts)} - ${daySql('due_at', shifts)}`
  const amount = by === 'days' ? '' : `${AMOUNTS[by]} DESC,`
  return sql<StoredLatePayment>(
    db,
    // Found in the index alone, and only then read.
    `SELECT ${COLUMNS} FROM late_payment WHERE (account, invoice_id) IN (
       SELECT account, invoice_id FROM late_payment
       WHERE currency = @currency AND state IN ('paid', 'given-up') AND due_at >= @since AND due_at < @until
         AND ${alike(months)} IN (SELECT value FROM json_each(@sums))
       ORDER BY ${amount} max(0, ${days}) DESC, due_at, invoice_id LIMIT @limit)`,
  ).all({ currency, since: months[0] ?? until, until, sums: JSON.stringify(sums), limit })
}

/** Memberships that have anything to do with a person. */
const OF_PERSON = `SELECT id FROM membership WHERE payer_id = m.id
  UNION SELECT o.id FROM member_customer c
    JOIN stripe_subscription t ON t.account = c.account AND t.customer_id = c.customer_id
    JOIN membership o ON o.account = t.account AND o.subscription_id = t.id WHERE c.member_id = m.id
  UNION SELECT membership_id FROM membership_cover WHERE member_id = m.id`

/** The first of them and of some open invoices by the name of the person behind; those without anybody are left out. */
export function firstByName(
  db: ReadDb,
  { currency, months, until, sums }: BehindSums,
  open: readonly string[],
  limit: number,
): StoredLatePayment[] {
  return sql<StoredLatePayment>(
    db,
    // People in the order of their names, and no further than needed: whoever would sort all payments asks for each one's name.
    `SELECT ${COLUMNS.replace('account', 'l.account')} FROM member m CROSS JOIN membership s ON s.id IN (${OF_PERSON})
       CROSS JOIN late_payment l ON l.membership_id = s.id
     WHERE currency = @currency AND ${PERSON_BEHIND} = m.id
       AND iif(l.state = 'open', l.invoice_id IN (SELECT value FROM json_each(@open)),
         due_at >= @since AND due_at < @until AND ${alike(months)} IN (SELECT value FROM json_each(@sums)))
     ORDER BY m.name COLLATE NOCASE, m.id, due_at, invoice_id LIMIT @limit`,
  ).all({
    ...{ currency, since: months[0] ?? until, until, limit },
    ...{ sums: JSON.stringify(sums), open: JSON.stringify(open) },
  })
}

const AMOUNTS = {
  recovered: 'amount - returned',
  lost: "iif(state = 'paid', returned, amount)",
  whole: 'amount',
}

const monthSql = (months: readonly Ms[]) =>
  `CASE ${months
    .toReversed()
    .map((start) => `WHEN due_at >= ${start} THEN ${start}`)
    .join(' ')} END`

/** What payments have in common that stand in one sum. */
const alike = (months: readonly Ms[]) =>
  `json_array(state, ${monthSql(months)}, method, code, attempts > 0, returned > 0, returned < amount, paid_at IS NULL)`

/** The number of the local day that holds a moment. */
const daySql = (moment: string, shifts: readonly Shift[]) => {
  const later = shifts.toReversed().map(({ from, ahead }) => `WHEN ${moment} >= ${from} THEN ${ahead}`)
  return `(${moment} + CASE ${later.join(' ')} ELSE ${shifts[0]?.ahead ?? 0} END) / ${DAY}`
}
