// How far a full read has come: ranges of `created`, each read newest first. Moved on in the transaction that stores a page.
import type { BillingKind } from '../domain/billing.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** Seconds, as Stripe's `created`: from <= created < to. `after` is the id that was read last. */
export type Range = { kind: BillingKind; from: number; to: number; after: string | null }

/** Forgets earlier runs, and begins this one. */
export function beginRanges(db: WriteDb, account: string, run: number, ranges: readonly Range[]): void {
  db.transaction(() => {
    sql(db, 'DELETE FROM billing_range WHERE account = ?').run(account)
    for (const range of ranges) addRange(db, account, run, range)
  }).immediate()
}

/** What is left to read. */
export function openRanges(db: ReadDb, account: string, run: number): Range[] {
  return sql<Range>(
    db,
    `SELECT kind, from_s AS "from", to_s AS "to", after FROM billing_range
     WHERE account = ? AND run = ? AND done = 0`,
  ).all(account, run)
}

/** Cuts what is left of a range in two: the newer part keeps its place, the older one is new. */
export function cutRange(db: WriteDb, account: string, run: number, range: Range, at: number): Range {
  const older: Range = { kind: range.kind, from: range.from, to: at, after: null }
  db.transaction(() => {
    sql(db, 'UPDATE billing_range SET from_s = ? WHERE account = ? AND run = ? AND kind = ? AND to_s = ?').run(
      at,
      account,
      run,
      range.kind,
      range.to,
    )
    addRange(db, account, run, older)
  }).immediate()
  return older
}

/** To be called in the transaction that stores the page. */
export function moveRange(db: WriteDb, account: string, run: number, { kind, to, after }: Range, done: boolean): void {
  sql(db, 'UPDATE billing_range SET after = ?, done = ? WHERE account = ? AND run = ? AND kind = ? AND to_s = ?').run(
    after,
    done ? 1 : 0,
    account,
    run,
    kind,
    to,
  )
}

function addRange(db: WriteDb, account: string, run: number, { kind, from, to, after }: Range): void {
  sql(db, 'INSERT INTO billing_range (account, run, kind, from_s, to_s, after) VALUES (?, ?, ?, ?, ?, ?)').run(
    account,
    run,
    kind,
    from,
    to,
    after,
  )
}
