// In which row of the log a presentation is. Their names are random, so an index of them takes a page for each: the newest
// are held in memory, read again from the log's end at every start, and come into the index many at a time.
import { takeInTail } from './decision-tail.ts'
import { commitLater, type WriteDb } from './open.ts'
import { KEYS, presentationKey } from './presentation-key.ts'
import { sql } from './statement.ts'

/** A few megabytes, and some fifty milliseconds of reading at a start. */
const HELD = 20_000
/** A millisecond or two: no door waits for it. */
const AT_ONCE = 500

type LogRow = { desk: string; seq: number }
type Presentation = { doorId: string; presentationId: string }
type Name = LogRow & { key: number }

type Held = {
  /** By door and name; also of transactions that were taken back, whose rows are others or none. */
  newest: Map<string, Name>
  /** On its way into the index: what `newest` was; what is left of it, in equal parts of all keys; where the log ended. */
  moving: { was: Held['newest']; left: Name[][]; upTo: LogRow[] } | null
}

const held = new WeakMap<WriteDb, Held>()

const nameOf = ({ doorId, presentationId }: Presentation) => `${doorId} ${presentationId}`

/** In the transaction that appends the row. */
export function notePresentation(access: WriteDb, row: LogRow & Presentation): void {
  heldOf(access).newest.set(nameOf(row), named(row))
}

function named({ desk, seq, doorId, presentationId }: LogRow & Presentation): Name {
  return { desk, seq, key: presentationKey(doorId, presentationId) }
}

/** Rows of the log that may be it: the caller looks. */
export function rowsOfPresentation(access: WriteDb, presentation: Presentation): LogRow[] {
  const { newest, moving } = heldOf(access)
  const name = nameOf(presentation)
  const known = [newest.get(name), moving?.was.get(name)].filter((row) => row !== undefined)
  const indexed = sql<LogRow>(
    access,
    'SELECT desk, p.seq FROM presentation p CROSS JOIN presentation_upto WHERE p.key = ?',
  ).all(presentationKey(presentation.doorId, presentation.presentationId))
  return [...known, ...indexed]
}

/** Outside a transaction, now and then: takes some of what is held into the index, once that is worth it; true where there
 * is more to take at once. */
export function indexPresentations(access: WriteDb): boolean {
  const now = heldOf(access)
  if (now.moving === null) {
    if (now.newest.size < HELD) return false
    now.moving = { was: now.newest, left: inParts(now.newest), upTo: heads(access) }
    now.newest = new Map()
  }
  const { left, upTo } = now.moving
  const [names = [], ...others] = left
  commitLater(access, () => {
    for (const { key, seq } of names.toSorted((a, b) => a.key - b.key))
      sql(access, 'INSERT OR IGNORE INTO presentation VALUES (?, ?)').run(key, seq)
    for (const head of others.length === 0 ? upTo : [])
      sql(access, 'INSERT OR REPLACE INTO presentation_upto VALUES (@desk, @seq)').run(head)
  })
  now.moving = others.length === 0 ? null : { ...now.moving, left: others }
  return others.length > 0
}

/** So many at once as a step takes: all keys lie evenly. */
function inParts(names: Held['newest']): Name[][] {
  const parts: Name[][] = Array.from({ length: Math.ceil(names.size / AT_ONCE) }, () => [])
  for (const name of names.values()) parts[Math.floor((name.key / KEYS) * parts.length)]?.push(name)
  return parts
}

/** What is not in the index is read from the log when it is first asked for. */
function heldOf(access: WriteDb): Held {
  const known = held.get(access)
  if (known !== undefined) return known
  takeInTail(access)
  const rest = sql<LogRow & Presentation>(
    access,
    `SELECT desk, seq, door_id AS doorId, presentation_id AS presentationId FROM decision
     WHERE desk = @desk AND seq > coalesce((SELECT seq FROM presentation_upto WHERE desk = @desk), 0)
       AND presentation_id IS NOT NULL`,
  )
  const rows = heads(access).flatMap(({ desk }) => rest.all({ desk }))
  const made: Held = { newest: new Map(rows.map((row) => [nameOf(row), named(row)])), moving: null }
  held.set(access, made)
  return made
}

/** The last row of each desk that ever wrote here. */
function heads(access: WriteDb): LogRow[] {
  return sql<LogRow>(
    access,
    `WITH RECURSIVE desks (desk) AS (
       SELECT min(desk) FROM decision
       UNION ALL SELECT (SELECT min(desk) FROM decision WHERE desk > desks.desk) FROM desks WHERE desk IS NOT NULL)
     SELECT desk, (SELECT max(seq) FROM decision d WHERE d.desk = desks.desk) AS seq FROM desks WHERE desk IS NOT NULL`,
  ).all()
}
