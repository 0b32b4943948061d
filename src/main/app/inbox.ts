// What waits for a person: every row names what happened, the step that is missing, and one thing to do.
import type { Args, Reply } from '../../preload/contract.ts'
import { INBOX_KINDS, type InboxRow } from '../../preload/shapes-inbox.ts'
import { putAwayRows, writePutAway } from '../store/inbox.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { deadLetterRows } from './inbox-dead-letters.ts'
import { membershipRows } from './inbox-memberships.ts'
import { orphanRows } from './inbox-orphans.ts'
import { peopleRows } from './inbox-people.ts'
import { standingRows } from './inbox-standing.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

function openRows(deps: ReadDeps): InboxRow[] {
  const away = putAwayRows(deps.desk)
  const rows = [
    ...deadLetterRows(deps),
    ...peopleRows(deps),
    ...orphanRows(deps),
    ...membershipRows(deps),
    ...standingRows(deps),
  ]
  // The same trouble that begins anew is there again.
  const open = rows.filter((row) => (away.get(row.id) ?? Number.NEGATIVE_INFINITY) < Date.parse(row.since))
  return open.toSorted((a, b) => b.since.localeCompare(a.since) || a.id.localeCompare(b.id))
}

export function listInbox(deps: ReadDeps, { kind }: Args<'inbox.list'>): Reply<'inbox.list'> {
  const open = openRows(deps)
  return {
    rows: kind === undefined ? open : open.filter((row) => row.kind === kind),
    counts: INBOX_KINDS.map((one) => ({ kind: one, count: open.filter((row) => row.kind === one).length })).filter(
      ({ count }) => count > 0,
    ),
  }
}

export function putAway(deps: DeskDeps, { id }: Args<'inbox.putAway'>): Result<Reply<'inbox.putAway'>> {
  const { db, operator } = deps.live
  const row = openRows(deps).find((one) => one.id === id)
  if (row === undefined) return refuse('not-found', 'This is settled already: the list is up to date now.')
  db.transaction(() => {
    writePutAway(db, { id, since: Date.parse(row.since), at: deps.now(), operator })
    recordAction(deps, 'put-away', row.member?.id ?? row.subject, { row: id })
  }).immediate()
  deps.live.pushLamps()
  return done({ ok: true })
}

/** Lamps are told often and the inbox changes seldom: counted again when a little time has passed. */
const COUNT_FOR = 5_000
const counted = new WeakMap<object, { at: number; rows: number }>()

export function countInbox(deps: ReadDeps): number {
  const last = counted.get(deps.desk)
  const at = performance.now()
  if (last !== undefined && at - last.at < COUNT_FOR) return last.rows
  const rows = openRows(deps).length
  counted.set(deps.desk, { at, rows })
  return rows
}
