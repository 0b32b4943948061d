// Cards of which there may be a copy, found in the log as it grows: each row is looked at once in a run of the desk.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { copiedInbox } from '../domain/card-doctor-en.ts'
import { shortForm } from '../domain/card-identity.ts'
import { isElsewhere, type Shown } from '../domain/copied-card.ts'
import { credentialAt } from '../domain/credential.ts'
import { DAY, type Ms } from '../domain/time.ts'
import { type CardUse, seqBefore, usesAfter } from '../store/card-uses.ts'
import { credentialByCanonical } from '../store/credentials.ts'
import { allDoors } from '../store/doors.ts'
import { memberById } from '../store/members.ts'
import type { ReadDeps } from './deps.ts'
import { twinCards } from './examine-card.ts'
import { inboxRow } from './inbox-row.ts'

/** What is older nobody can clear up any more. */
const LOOKED_BACK = 30 * DAY
/** Rows in one look: some hundredths of a second, so that the inbox does not wait for a month of swipes after a start. */
const AT_ONCE = 2_000

/** `other`: the card that differs in its first byte. */
export type Finding = Shown & { kind: keyof typeof copiedInbox; canonical: string; other: string | null }

type Watch = { seen: number; last: Map<string, Shown>; found: Map<string, Finding> }
const watches = new WeakMap<object, Watch>()

/** The newest of each kind for each card. */
export function copyFindings(deps: ReadDeps): Finding[] {
  const { access, deskId, now } = deps
  if (access === null) return []
  const from = now() - LOOKED_BACK
  const watch = watches.get(access) ?? { seen: seqBefore(access, deskId, from), last: new Map(), found: new Map() }
  watches.set(access, watch)
  const out = new Set(allDoors(deps.desk).flatMap(({ id, direction }) => (direction === 'out' ? [id] : [])))
  const rows = usesAfter(access, deskId, watch.seen, AT_ONCE)
  for (const row of rows) look(deps, watch, row, out)
  watch.seen = rows.at(-1)?.seq ?? watch.seen
  for (const [key, { at }] of watch.found) if (at < from) watch.found.delete(key)
  return [...watch.found.values()]
}

function look(deps: ReadDeps, { last, found }: Watch, use: CardUse, out: ReadonlySet<string>): void {
  const { canonical, at, doorId, reason } = use
  if (canonical === null) return
  const note = (kind: Finding['kind'], about: string, other: string | null = null) =>
    found.set(`${kind}:${about}`, { kind, canonical: about, other, at, doorId })
  if (!use.uploaded && !out.has(doorId)) {
    if (isElsewhere(last.get(canonical), use)) note('two-doors', canonical)
    last.set(canonical, { at, doorId })
  }
  if (reason === 'card-revoked' || (use.uploaded && use.granted)) note('after-end', canonical)
  if (reason === 'unknown-card') for (const twin of twinCards(deps, canonical)) note('first-byte', twin, canonical)
}

/** Only what nothing has been done about since: a card that was given out, suspended or ended later is another matter. A lost
 * or stolen card that is tried stays on the desk's screen anyway. */
export function copiedRows(deps: ReadDeps): InboxRow[] {
  return copyFindings(deps).flatMap((finding) => {
    const { kind, canonical, at } = finding
    const open = stillOpen(deps, finding)
    const member = open === null ? null : memberById(deps.desk, open)
    if (member === null) return []
    return [
      inboxRow('card-copied', `${kind}:${canonical}`, at, {
        sentence: copiedInbox[kind](member.name),
        detail: shortForm(canonical),
        action: 'open-member',
        member: { id: member.id, name: member.name },
      }),
    ]
  })
}

/** Whose card it is. */
function stillOpen({ desk, now }: ReadDeps, { kind, canonical, at }: Finding): string | null {
  const card = credentialByCanonical(desk, canonical)
  if (card === null) return null
  const { state, since, memberId } = credentialAt(card.facts, now())
  return state === (kind === 'after-end' ? 'revoked' : 'active') && at >= sinceOf(since) ? memberId : null
}

const sinceOf = (since: Ms | null): Ms => since ?? 0
