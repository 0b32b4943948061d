// Stripe accounts that this desk has known: the one in use, and former ones that are read no more.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type KnownAccount = {
  account: string
  livemode: boolean
  since: Ms
  /** Null for the one in use. */
  frozenAt: Ms | null
  holdUntil: Ms | null
}

export function knownAccounts(db: ReadDb): KnownAccount[] {
  return sql<Omit<KnownAccount, 'livemode'> & { livemode: number }>(
    db,
    `SELECT account, livemode, since, frozen_at AS frozenAt, hold_until AS holdUntil FROM stripe_account
     ORDER BY frozen_at IS NOT NULL, frozen_at DESC`,
  )
    .all()
    .map((row) => ({ ...row, livemode: row.livemode === 1 }))
}

export function noteAccount(db: WriteDb, account: string, livemode: boolean, at: Ms): void {
  sql(db, 'INSERT OR IGNORE INTO stripe_account (account, livemode, since) VALUES (?, ?, ?)').run(
    account,
    Number(livemode),
    at,
  )
}

/** What of it was marked to be read again never will be. */
export function freezeAccount(db: WriteDb, account: string, at: Ms, holdUntil: Ms): void {
  sql(db, 'UPDATE stripe_account SET frozen_at = ?, hold_until = ? WHERE account = ?').run(at, holdUntil, account)
  sql(db, 'DELETE FROM billing_dirty WHERE account = ?').run(account)
}

/** A former account that comes back into use is read like any other. */
export function thawAccount(db: WriteDb, account: string): void {
  sql(db, 'UPDATE stripe_account SET frozen_at = NULL, hold_until = NULL WHERE account = ?').run(account)
}

export function membershipsOfAccount(db: ReadDb, account: string): string[] {
  return sql<{ id: string }>(db, 'SELECT id FROM membership WHERE account = ? ORDER BY id')
    .all(account)
    .map(({ id }) => id)
}

/** People whose rights are held over from a former account and who have no living subscription in the one in use. */
export function heldWithoutNew(db: ReadDb, account: string, at: Ms): { memberId: string; holdUntil: Ms }[] {
  return sql<{ memberId: string; holdUntil: Ms }>(
    db,
    `SELECT c.member_id AS memberId, max(e.known_end) AS holdUntil
     FROM entitlement e JOIN membership m ON m.id = e.membership_id
     JOIN membership_cover c ON c.membership_id = m.id AND c.until_at IS NULL
     WHERE e.cause = 'held' AND m.account <> @account AND e.known_end > @at AND NOT EXISTS (
       SELECT 1 FROM membership_cover d JOIN membership n ON n.id = d.membership_id
       JOIN entitlement f ON f.membership_id = n.id
       WHERE d.member_id = c.member_id AND d.until_at IS NULL AND n.id <> m.id
         AND (n.account = @account OR n.kind = 'manual') AND f.phase NOT IN ('ended', 'lapsed'))
     GROUP BY c.member_id`,
  ).all({ account, at })
}
