// The feed of the doors as the public screen may show it, and the reason behind a row for whoever asks on purpose.

import type { FeedRow, Remedy, Why } from '../../preload/shapes-doors.ts'
import { shortForm } from '../domain/card-identity.ts'
import { cardRefusals } from '../domain/cards-en.ts'
import { isReason } from '../domain/door-events.ts'
import { doorEventSentences } from '../domain/doors-en.ts'
import type { Member } from '../domain/member.ts'
import { isDetail, isGrant } from '../domain/reasons.ts'
import { SECOND, toIso } from '../domain/time.ts'
import { comparesFaces, verdictOf } from '../domain/verdict.ts'
import { type DecisionNotice, type DecisionRow, decisionBySeq, recentDecisions } from '../store/access-log.ts'
import { orderAt } from '../store/door-orders.ts'
import { doorById, doorNames } from '../store/doors.ts'
import { memberById } from '../store/members.ts'
import { personNow } from '../store/people-merge.ts'
import { openSignUpOf } from '../store/sign-ups.ts'
import { cardRow } from './card-text.ts'
import type { ReadDeps } from './deps.ts'
import { shortOneOf } from './enrol-card.ts'
import { openTries, waitsForALook } from './lost-cards.ts'
import { isPayable } from './open-debt.ts'
import { receiptLines } from './receipt-lines.ts'
import { remediesFor } from './remedy.ts'
import { done, type Result, refuse } from './result.ts'
import { sentenceOfRow } from './told-row.ts'

/** `rule` is looked up where the notice of a row does not tell it. */
export function feedRow(
  deps: ReadDeps,
  source: DecisionNotice & { rule?: string },
  names = doorNames(deps.desk),
): FeedRow {
  const member = source.memberId === null ? null : whoIsNow(deps, source.memberId)
  return {
    seq: source.seq,
    at: toIso(source.at),
    door: { id: source.doorId, name: names.get(source.doorId) ?? source.doorId },
    member: member === null ? null : { id: member.id, name: member.name },
    card: source.canonical === null ? '' : shortForm(source.canonical),
    event: isReason(source.reason) ? null : source.reason,
    verdict: verdictOf(source.reason),
    wentOut: wentOut(deps, source),
    compare: comparesFaces(source.reason),
  }
}

function wentOut(deps: ReadDeps, { reason, seq, doorId, ...source }: DecisionNotice & { rule?: string }): boolean {
  if (!isReason(reason) || !isGrant(reason) || deps.access === null) return false
  const rule = source.rule ?? decisionBySeq(deps.access, deps.deskId, seq)?.rule
  // What a controller did by itself says nothing of the way: then the door does.
  return rule === 'way-out' || (rule === 'uploaded' && doorById(deps.desk, doorId)?.direction === 'out')
}

/** Whoever was merged into somebody else since is them. */
function whoIsNow({ desk }: ReadDeps, memberId: string): Member | null {
  const id = personNow(desk, memberId)
  return id === null ? null : memberById(desk, id)
}

/** Newest first. */
export function recentFeed(deps: ReadDeps, limit: number): FeedRow[] {
  if (deps.access === null) return []
  const names = doorNames(deps.desk)
  return recentDecisions(deps.access, limit).map((row) => feedRow(deps, row, names))
}

/** Cards that are reported lost or stolen and were tried, until somebody has dealt with it; newest first. */
export function lostCards(deps: ReadDeps): FeedRow[] {
  const names = doorNames(deps.desk)
  return openTries(deps).map((row) => feedRow(deps, row, names))
}

export function whyOf(deps: ReadDeps, seq: number): Result<Why> {
  const row = deps.access === null ? null : decisionBySeq(deps.access, deps.deskId, seq)
  if (row === null) return refuse('not-found', 'This swipe is not in the log.')
  const { canonical, inputs, reason, detail, doorId } = row
  const doorName = doorNames(deps.desk).get(doorId) ?? doorId
  const receipt = receiptLines(deps, row)
  if (!isReason(reason)) {
    const sentence = doorEventSentences[reason](doorName, inputs.missing ?? 0)
    const nothing = { remedies: [], card: null, sameAs: null, billingAgeSeconds: null }
    return done({ seq, reason: null, detail, sentence, receipt, ...nothing })
  }
  const more = isDetail(detail) ? detail : null
  const payable = isPayable(deps, inputs.membership ?? null)
  const remedies = remediesFor(reason, more, inputs.method === 'manual', payable)
  const same = reason === 'unknown-card' && isFree(deps, canonical) ? shortOneOf(deps, canonical) : null
  const freshSince = inputs.freshSince == null ? null : Date.parse(inputs.freshSince)
  return done({
    seq,
    reason,
    detail,
    sentence: same?.member
      ? cardRefusals.sameCard(same.member.name, same.short)
      : sentenceOfRow(deps, row, reason, doorName),
    remedies: remedies.filter((remedy) => (remedy === 'same-card' ? same !== null : stillMends(deps, remedy, row))),
    receipt,
    card: canonical,
    sameAs: same?.canonical ?? null,
    billingAgeSeconds: freshSince === null ? null : Math.max(0, Math.round((row.at - freshSince) / SECOND)),
  })
}

/** A card that nobody has by now, and whose number is still kept. */
function isFree(deps: ReadDeps, canonical: string | null): canonical is string {
  if (canonical === null) return false
  const { member, state } = cardRow(deps, canonical)
  return member === null || state === 'revoked'
}

/** An order that is over needs no button, nor does a card that has been started, extended, found or given away since. */
function stillMends(deps: ReadDeps, remedy: Remedy, { seq, doorId, canonical, memberId }: DecisionRow): boolean {
  if (remedy === 'finish-sign-up') return memberId !== null && openSignUpOf(deps.desk, memberId) !== null
  if (remedy === 'keep-lost') return waitsForALook(deps, seq)
  if (remedy === 'assign-card') return isFree(deps, canonical)
  if (remedy === 'start-card' || remedy === 'extend-card' || remedy === 'found-again') {
    const state = canonical === null ? undefined : cardRow(deps, canonical).state
    if (remedy === 'found-again') return state === 'lost' || state === 'stolen'
    return state === (remedy === 'start-card' ? 'not-yet-active' : 'expired')
  }
  const mode = orderAt(deps.desk, doorId, deps.now())?.mode
  if (remedy === 'release-door') return mode === 'lockdown'
  return remedy !== 'close-door' || mode === 'held-open'
}
