// Where a card was shown lately and what the doors said, and what of that speaks for a copy. That is personal: whoever looks
// stands in the log.
import type { Args, Reply } from '../../preload/contract.ts'
import type { CardUses, Suspicion } from '../../preload/shapes-card-doctor.ts'
import { partRead, suspicionWords } from '../domain/card-doctor-en.ts'
import { projections, readCard, shortForm } from '../domain/card-identity.ts'
import { atTwoDoors } from '../domain/copied-card.ts'
import { credentialAt } from '../domain/credential.ts'
import { isReason } from '../domain/door-events.ts'
import { sayDay, sayMoment } from '../domain/say.ts'
import { SECOND, toIso, toLocal } from '../domain/time.ts'
import { type DecisionRow, decisionHead, decisionsOfMember } from '../store/access-log.ts'
import { hasDone } from '../store/actions.ts'
import { rowsAbout } from '../store/card-uses.ts'
import { credentialByCanonical } from '../store/credentials.ts'
import { textAtDoor } from '../store/door-list.ts'
import { allDoors, doorNames, formOf } from '../store/doors.ts'
import type { ReadDb } from '../store/open.ts'
import { idsOfPerson, personNow } from '../store/people-merge.ts'
import { readSettings } from '../store/settings.ts'
import { copyFindings } from './copied-cards.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { voiceOf } from './sentences.ts'
import { sentenceOfRow } from './told-row.ts'

/** The log has no index by card: what stands with those who had it, and the newest rows of all. */
const OF_HOLDER = 200
const NEWEST = 10_000
/** Of those that many at most. */
const FOUND = 200
const SHOWN = 20

/** Logged once for each operator, card and local day: a screen asks again with every swipe. */
export function readCardUses(deps: DeskDeps, canonical: string, after?: Args<'cards.uses'>['after']): CardUses {
  const { db, operator } = deps.live
  const day = toLocal(deps.now(), readSettings(db).timeZone).day.date
  // A number that nobody has is dropped after thirty days (store/unknown-cards.ts): it must not stand here for ever.
  const subject = credentialByCanonical(db, canonical) === null ? 'a card of nobody' : canonical
  const read = { operator, kind: 'card-uses-read', subject: `${subject} ${day}` } as const
  if (!hasDone(db, read)) db.transaction(() => recordAction(deps, read.kind, read.subject)).immediate()
  return cardUses(deps, canonical, after)
}

function cardUses(deps: ReadDeps, canonical: string, after?: number): Reply<'cards.uses'> {
  const { access, desk, deskId } = deps
  if (access === null) return { uses: [], suspicions: [], newest: 0 }
  const newest = decisionHead(access, deskId).rows
  const shows = partsOf(deps, canonical)
  const rows = rowsOf(deps, access, [canonical, ...shows], { after: after ?? null, newest }).filter(
    (row) => row.canonical === canonical || (row.reason === 'unknown-card' && shows.has(row.canonical ?? '')),
  )
  const names = doorNames(desk)
  return {
    uses: rows.slice(0, SHOWN).flatMap((row) => {
      const { seq, at, doorId, granted, reason } = row
      if (!isReason(reason)) return []
      const name = names.get(doorId) ?? doorId
      const part = row.canonical === null || row.canonical === canonical ? null : shortForm(row.canonical)
      const sentence = part === null ? sentenceOfRow(deps, row, reason, name) : partRead(name, part)
      return [{ seq, at: toIso(at), door: { id: doorId, name }, grant: granted, reason, sentence, part }]
    }),
    suspicions: after === undefined ? suspicions(deps, canonical, rows, names) : [],
    newest,
  }
}

/** What doors that lose bytes would read of it; also by a form that nobody has told us of. */
function partsOf({ desk }: ReadDeps, canonical: string): Set<string> {
  const read = allDoors(desk).flatMap((door) => {
    const text = textAtDoor(canonical, door.format)
    const reading = text === undefined ? null : readCard(text, formOf(door))
    return reading?.ok ? [reading.canonical] : []
  })
  return new Set([...projections(canonical), ...read])
}

/** Newest first. `after` null: also what stands with those who had the card. */
function rowsOf(
  { desk, deskId }: ReadDeps,
  access: ReadDb,
  [canonical = '', ...shows]: readonly string[],
  { after, newest }: { after: number | null; newest: number },
): DecisionRow[] {
  const from = Math.max(after ?? 0, newest - NEWEST)
  const lately = rowsAbout(access, deskId, [canonical, ...shows], { after: from, limit: FOUND })
  const facts = after === null ? (credentialByCanonical(desk, canonical)?.facts ?? []) : []
  const holders = facts.flatMap((fact) => (fact.kind === 'enrolled' ? [fact.memberId] : []))
  const ids = new Set(holders.flatMap((id) => idsOfPerson(desk, personNow(desk, id) ?? id)))
  const theirs = [...ids].flatMap((id) => decisionsOfMember(access, id, OF_HOLDER))
  const rows = new Map([...lately, ...theirs].map((row) => [row.seq, row]))
  return [...rows.values()].sort((a, b) => b.at - a.at || b.seq - a.seq)
}

function suspicions(
  deps: ReadDeps,
  canonical: string,
  rows: readonly DecisionRow[],
  names: ReadonlyMap<string, string>,
): Suspicion[] {
  const voice = voiceOf(deps)
  const nameOf = (id: string) => names.get(id) ?? id
  const own = rows.filter((row) => row.canonical === canonical)
  const out = new Set(allDoors(deps.desk).flatMap(({ id, direction }) => (direction === 'out' ? [id] : [])))
  const twice = atTwoDoors(own.filter(({ inputs, doorId }) => inputs.uploadedAt === undefined && !out.has(doorId)))
  const { state, since } = credentialAt(credentialByCanonical(deps.desk, canonical)?.facts ?? [], deps.now())
  const ended = state === 'lost' || state === 'stolen' || state === 'revoked' ? state : null
  const [late] = ended === null || since === null ? [] : own.filter(({ at }) => at >= since)
  const twin = copyFindings(deps).find((one) => one.kind === 'first-byte' && one.canonical === canonical)
  const all: (Suspicion | null)[] = [
    twice && {
      kind: 'two-doors',
      at: toIso(twice[1].at),
      sentence: suspicionWords.twoDoors(
        nameOf(twice[0].doorId),
        nameOf(twice[1].doorId),
        Math.max(1, Math.ceil((twice[1].at - twice[0].at) / SECOND)),
        sayMoment(twice[1].at, voice),
      ),
    },
    late && ended && since !== null
      ? {
          kind: 'after-end',
          at: toIso(late.at),
          sentence: suspicionWords.afterEnd(
            ended,
            sayDay(since, voice),
            nameOf(late.doorId),
            sayMoment(late.at, voice),
          ),
        }
      : null,
    twin?.other != null
      ? {
          kind: 'first-byte',
          at: toIso(twin.at),
          sentence: suspicionWords.twinSeen(twin.other, nameOf(twin.doorId), sayMoment(twin.at, voice)),
        }
      : null,
  ]
  return all.filter((one) => one !== null)
}
