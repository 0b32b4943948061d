// The journals of money: the facts of each payment, refund and gift card, in the order in which they were written.
import type { MoneyKind } from '../domain/money-journal.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { idsOfPerson } from './people-merge.ts'
import { sql } from './statement.ts'

type Fact = { at: Ms; kind: string }
export type Written<F> = { id: string; operator: string; facts: F[] }
type Row = { id: string; at: Ms; kind: string; operator: string; data: string }

/** Empty for one that is not there. */
export function moneyFacts<F extends Fact>(db: ReadDb, id: string): F[] {
  return sql<Row>(db, 'SELECT id, at, kind, operator, data FROM money_fact WHERE id = ? ORDER BY n')
    .all(id)
    .map(toFact<F>)
}

/** `subject`: what it is about, such as an invoice; only of the first. `memberId`: only where the fact names somebody. */
export function addMoneyFact(
  db: WriteDb,
  what: MoneyKind,
  id: string,
  fact: Fact,
  by: { origin: string; operator: string; subject?: string; memberId?: string },
): void {
  const { at, kind, ...data } = fact
  const { origin, operator, subject = null, memberId = null } = by
  sql(
    db,
    `INSERT INTO money_fact (id, n, what, at, origin, operator, kind, subject, member_id, data) VALUES (@id,
       (SELECT coalesce(max(n), 0) + 1 FROM money_fact WHERE id = @id), @what, @at, @origin, @operator, @kind, @subject, @memberId, @data)`,
  ).run({ id, what, at, origin, operator, kind, subject, memberId, data: JSON.stringify(data) })
}

/** Every journal of a kind, the newest first: those about one subject, those of one person or of whoever was merged into
 * them, or only those that are not closed. */
export function moneyJournals<F extends Fact>(
  db: ReadDb,
  what: MoneyKind,
  {
    subject = null,
    memberId = null,
    open = false,
  }: { subject?: string | null; memberId?: string | null; open?: boolean },
): Written<F>[] {
  const ids = sql<{ id: string; operator: string }>(
    db,
    `SELECT id, operator FROM money_fact f WHERE what = @what AND kind = 'started'
       AND (@subject IS NULL OR subject = @subject)
       AND (@people IS NULL OR EXISTS (SELECT 1 FROM money_fact p WHERE p.id = f.id AND p.member_id IN (SELECT value FROM json_each(@people))))
       AND (@open = 0 OR NOT EXISTS (SELECT 1 FROM money_fact c WHERE c.id = f.id AND c.kind = 'closed'))
     ORDER BY at DESC, id DESC`,
  ).all({
    what,
    subject,
    people: memberId === null ? null : JSON.stringify(idsOfPerson(db, memberId)),
    open: open ? 1 : 0,
  })
  return ids.map(({ id, operator }) => ({ id, operator, facts: moneyFacts<F>(db, id) }))
}

function toFact<F extends Fact>({ at, kind, data }: Row): F {
  return { ...JSON.parse(data), at, kind } as F
}
