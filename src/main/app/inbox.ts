// What waits for a person: every row names what happened, the step that is missing, and one thing to do.
import type { Args, Reply } from '../../preload/contract.ts'
import { INBOX_KINDS, type InboxRow } from '../../preload/shapes-inbox.ts'
import { deletePutAway, putAwayAt, putAwayRows, writePutAway } from '../store/inbox.ts'
import type { ReadDb } from '../store/open.ts'
import { copiedRows } from './copied-cards.ts'
import type { DeskDeps, Live, ReadDeps } from './deps.ts'
import { atOnce, inTurn } from './in-steps.ts'
import { cardRows } from './inbox-cards.ts'
import { forgetCount, keepCount, lastCount } from './inbox-count.ts'
import { deadLetterRows } from './inbox-dead-letters.ts'
import { mailRows } from './inbox-mail.ts'
import { membershipRows } from './inbox-memberships.ts'
import { ORPHAN_PARTS } from './inbox-orphans.ts'
import { peopleRows } from './inbox-people.ts'
import { standingRows } from './inbox-standing.ts'
import { waiverRows } from './inbox-waivers.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { underAgeRows } from './under-age.ts'

const PARTS = [
  deadLetterRows,
  peopleRows,
  ...ORPHAN_PARTS,
  membershipRows,
  standingRows,
  cardRows,
  mailRows,
  copiedRows,
  waiverRows,
  underAgeRows,
] as const

/** Part by part, for whoever has other things to do between. */
function* inParts(deps: ReadDeps): Generator<void, InboxRow[]> {
  const start = performance.now()
  let took = 0
  const rows: InboxRow[] = []
  for (const part of PARTS) {
    const began = performance.now()
    for (const row of part(deps)) rows.push(row)
    took += performance.now() - began
    yield
  }
  const away = putAwayRows(deps.desk)
  // The same trouble that begins anew is there again.
  const open = rows.filter((row) => (away.get(row.id) ?? Number.NEGATIVE_INFINITY) < Date.parse(row.since))
  keepCount(deps, open.length, took, start)
  return open
}

function openRows(deps: ReadDeps): InboxRow[] {
  return sorted(atOnce(inParts(deps)))
}

function sorted(rows: readonly InboxRow[]): InboxRow[] {
  return rows.toSorted((a, b) => later(a.since, b.since) || later(b.id, a.id))
}

/** By code units: the same everywhere, and a hundred times as fast as by the rules of a language. */
function later(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0
}

/** Of one moment, but in a large space, where others have their turn meanwhile. */
export async function listInbox(deps: ReadDeps, { kind }: Args<'inbox.list'>): Promise<Reply<'inbox.list'>> {
  const open = takesLong(deps)
    ? sorted((await inTurn(inParts(deps), () => deps.live?.db.open ?? true)) ?? [])
    : openRows(deps)
  const counts = new Map<InboxRow['kind'], number>()
  for (const row of open) counts.set(row.kind, (counts.get(row.kind) ?? 0) + 1)
  return {
    rows: kind === undefined ? open : open.filter((row) => row.kind === kind),
    counts: INBOX_KINDS.flatMap((one) => {
      const count = counts.get(one)
      return count === undefined ? [] : [{ kind: one, count }]
    }),
  }
}

const SETTLED = 'This is settled already: the list is up to date now.'

export function putAway(deps: DeskDeps, { id }: Args<'inbox.putAway'>): Result<Reply<'inbox.putAway'>> {
  const { db, operator } = deps.live
  const row = openRows(deps).find((one) => one.id === id)
  if (row === undefined) return refuse('not-found', SETTLED)
  return writeOf(deps, row, 'put-away', () =>
    writePutAway(db, { id, since: Date.parse(row.since), at: deps.now(), operator }),
  )
}

/** Of what was put away and has not been settled since. */
export function bringBack(deps: DeskDeps, { id }: Args<'inbox.bringBack'>): Result<Reply<'inbox.bringBack'>> {
  const isAway = putAwayAt(deps.desk, id) !== null
  const row = isAway ? PARTS.flatMap((part) => [...part(deps)]).find((one) => one.id === id) : undefined
  if (row === undefined) return refuse('not-found', SETTLED)
  return writeOf(deps, row, 'brought-back', () => deletePutAway(deps.live.db, id))
}

function writeOf(
  deps: DeskDeps,
  row: InboxRow,
  kind: 'put-away' | 'brought-back',
  write: () => void,
): Result<{ ok: true }> {
  deps.live.db
    .transaction(() => {
      write()
      recordAction(deps, kind, row.member?.id ?? row.subject, { row: row.id })
    })
    .immediate()
  forgetCount(deps)
  deps.live.pushLamps()
  return done({ ok: true })
}

/** Milliseconds for which a desk may stand still. */
const SHORT = 50
const counting = new WeakSet<ReadDb>()

function takesLong(deps: ReadDeps): boolean {
  return (lastCount(deps)?.took ?? 0) >= SHORT
}

/** In a large space the last count, until the next, which is made between other work and told by itself. */
export function countInbox(deps: ReadDeps): number {
  const last = lastCount(deps)
  if (last === null) return openRows(deps).length
  if (last.fresh) return last.rows
  const { live } = deps
  if (live === null || !takesLong(deps)) return openRows(deps).length
  if (!counting.has(deps.desk)) void countAnew(deps, live)
  return last.rows
}

async function countAnew(deps: ReadDeps, { db, pushLamps }: Pick<Live, 'db' | 'pushLamps'>): Promise<void> {
  counting.add(deps.desk)
  try {
    // A desk that ends meanwhile has nothing to count any more.
    await inTurn(inParts(deps), () => db.open)
  } finally {
    counting.delete(deps.desk)
  }
  if (db.open) pushLamps()
}
