// What was said since a backup to keep somebody out holds on when that backup comes back: a restore must open no door.
import Database from 'better-sqlite3'
import { credentialAt, mayNoLongerOpen } from '../domain/credential.ts'
import type { Ms } from '../domain/time.ts'
import { allCredentials } from './credentials.ts'
import { type Bar, barAt, barsAt, writeBar } from './door-orders.ts'
import { memberById } from './members.ts'
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
      // A card whose import was undone since is one of which nothing is known.
      return mayNoLongerOpen(credentialAt(facts, at), now.get(canonical) ?? credentialAt([], at))
    })
    const bars = barsAt(db, at)
    return desk.transaction(() => ({
      cards: changed.filter((card) => carryFacts(desk, db, card) > 0).map(({ canonical }) => canonical),
      people: bars.flatMap((bar) => carryBar(desk, bar, at) ?? []),
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
       (id, credential_id, kind, at, origin, operator, member_id, reason, valid_from, valid_until, due_at, loaner, withdraws)
     SELECT @id, @card, @kind, @at, @origin, @operator, @member_id, @reason, @valid_from, @valid_until, @due_at, @loaner,
       @withdraws
     WHERE (@member_id IS NULL OR EXISTS (SELECT 1 FROM member WHERE id = @member_id))
       AND (@withdraws IS NULL OR EXISTS (SELECT 1 FROM credential_fact WHERE id = @withdraws))`,
  )
  return facts.reduce((count, fact) => count + write.run({ ...fact, card: card.id }).changes, 0)
}

/** The name of whom it bars; null where that is not news. */
function carryBar(desk: WriteDb, bar: Bar, at: Ms): string | null {
  const person = memberById(desk, bar.memberId)
  const known = barAt(desk, bar.memberId, at)
  if (person === null || (known !== null && !lastsLonger(bar.until, known.until))) return null
  writeBar(desk, bar)
  return person.name
}

const lastsLonger = (until: Ms | null, than: Ms | null) => than !== null && (until === null || until > than)
