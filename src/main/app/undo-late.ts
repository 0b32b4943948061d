// Takes back what was done with one choice about late payments, and nothing else; and the history of a line.
import type { Args, Reply } from '../../preload/contract.ts'
import type { Acted } from '../../preload/shapes-late.ts'
import { canBeTakenBack, type FollowUp } from '../domain/follow-up.ts'
import { followUpWords, lateRefusals, notDone } from '../domain/late-actions-en.ts'
import { sayDay } from '../domain/say.ts'
import { toIso } from '../domain/time.ts'
import type { ActionKind } from '../domain/timeline-en.ts'
import { barAt, liftBar } from '../store/door-orders.ts'
import { followUpsOf, followUpsOfAct, withdrawFollowUp } from '../store/follow-ups.ts'
import { memberById } from '../store/members.ts'
import { endOverride } from '../store/overrides.ts'
import { personNow } from '../store/people-merge.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { permissionsOf } from './permissions.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'

export function undoLate(deps: DeskDeps, { act }: Args<'late.undo'>): Result<Acted> {
  const facts = followUpsOfAct(deps.desk, act)
  if (!facts.some((fact) => fact.withdrawn !== null || canBeTakenBack(fact)))
    return refuse('not-found', lateRefusals.noAct)
  const acted: Acted = { act: null, done: [], not: [] }
  for (const fact of facts) {
    const memberId = personNow(deps.desk, fact.memberId) ?? fact.memberId
    const name = memberById(deps.desk, memberId)?.name ?? ''
    const about = { line: fact.lineId, member: { id: memberId, name } }
    const why = deps.live.db.transaction(() => takeBack(deps, fact, { id: memberId, name })).immediate()
    if (why === null) acted.done.push(about)
    else acted.not.push({ ...about, sentence: why, again: false })
  }
  deps.live.push('members', {})
  return done(acted)
}

function takeBack(deps: DeskDeps, fact: FollowUp, person: { id: string; name: string }): string | null {
  const { db, newId, operator } = deps.live
  const at = deps.now()
  const by = { at, operator, origin: deps.deskId }
  if (fact.withdrawn !== null) return notDone.undone(fact.withdrawn.operator)
  if (fact.kind === 'extended') {
    const held = permissionsOf(deps, person.id, at).filter(({ id }) => fact.made.includes(id))
    if (held.length === 0) return notDone.accessOver(person.name)
    for (const { id } of held) endOverride(db, { id, ...by })
  }
  if (fact.kind === 'barred') {
    const bar = barAt(db, person.id, at)
    // By its words too: another may have been said in the same millisecond.
    const isThis = bar !== null && fact.made.includes(toIso(bar.at)) && bar.why === fact.text
    if (!isThis) return notDone.otherBar(person.name)
    liftBar(db, person.id)
  }
  withdrawFollowUp(db, fact.id, { id: newId(), ...by })
  recordAction(deps, UNDONE[fact.kind] ?? 'late-undone', person.id, { line: fact.lineId, act: fact.act })
  return null
}

/** Those that have a name of their own, wherever they are done. */
const UNDONE: Partial<Record<FollowUp['kind'], ActionKind>> = { extended: 'access-ended', barred: 'bar-lifted' }

export function lateHistory(deps: ReadDeps, { line }: Args<'late.history'>): Reply<'late.history'> {
  const voice = voiceOf(deps)
  const facts = followUpsOf(deps.desk, [line]).get(line) ?? []
  return facts.toReversed().map((fact) => {
    const { id, kind, at, operator, text, until, withdrawn, act } = fact
    // Access lasts to the end of a day, and what was put off is there again on one.
    const day = until === null ? null : sayDay(kind === 'extended' ? until - 1 : until, voice)
    const ours = canBeTakenBack(fact)
    return {
      id,
      kind,
      at: toIso(at),
      by: operator,
      words: followUpWords[kind](text, day),
      act: ours ? act : null,
      lines: ours ? new Set(followUpsOfAct(deps.desk, act).map((one) => one.lineId)).size : 1,
      withdrawn: withdrawn && { at: toIso(withdrawn.at), by: withdrawn.operator },
    }
  })
}
