// The feed of the doors as the public screen may show it, and the reason behind a row for whoever asks on purpose.

import type { Reply } from '../../preload/contract.ts'
import type { FeedRow, Why } from '../../preload/shapes-doors.ts'
import { shortForm } from '../domain/card-identity.ts'
import { credentialAt } from '../domain/credential.ts'
import { isReason } from '../domain/door-events.ts'
import { doorEventSentences } from '../domain/doors-en.ts'
import type { Member } from '../domain/member.ts'
import { SECOND, startOfLocalDay, toIso } from '../domain/time.ts'
import { verdictOf } from '../domain/verdict.ts'
import { type DecisionNotice, decisionBySeq, grantsSince, recentDecisions } from '../store/access-log.ts'
import { credentialByCanonical } from '../store/credentials.ts'
import { doorNames } from '../store/doors.ts'
import { memberById } from '../store/members.ts'
import { personNow } from '../store/people-merge.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { payAtOf } from './open-debt.ts'
import { remedyFor } from './remedy.ts'
import { done, type Result, refuse } from './result.ts'
import { hoursInLog, sentenceFor } from './sentences.ts'

export function feedRow(deps: ReadDeps, source: DecisionNotice, names = doorNames(deps.desk)): FeedRow {
  const member = source.memberId === null ? null : whoIsNow(deps, source.memberId)
  return {
    seq: source.seq,
    at: toIso(source.at),
    door: { id: source.doorId, name: names.get(source.doorId) ?? source.doorId },
    member: member === null ? null : { id: member.id, name: member.name },
    card: source.canonical === null ? '' : shortForm(source.canonical),
    event: isReason(source.reason) ? null : source.reason,
    verdict: verdictOf(source.reason),
  }
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

/** Everyone whom a door let in since the local day began; who left again is not known without exit readers. */
export function cameInToday(deps: ReadDeps): Reply<'feed.today'> {
  if (deps.access === null) return { count: 0, people: [] }
  const names = doorNames(deps.desk)
  const people = new Map<string, Reply<'feed.today'>['people'][number]>()
  for (const { memberId, at, doorId } of grantsSince(
    deps.access,
    startOfLocalDay(deps.now(), readSettings(deps.desk).timeZone),
  )) {
    const member = whoIsNow(deps, memberId)
    if (member === null || people.has(member.id)) continue
    people.set(member.id, { id: member.id, name: member.name, at: toIso(at), door: names.get(doorId) ?? doorId })
  }
  return { count: people.size, people: [...people.values()].slice(0, 60) }
}

export function whyOf(deps: ReadDeps, seq: number): Result<Why> {
  const row = deps.access === null ? null : decisionBySeq(deps.access, deps.deskId, seq)
  if (row === null) return refuse('not-found', 'This swipe is not in the log.')
  const { canonical, inputs, reason } = row
  const doorName = doorNames(deps.desk).get(row.doorId) ?? row.doorId
  if (!isReason(reason)) {
    const missing = typeof inputs.missing === 'number' ? inputs.missing : 0
    const sentence = doorEventSentences[reason](doorName, missing)
    return done({ seq, reason: null, sentence, remedy: null, payAt: null, card: null, billingAgeSeconds: null })
  }
  const credential = canonical === null ? null : credentialByCanonical(deps.desk, canonical)
  const membershipId = typeof inputs.membership === 'string' ? inputs.membership : null
  const payAt = payAtOf(deps, membershipId)
  const remedy = remedyFor(reason, inputs.method === 'manual', payAt)
  const freshSince = typeof inputs.freshSince === 'string' ? Date.parse(inputs.freshSince) : null
  return done({
    seq,
    reason,
    sentence: sentenceFor(deps, {
      reason,
      tense: 'past',
      memberId: row.memberId,
      membershipId,
      doorName,
      doorId: row.doorId,
      canonical,
      cardText: row.cardText,
      credential: credential === null ? null : credentialAt(credential.facts, row.at),
      hours: hoursInLog(row),
      at: row.at,
    }),
    remedy,
    payAt: remedy === 'open-invoice' ? payAt : null,
    card: canonical,
    billingAgeSeconds: freshSince === null ? null : Math.max(0, Math.round((row.at - freshSince) / SECOND)),
  })
}
