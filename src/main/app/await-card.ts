// What the next card at the desk is for, and what becomes of it.

import type { Args } from '../../preload/contract.ts'
import type { CardRow } from '../../preload/shapes.ts'
import type { CardWait } from '../../preload/shapes-cards.ts'
import { nextLabel } from '../domain/card-file.ts'
import { projections } from '../domain/card-identity.ts'
import { cardRefusals, waitWords } from '../domain/cards-en.ts'
import { credentialAt } from '../domain/credential.ts'
import { MINUTE, SECOND } from '../domain/time.ts'
import { decisionBySeq } from '../store/access-log.ts'
import { allCredentials, credentialByCanonical } from '../store/credentials.ts'
import { doorNames } from '../store/doors.ts'
import { memberById } from '../store/members.ts'
import { replaceCard } from './card-state.ts'
import { lendCard, stockCard, takeBack } from './card-stock.ts'
import { cardFromText, cardRow } from './card-text.ts'
import type { NewWait, OnCard, Outcome } from './card-wait.ts'
import type { DeskDeps } from './deps.ts'
import { enrolCard, type SameCard } from './enrol-card.ts'
import { done, type Result, refuse } from './result.ts'

/** So long after an unknown card was refused at a door it can be presented again to be given to somebody. */
export const CLAIM_TIME = 5 * MINUTE

export function awaitCard(deps: DeskDeps, asked: Args<'cards.await'>): Result<CardWait> {
  const wanted = newWait(deps, asked)
  if (!wanted.ok) return wanted
  const { waits } = deps.live
  const wait = waits.begin(wanted.value)
  if (wait !== null) return done(wait)
  const other = waits.current()
  const what = waitWords.what[other?.what ?? 'look'](other?.member?.name ?? '')
  const left = Math.ceil((Date.parse(other?.until ?? '') - deps.now()) / SECOND)
  return refuse('busy', waitWords.busy(what, Math.max(1, left || 1)))
}

function newWait(deps: DeskDeps, asked: Args<'cards.await'>): Result<NewWait> {
  switch (asked.what) {
    case 'enrol':
      return forMember(deps, asked, (canonical) => outcome(enrolCard(deps, asked.member, canonical)))
    case 'lend':
      return forMember(deps, asked, (canonical) => outcome(lendCard(deps, asked.member, canonical, asked.due)))
    case 'replace': {
      const old = cardFromText(asked.card, undefined)
      if (!old.ok) return old
      const holder = credentialAt(credentialByCanonical(deps.desk, old.value)?.facts ?? [], deps.now()).memberId
      if (holder === null) return refuse('not-found', cardRefusals.nobodyHas(old.value))
      return forMember(deps, { what: 'replace', member: holder }, (canonical) =>
        outcome(replaceCard(deps, old.value, asked.reason, canonical)),
      )
    }
    case 'assign':
      return assigning(deps, asked)
    case 'back':
      return done({ what: 'back', member: null, onCard: atDesk((canonical) => outcome(takeBack(deps, canonical))) })
    case 'look':
      return done({
        what: 'look',
        member: null,
        onCard: atDesk((canonical) => ({ step: 'done', card: cardRow(deps, canonical) })),
      })
    case 'stock':
      return done({ what: 'stock', member: null, onCard: atDesk(intoStock(deps, asked)) })
  }
}

function forMember(
  deps: DeskDeps,
  { what, member }: { what: CardWait['what']; member: string },
  onCard: (canonical: string) => Outcome,
): Result<NewWait> {
  const person = memberById(deps.desk, member)
  if (person === null) return refuse('not-found', cardRefusals.noMember)
  return done({ what, member: { id: person.id, name: person.name }, onCard: atDesk(onCard) })
}

const atDesk =
  (onCard: (canonical: string) => Outcome): OnCard =>
  (canonical, door) =>
    door === null ? onCard(canonical) : null

/** One card after the other, from a box: each is told, and the next may come; a number at the end of the label runs on,
 * past those that cards have already. */
function intoStock(deps: DeskDeps, { loaner, label }: { loaner: boolean; label?: string | undefined }) {
  const used = new Set(
    label === undefined ? [] : allCredentials(deps.desk).map(({ facts }) => credentialAt(facts, deps.now()).label),
  )
  let next = label?.trim()
  return (canonical: string): Outcome => {
    // A label without a number is that of each of them.
    while (next !== undefined && used.has(next) && nextLabel(next) !== next) next = nextLabel(next)
    const stocked = stockCard(deps, canonical, { loaner, label: next })
    if (!stocked.ok) return { step: 'on', counts: false, sentence: stocked.refusal.sentence }
    used.add(next ?? null)
    return { step: 'on', counts: true, card: stocked.value }
  }
}

/** A number alone proves nothing: whoever stood at the door has the card, so it is presented once more, there or here. */
function assigning(deps: DeskDeps, { member, seq }: { member: string; seq: number }): Result<NewWait> {
  const row = deps.access === null ? null : decisionBySeq(deps.access, deps.deskId, seq)
  const canonical = row?.canonical ?? null
  if (row === null || canonical === null) return refuse('not-found', waitWords.noSwipe)
  if (row.reason !== 'unknown-card' && row.reason !== 'card-unassigned') return refuse('wrong-state', waitWords.noSwipe)
  if (deps.now() - row.at > CLAIM_TIME) return refuse('wrong-state', waitWords.tooOld)
  const door = doorNames(deps.desk).get(row.doorId) ?? row.doorId
  const person = memberById(deps.desk, member)
  if (person === null) return refuse('not-found', cardRefusals.noMember)
  return done({
    what: 'assign',
    member: { id: person.id, name: person.name },
    onCard(read, at) {
      if (at !== null && (at !== row.doorId || read !== canonical)) return null
      const same = read === canonical || projections(read).includes(canonical)
      return same
        ? outcome(enrolCard(deps, person.id, read))
        : { step: 'on', counts: false, sentence: waitWords.otherCard(door) }
    },
  })
}

function outcome(result: Result<CardRow>): Outcome {
  if (result.ok) return { step: 'done', card: result.value }
  const { sentence, detail } = result.refusal
  const same = detail as SameCard | undefined
  return {
    step: 'refused',
    sentence,
    sameAs: same?.sameAs === undefined ? null : { card: same.sameAs, whole: same.whole },
  }
}
