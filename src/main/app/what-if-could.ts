// "Could Ana enter on 3 March at 21:00, and why": the decision itself, by what was stored then; recorded nowhere.
import type { Args, Reply } from '../../preload/contract.ts'
import { credentialAt } from '../domain/credential.ts'
import { decide } from '../domain/decide.ts'
import { isReason } from '../domain/door-events.ts'
import type { Receipt } from '../domain/receipt.ts'
import { receiptInputs } from '../domain/receipt.ts'
import { sayMoment, type Voice } from '../domain/say.ts'
import { HOUR, type Ms, readMoment, toIso } from '../domain/time.ts'
import { whatIfRefusals as refusals, shortReason, couldWords as words } from '../domain/what-if-en.ts'
import { type DecisionRow, decisionBySeq } from '../store/access-log.ts'
import { readFreshFrom } from '../store/billing-inbox.ts'
import { seqBefore } from '../store/card-uses.ts'
import { credentialsEverOf } from '../store/credentials.ts'
import { pastSnapshot, personSnapshot } from '../store/door-snapshot.ts'
import { doorById } from '../store/doors.ts'
import { idsOfPerson } from '../store/people-merge.ts'
import { swipesOfPerson } from '../store/swipes.ts'
import type { ReadDeps } from './deps.ts'
import { personHere } from './person-here.ts'
import { done, type Result, refuse } from './result.ts'
import { sentenceFor, voiceOf } from './sentences.ts'
import { sentenceOfRow } from './told-row.ts'

/** Rows of the log before a moment that are looked at for how fresh the billing data was. */
const LOOK_BACK = 50

export function couldEnter(deps: ReadDeps, asked: Args<'whatIf.could'>): Result<Reply<'whatIf.could'>> {
  const voice = voiceOf(deps)
  const at = readMoment(asked.at, voice.zone, 'start')
  if (at === null) return refuse('bad-request', refusals.noMoment(asked.at))
  const found = personHere(deps, asked.member)
  if (!found.ok) return found
  const door = doorById(deps.desk, asked.door)
  if (door === null) return refuse('not-found', refusals.noDoor(asked.door))
  const person = found.value
  const past = at <= deps.now()

  const card = cardAt(deps, person.id, at)
  const state = card?.now.state ?? 'active'
  const fresh = past ? freshAt(deps, at) : null
  const everRead = readFreshFrom(deps.desk) !== null
  const freshSince = fresh === null ? (everRead ? at : null) : fresh.since
  const snapshot = past
    ? pastSnapshot(deps, door, person.id, at, { card: state, freshSince })
    : personSnapshot(deps, door, person.id, at)
  const decision = decide({ ...snapshot.input, card: state })
  const receipt = receiptInputs(snapshot, decision)
  const why = sentenceFor(deps, {
    ...decision,
    receipt,
    tense: past ? 'backThen' : 'ahead',
    memberId: person.id,
    doorName: door.name,
    canonical: card?.canonical ?? null,
    cardText: '',
    credential: card?.now ?? null,
    at,
  })
  const moment = sayMoment(at, voice)
  const heading = decision.grant ? words.yes(capital(moment), door.name) : words.no(capital(moment), door.name)
  return done({
    at: toIso(at),
    past,
    member: { id: person.id, name: person.name },
    door: { id: door.id, name: door.name },
    grant: decision.grant,
    reason: decision.reason,
    sentence: `${heading} ${why}`,
    inputs: { ...receipt },
    notes: [
      ...(card === null ? [words.noCard(person.name, past)] : []),
      ...(past ? [words.rulesOfToday] : [words.ahead]),
      ...(past && fresh === null && everRead ? [words.fresh] : []),
    ],
    swipe: past ? nearestSwipe(deps, person.id, door, at, decision.grant, voice) : null,
  })
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** The card that they would have held to the reader: one in order if they had one; null where they had none. */
function cardAt(deps: ReadDeps, memberId: string, at: Ms) {
  const ids = idsOfPerson(deps.desk, memberId)
  const held = credentialsEverOf(deps.desk, ids)
    .map(({ canonical, facts }) => ({ canonical, now: credentialAt(facts, at) }))
    .filter(({ now }) => now.memberId !== null && ids.includes(now.memberId))
  return held.find(({ now }) => now.state === 'active') ?? held[0] ?? null
}

/** Up to when Stripe had been read at a moment, as the rows before it tell; null where none does. */
function freshAt({ access, deskId }: ReadDeps, at: Ms): { since: Ms | null } | null {
  if (access === null) return null
  const last = seqBefore(access, deskId, at + 1)
  for (let seq = last; seq > Math.max(0, last - LOOK_BACK); seq--) {
    const row = decisionBySeq(access, deskId, seq)
    if (row === null || at - row.at > HOUR) return null
    const { freshSince } = row.inputs as Receipt
    if (freshSince !== undefined) return { since: freshSince === null ? null : Date.parse(freshSince) }
  }
  return null
}

function nearestSwipe(
  deps: ReadDeps,
  memberId: string,
  door: { id: string; name: string },
  at: Ms,
  grant: boolean,
  voice: Voice,
): Reply<'whatIf.could'>['swipe'] {
  if (deps.access === null) return null
  const rows = swipesOfPerson(deps.access, idsOfPerson(deps.desk, memberId), door.id, at - HOUR, at + HOUR)
  const nearest = rows.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0]
  const row: DecisionRow | null = nearest === undefined ? null : decisionBySeq(deps.access, deps.deskId, nearest.seq)
  if (row === null || !isReason(row.reason)) return null
  const agrees = row.granted === grant
  const said = `${sayMoment(row.at, voice)}, ${row.granted ? 'let in' : 'refused'} (${shortReason(row.reason)})`
  return {
    at: toIso(row.at),
    grant: row.granted,
    reason: row.reason,
    agrees,
    words: agrees ? words.agrees(said) : words.differs(said),
    sentence: sentenceOfRow(deps, row, row.reason, door.name),
  }
}
