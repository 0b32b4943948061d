// What is said about late payments: a note, who is on it, and from which day on it matters again.
import type { Args } from '../../preload/contract.ts'
import type { Acted } from '../../preload/shapes-late.ts'
import type { FollowUpKind } from '../domain/follow-up.ts'
import { lateRefusals } from '../domain/late-actions-en.ts'
import { type Ms, startOfLocalDate } from '../domain/time.ts'
import type { ActionKind } from '../domain/timeline-en.ts'
import { readSettings } from '../store/settings.ts'
import { actOn } from './act-on-lines.ts'
import type { DeskDeps } from './deps.ts'
import { writeFollowUp } from './follow-ups.ts'
import { recordAction } from './record-action.ts'
import { type Result, refuse } from './result.ts'

export function noteLines(deps: DeskDeps, { lines, text }: Args<'late.note'>): Result<Acted> {
  return say(deps, lines, 'late-noted', { kind: 'note', text: text.trim() || null })
}

export function assignLines(deps: DeskDeps, { lines, to }: Args<'late.assign'>): Result<Acted> {
  return say(deps, lines, 'late-assigned', { kind: 'assigned', text: to.trim() || null })
}

export function snoozeLines(deps: DeskDeps, { lines, until }: Args<'late.snooze'>): Result<Acted> {
  const day = until === null ? null : startOfLocalDate(until, readSettings(deps.desk).timeZone)
  if (until !== null && day === null) return refuse('bad-request', lateRefusals.noDay(until))
  if (day !== null && day <= deps.now()) return refuse('bad-request', lateRefusals.past)
  return say(deps, lines, 'late-snoozed', { kind: 'snoozed', until: day })
}

function say(
  deps: DeskDeps,
  ids: readonly string[],
  action: ActionKind,
  fact: { kind: FollowUpKind; text?: string | null; until?: Ms | null },
): Result<Acted> {
  return actOn(deps, ids, true, ({ line, person }, act) => {
    writeFollowUp(deps, { act, lineId: line.id, memberId: person.id, ...fact })
    // What was written stands with the line: the log of actions keeps for ever.
    recordAction(deps, action, person.id, { line: line.id, act })
    return null
  })
}
