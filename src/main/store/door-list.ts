// The list of each door in access.db: what was made, what changed since a revision; and what of desk.db it is made from.
import { isCardForm, writtenIn } from '../domain/card-identity.ts'
import type { Hours } from '../domain/schedule.ts'
import type { Ms } from '../domain/time.ts'
import type { Door } from './doors.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type ListEntry = { card: string; until: Ms; windows: Hours; always: boolean }

/** `format`: how the door writes cards; a list is made anew where that or the key has changed. */
export type MadeList = {
  keyEpoch: number
  format: string | null
  builtFrom: number
  bumps: number
  nextAt: Ms | null
  builtAt: Ms
}

/** How a door writes the cards that somebody holds, each text once, in the order of bytes. A text that may be the cards of
 * two people is nobody's. */
export function textsAtDoor(desk: ReadDb, format: string | null): string[] {
  const holders = holdersAtDoor(desk, format)
  return [...holders.keys()].filter((text) => holders.get(text) !== null).sort()
}

/** Who holds the card that a door writes so; null where it may be those of two people. */
export function holdersAtDoor(desk: ReadDb, format: string | null): Map<string, HeldCard | null> {
  const holders = new Map<string, HeldCard | null>()
  for (const card of heldCards(desk)) {
    const text = textAtDoor(card.canonical, format)
    if (text === undefined) continue
    const other = holders.get(text)
    holders.set(text, other === undefined || other?.memberId === card.memberId ? card : null)
  }
  return holders
}

/** How a door writes all cards that were ever ours. */
export function textsEverAtDoor(desk: ReadDb, format: string | null): string[] {
  return sql<{ canonical: string }>(desk, 'SELECT canonical FROM credential')
    .all()
    .flatMap(({ canonical }) => textAtDoor(canonical, format) ?? [])
}

/** Cards of different people that a door of this form cannot tell apart. */
export function lookAlikes(desk: ReadDb, format: string): { text: string; cards: HeldCard[] }[] {
  const alike = new Map<string, HeldCard[]>()
  for (const card of cardsOfOneShort(desk)) {
    const text = textAtDoor(card.canonical, format)
    if (text !== undefined) alike.set(text, [...(alike.get(text) ?? []), card])
  }
  return [...alike].flatMap(([text, cards]) =>
    new Set(cards.map(({ memberId }) => memberId)).size > 1 ? [{ text, cards }] : [],
  )
}

export type HeldCard = { canonical: string; memberId: string }

const HELD = `SELECT c.canonical, h.member_id AS memberId FROM card_held h JOIN credential c ON c.id = h.credential_id`

function heldCards(desk: ReadDb): HeldCard[] {
  return sql<HeldCard>(desk, HELD).all()
}

/** Those that share what a reader which loses bytes may show with the card of somebody else. */
function cardsOfOneShort(desk: ReadDb): HeldCard[] {
  return sql<HeldCard>(
    desk,
    `WITH shown AS (
       SELECT h.credential_id, h.member_id, p.short FROM card_held h
       JOIN credential_projection p ON p.credential_id = h.credential_id
       UNION ALL SELECT h.credential_id, h.member_id, c.canonical FROM card_held h JOIN credential c ON c.id = h.credential_id)
     ${HELD} WHERE h.credential_id IN (
       SELECT credential_id FROM shown WHERE short IN (
         SELECT short FROM shown GROUP BY short HAVING count(DISTINCT member_id) > 1))
     ORDER BY c.canonical`,
  ).all()
}

/** Undefined where a card has no such form. */
export function textAtDoor(canonical: string, format: string | null): string | undefined {
  return format === null || !isCardForm(format) ? canonical : writtenIn(canonical, format)
}

/** When rows about this person run out by themselves. */
export function endsOf(desk: ReadDb, memberId: string, at: Ms): Ms[] {
  return sql<{ at: Ms }>(
    desk,
    `SELECT until_at AS at FROM membership_cover WHERE member_id = @memberId AND until_at > @at
     UNION SELECT until_at FROM access_override WHERE member_id = @memberId AND until_at > @at
     UNION SELECT until_at FROM member_induction WHERE member_id = @memberId AND until_at > @at
     UNION SELECT until_at FROM event WHERE until_at > @at`,
  )
    .all({ memberId, at })
    .map((row) => row.at)
}

/** When the clock alone may let somebody in next who is refused now; null where it will not. */
export function nextWidening(desk: ReadDb, doorId: string, at: Ms): Ms | null {
  return (
    sql<{ at: Ms | null }>(
      desk,
      `SELECT min(at) AS at FROM (
         SELECT min(valid_from) AS at FROM card_fact WHERE valid_from > @at
         UNION ALL SELECT min(from_at) FROM membership_cover WHERE from_at > @at
         UNION ALL SELECT min(until_at) FROM member_bar WHERE until_at > @at
         UNION ALL SELECT min(from_at) FROM event WHERE from_at > @at
         UNION ALL SELECT min(of_age_at) FROM minor WHERE of_age_at > @at
         UNION ALL SELECT min(until_at) FROM door_order WHERE door_id = @doorId AND until_at > @at)`,
    ).get({ doorId, at })?.at ?? null
  )
}

export function madeList(access: ReadDb, doorId: string): MadeList | null {
  return (
    sql<MadeList>(
      access,
      `SELECT key_epoch AS keyEpoch, format, built_from AS builtFrom, bumps, next_at AS nextAt, built_at AS builtAt
       FROM door_list WHERE door_id = ?`,
    ).get(doorId) ?? null
  )
}

/** The revision of a door's list now: it rises with whatever may change that list, and never goes back with the clock. */
export function listRevision(access: WriteDb, doorId: string, deskRevision: number, at: Ms): number {
  const made = madeList(access, doorId)
  if (made === null) return deskRevision
  if (made.nextAt === null || at < made.nextAt) return deskRevision + made.bumps
  // What the clock has changed is told from now on, and the list is made anew when it is asked for.
  sql(access, 'UPDATE door_list SET bumps = bumps + 1, next_at = NULL, built_at = 0 WHERE door_id = ?').run(doorId)
  return deskRevision + made.bumps + 1
}

/** Writes what changed as of a new revision, in the caller's transaction; answers that revision. */
export function writeList(
  access: WriteDb,
  door: Pick<Door, 'id' | 'keyEpoch' | 'format'>,
  entries: readonly ListEntry[],
  made: { builtFrom: number; nextAt: Ms | null; at: Ms },
): number {
  const before = madeList(access, door.id)
  const stored = new Map(
    sql<EntryRow>(access, 'SELECT card, until_at AS until, windows, always FROM door_list_entry WHERE door_id = ?')
      .all(door.id)
      .map((row) => [row.card, row]),
  )
  const changed = entries.filter(({ card, until, windows, always }) => {
    const known = stored.get(card)
    if (known === undefined || known.until !== until || (known.always === 1) !== always) return true
    return known.windows !== JSON.stringify(windows)
  })
  const here = new Set(entries.map(({ card }) => card))
  const gone = [...stored.values()].filter(({ card, until }) => until !== null && !here.has(card))
  const crossed = before !== null && before.nextAt !== null && made.at >= before.nextAt
  const isNews = changed.length > 0 || gone.length > 0
  // Something changed that no revision of the desk told of, such as how fresh its data is.
  const silent = before !== null && !crossed && isNews && before.builtFrom === made.builtFrom
  const bumps = (before?.bumps ?? 0) + (crossed || silent ? 1 : 0)
  const rev = made.builtFrom + bumps
  const put = sql(
    access,
    `INSERT INTO door_list_entry (door_id, card, until_at, windows, always, rev)
     VALUES (@id, @card, @until, @windows, @always, @rev)
     ON CONFLICT DO UPDATE SET until_at = excluded.until_at, windows = excluded.windows, always = excluded.always, rev = excluded.rev`,
  )
  for (const { card, until, windows, always } of changed)
    put.run({ id: door.id, card, until, windows: JSON.stringify(windows), always: Number(always), rev })
  for (const { card } of gone) put.run({ id: door.id, card, until: null, windows: '[]', always: 0, rev })
  sql(access, 'INSERT OR IGNORE INTO door_list_rev VALUES (?, ?)').run(door.id, rev)
  sql(
    access,
    `INSERT OR REPLACE INTO door_list VALUES (@id, @keyEpoch, @format, @builtFrom, @bumps, @nextAt, @at)`,
  ).run({ id: door.id, keyEpoch: door.keyEpoch, format: door.format, bumps, ...made })
  return rev
}

/** Another key or another way of writing cards: nothing that was given out before holds. */
export function forgetList(access: WriteDb, doorId: string): void {
  sql(access, 'DELETE FROM door_list_rev WHERE door_id = ?').run(doorId)
  sql(access, 'DELETE FROM door_list_entry WHERE door_id = ?').run(doorId)
}

/** How many cards are listed in certain hours only. */
export function listedInHours(access: ReadDb, doorId: string): number {
  return (
    sql<{ n: number }>(
      access,
      "SELECT count(*) AS n FROM door_list_entry WHERE door_id = ? AND until_at IS NOT NULL AND windows <> '[]'",
    ).get(doorId)?.n ?? 0
  )
}

export function isListRevision(access: ReadDb, doorId: string, rev: number): boolean {
  return sql(access, 'SELECT 1 FROM door_list_rev WHERE door_id = ? AND rev = ?').get(doorId, rev) !== undefined
}

type EntryRow = { card: string; until: Ms | null; windows: string; always: number }

export type ListRow = { card: string; until: Ms | null; windows: Hours; always: boolean }

/** One page in the order of bytes: all that is on it now, or, from a revision on, what came, changed and went. */
export function listPage(
  access: ReadDb,
  doorId: string,
  { since, after, limit }: { since: number | null; after: string; limit: number },
): { rows: ListRow[]; more: boolean } {
  const rows = sql<EntryRow>(
    access,
    `SELECT card, until_at AS until, windows, always FROM door_list_entry
     WHERE door_id = @doorId AND card > @after AND rev > @since AND (@since >= 0 OR until_at IS NOT NULL)
     ORDER BY card LIMIT @most`,
  ).all({ doorId, after, since: since ?? -1, most: limit + 1 })
  return {
    rows: rows
      .slice(0, limit)
      .map((row) => ({ ...row, windows: JSON.parse(row.windows) as Hours, always: row.always === 1 })),
    more: rows.length > limit,
  }
}
