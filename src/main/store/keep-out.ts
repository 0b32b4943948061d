// What was said since a backup to keep somebody out holds on when that backup comes back: a restore must open no door.
import Database from 'better-sqlite3'
import { credentialAt, mayNoLongerOpen } from '../domain/credential.ts'
import type { Ms } from '../domain/time.ts'
import { allCredentials } from './credentials.ts'
import { type Bar, barAt, barsAt, endOrder, orderAt, writeBar, writeOrder } from './door-orders.ts'
import { allDoors, type Door } from './doors.ts'
import { memberById } from './members.ts'
import type { WriteDb } from './open.ts'
import { overrideById } from './overrides.ts'
import { sql } from './statement.ts'

/** Canonical forms of cards, names of people and of doors. */
export type KeptOut = { cards: string[]; people: string[]; doors: string[] }

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
    return desk.transaction(() => {
      const cards = changed.filter((card) => carryFacts(desk, db, card) > 0).map(({ canonical }) => canonical)
      const barred = bars.flatMap((bar) => carryBar(desk, bar, at) ?? [])
      const isLater = !isOlder(db, desk)
      const doors = allDoors(desk).filter((door) =>
        [carryKey(desk, db, door), isLater && carryOrder(desk, db, door, at)].some(Boolean),
      )
      const keyless = isLater ? takeKeysBack(desk, db) : []
      const people = [...barred, ...keyless, ...endWords(desk, db, at)]
      endWhatWasEnded(desk, db)
      return { cards, people: [...new Set(people)], doors: doors.map(({ name }) => name) }
    })()
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

/** A key that was changed since, or taken away with the door: the controller that had the old one may be stolen. */
function carryKey(desk: WriteDb, former: Database.Database, { id, keyEpoch }: Door): boolean {
  const now = sql<{ key: string | null; keyEpoch: number; removedAt: Ms | null }>(
    former,
    'SELECT key, key_epoch AS keyEpoch, removed_at AS removedAt FROM door WHERE id = ?',
  ).get(id)
  if (now === undefined || (now.removedAt === null && now.keyEpoch <= keyEpoch)) return false
  sql(desk, 'UPDATE door SET key = ?, key_epoch = ? WHERE id = ?').run(now.key, now.keyEpoch, id)
  return true
}

/** A lockdown goes on, and a hold that was ended does not come back. */
function carryOrder(desk: WriteDb, former: Database.Database, { id }: Door, at: Ms): boolean {
  const [now, brought] = [orderAt(former, id, at), orderAt(desk, id, at)]
  const isStricter =
    now?.mode === 'lockdown' && (brought?.mode !== 'lockdown' || (now.withKeyholders && !brought.withKeyholders))
  if (isStricter) writeOrder(desk, now)
  return isStricter || (brought?.mode === 'held-open' && now?.mode !== 'held-open' && endOrder(desk, id))
}

/** Whether the backup goes on from what was there, whose orders and keys are then out of date. */
function isOlder(former: Database.Database, desk: WriteDb): boolean {
  const last = 'SELECT desk, seq, hash FROM action ORDER BY at DESC, seq DESC LIMIT 1'
  const next = 'SELECT 1 FROM action WHERE desk = @desk AND previous = @hash'
  const head = sql(former, last).get()
  return head !== undefined && sql(desk, next).get(head) !== undefined
}

/** Names of those who hold fewer keys than the database that comes back says. */
function takeKeysBack(desk: WriteDb, former: Database.Database): string[] {
  const keys = 'SELECT member_id AS memberId, door_id AS doorId FROM keyholder ORDER BY member_id, door_id'
  const held = new Set(
    sql<Key>(former, keys)
      .all()
      .map((key) => JSON.stringify(key)),
  )
  const gone = sql<Key>(desk, keys)
    .all()
    .filter((key) => !held.has(JSON.stringify(key)))
  for (const key of gone) sql(desk, 'DELETE FROM keyholder WHERE member_id = @memberId AND door_id = @doorId').run(key)
  return gone.flatMap(({ memberId }) => memberById(desk, memberId)?.name ?? [])
}

type Key = { memberId: string; doorId: string }

/** Names of those whose access by somebody's word was ended before its time. */
function endWords(desk: WriteDb, former: Database.Database, at: Ms): string[] {
  const end = sql(
    desk,
    `INSERT OR IGNORE INTO access_override_end SELECT @override_id, @at, @operator, @origin
     WHERE EXISTS (SELECT 1 FROM access_override WHERE id = @override_id)`,
  )
  const ends = sql<{ override_id: string }>(former, 'SELECT * FROM access_override_end').all()
  return ends
    .filter((one) => end.run(one).changes > 0)
    .flatMap(({ override_id: id }) => {
      const word = overrideById(desk, id)
      return word !== null && word.until > at ? (memberById(desk, word.memberId)?.name ?? []) : []
    })
}

function endWhatWasEnded(desk: WriteDb, former: Database.Database): void {
  for (const table of ['outage_extension', 'event']) {
    const end = sql(desk, `UPDATE ${table} SET ended_at = @at WHERE id = @id AND ended_at IS NULL`)
    const ended = sql(former, `SELECT id, ended_at AS at FROM ${table} WHERE ended_at IS NOT NULL`).all()
    for (const one of ended) end.run(one)
  }
}

const lastsLonger = (until: Ms | null, than: Ms | null) => than !== null && (until === null || until > than)
