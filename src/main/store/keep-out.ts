// What was said since a backup to keep somebody out holds on when that backup comes back: a restore must open no door.
import Database from 'better-sqlite3'
import { credentialAt } from '../domain/credential.ts'
import type { Ms } from '../domain/time.ts'
import { allCredentials } from './credentials.ts'
import type { WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** Canonical forms of cards, and names of people. */
export type KeptOut = { cards: string[]; people: string[] }

/** `desk` is the database that comes back, `former` the file of the one that was there. Throws where that cannot be read. */
export function keepOut(desk: WriteDb, former: string, at: Ms): KeptOut {
  const db = new Database(former, { readonly: true })
  try {
    const now = new Map(allCredentials(db).map((card) => [card.canonical, credentialAt(card.facts, at)]))
    const changed = allCredentials(desk).filter(({ canonical, facts }) => {
      const [then, later] = [credentialAt(facts, at), now.get(canonical)]
      if (later === undefined || then.state !== 'active') return false
      return ['lost', 'stolen', 'revoked', 'suspended'].includes(later.state) || later.memberId !== then.memberId
    })
    const bars = sql<Bar>(db, 'SELECT * FROM member_bar WHERE until_at IS NULL OR until_at > ?').all(at)
    return desk.transaction(() => ({
      cards: changed.filter((card) => carryFacts(desk, db, card) > 0).map(({ canonical }) => canonical),
      people: bars.flatMap((bar) => carryBar(desk, bar) ?? []),
    }))()
  } finally {
    db.close()
  }
}

/** How many facts the database that comes back did not have. Of people whom it does not know there is nothing to say. */
function carryFacts(desk: WriteDb, former: Database.Database, card: { id: string; canonical: string }): number {
  const facts = sql<Record<string, unknown>>(
    former,
    `SELECT f.* FROM credential_fact f JOIN credential c ON c.id = f.credential_id WHERE c.canonical = ? ORDER BY f.rowid`,
  ).all(card.canonical)
  const write = sql(
    desk,
    `INSERT OR IGNORE INTO credential_fact
       (id, credential_id, kind, at, origin, operator, member_id, reason, valid_from, valid_until)
     SELECT @id, @card, @kind, @at, @origin, @operator, @member_id, @reason, @valid_from, @valid_until
     WHERE @member_id IS NULL OR EXISTS (SELECT 1 FROM member WHERE id = @member_id)`,
  )
  return facts.reduce((count, fact) => count + write.run({ ...fact, card: card.id }).changes, 0)
}

type Bar = { member_id: string; until_at: Ms | null }

/** The name of whom it bars; null where that is not news. */
function carryBar(desk: WriteDb, bar: Bar): string | null {
  const person = sql<{ name: string }>(desk, 'SELECT name FROM member WHERE id = ?').get(bar.member_id)
  if (person === undefined) return null
  const { changes } = sql(
    desk,
    `INSERT INTO member_bar (member_id, at, until_at, why, operator) VALUES (@member_id, @at, @until_at, @why, @operator)
     ON CONFLICT DO UPDATE SET (at, until_at, why, operator) = (excluded.at, excluded.until_at, excluded.why, excluded.operator)
     WHERE until_at IS NOT NULL AND (excluded.until_at IS NULL OR excluded.until_at > until_at)`,
  ).run(bar)
  return changes > 0 ? person.name : null
}
