// What waits for a person: every row names what happened, the step that is missing, and one thing to do.
import type { Args, Reply } from '../../preload/contract.ts'
import { INBOX_KINDS, type InboxRow } from '../../preload/shapes-inbox.ts'
import { putAwayRows, writePutAway } from '../store/inbox.ts'
import { copiedRows } from './copied-cards.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { cardRows } from './inbox-cards.ts'
import { forgetCount, keepCount, keptCount } from './inbox-count.ts'
import { deadLetterRows } from './inbox-dead-letters.ts'
import { mailRows } from './inbox-mail.ts'
import { membershipRows } from './inbox-memberships.ts'
import { orphanRows } from './inbox-orphans.ts'
import { peopleRows } from './inbox-people.ts'
import { standingRows } from './inbox-standing.ts'
import { waiverRows } from './inbox-waivers.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

function openRows(deps: ReadDeps): InboxRow[] {
  const began = performance.now()
  const away = putAwayRows(deps.desk)
  const rows = [
    ...deadLetterRows(deps),
    ...peopleRows(deps),
    ...orphanRows(deps),
    ...membershipRows(deps),
    ...standingRows(deps),
    ...cardRows(deps),
    ...mailRows(deps),
    ...copiedRows(deps),
    ...waiverRows(deps),
  ]
  // The same trouble that begins anew is there again.
  const open = rows.filter((row) => (away.get(row.id) ?? Number.NEGATIVE_INFINITY) < Date.parse(row.since))
  keepCount(deps, open.length, began)
  return open.toSorted((a, b) => later(a.since, b.since) || later(b.id, a.id))
}

/** By code units: the same everywhere, and a hundred times as fast as by the rules of a language. */
function later(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0
}

export function listInbox(deps: ReadDeps, { kind }: Args<'inbox.list'>): Reply<'inbox.list'> {
  const open = openRows(deps)
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

export function putAway(deps: DeskDeps, { id }: Args<'inbox.putAway'>): Result<Reply<'inbox.putAway'>> {
  const { db, operator } = deps.live
  const row = openRows(deps).find((one) => one.id === id)
  if (row === undefined) return refuse('not-found', 'This is settled already: the list is up to date now.')
  db.transaction(() => {
    writePutAway(db, { id, since: Date.parse(row.since), at: deps.now(), operator })
    recordAction(deps, 'put-away', row.member?.id ?? row.subject, { row: id })
  }).immediate()
  forgetCount(deps)
  deps.live.pushLamps()
  return done({ ok: true })
}

export function countInbox(deps: ReadDeps): number {
  return keptCount(deps) ?? openRows(deps).length
}
