// Two people who turned out to be one: merged, and back again; or marked as two for good.
import type { Args, Reply } from '../../preload/contract.ts'
import { credentialAt } from '../domain/credential.ts'
import { peopleRefusals } from '../domain/people-en.ts'
import { toIso } from '../domain/time.ts'
import { customerById } from '../store/billing-objects.ts'
import { credentialsEverOf, insertCredentialFact } from '../store/credentials.ts'
import { memberById } from '../store/members.ts'
import {
  differentPairs,
  insertMerge,
  markDifferent,
  movePerson,
  movePersonBack,
  pairOf,
  standingMerges,
  undoMerge,
} from '../store/people-merge.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { followCustomer } from './derive-person.ts'
import { rowOf } from './people.ts'
import { recordAction } from './record-action.ts'
import { refreshSearch } from './refresh-search.ts'
import { done, type Result, refuse } from './result.ts'
import { tellOfPeople } from './tell-of-people.ts'

export function mergePeople(deps: DeskDeps, { keep, from }: Args<'members.merge'>): Result<Reply<'members.merge'>> {
  const { db, newId, operator } = deps.live
  const at = deps.now()
  const kept = memberById(db, keep)
  const gone = memberById(db, from)
  if (kept === null || gone === null || kept.archivedAt !== null || gone.archivedAt !== null)
    return refuse('not-found', peopleRefusals.noMember)
  if (keep === from) return refuse('bad-request', peopleRefusals.themselves)
  if (differentPairs(db).has(pairOf(keep, from)))
    return refuse('wrong-state', peopleRefusals.different(kept.name, gone.name))
  const id = newId()
  db.transaction(() => {
    const moved = { ...movePerson(db, from, keep, at), cards: handOver(deps, from, keep) }
    insertMerge(db, { id, keptId: keep, goneId: from, at, operator, moved })
    for (const one of [keep, from]) refreshSearch(db, one, at)
    recordAction(deps, 'members-merged', keep, { from, merge: id })
  }).immediate()
  tellOfPeople(deps)
  return done({ merge: id, member: rowOf(deps, kept) })
}

/** The latest first: only so does everything find its way back. */
export function unmergePeople(deps: DeskDeps, id: string): Result<Reply<'members.unmerge'>> {
  const { db } = deps.live
  const at = deps.now()
  const merges = standingMerges(db)
  const merge = merges.find((one) => one.id === id)
  if (merge === undefined) return refuse('wrong-state', peopleRefusals.notMerged)
  const { keptId, goneId, moved } = merge
  const latest = merges.find((one) => one.keptId === keptId || one.goneId === keptId)
  if (latest !== merge) return refuse('wrong-state', peopleRefusals.mergedSince(memberById(db, keptId)?.name ?? ''))
  db.transaction(() => {
    undoMerge(db, merge, at)
    movePersonBack(db, merge)
    handOver(deps, keptId, goneId, moved.cards)
    // What Stripe said of them meanwhile is said of the right one now.
    for (const { account, customerId } of moved.customers)
      followCustomer({ db, now: at }, goneId, customerById(db, account, customerId))
    followCustomer({ db, now: at }, keptId, null)
    for (const one of [keptId, goneId]) refreshSearch(db, one, at)
    recordAction(deps, 'merge-undone', keptId, { from: goneId, merge: id })
  }).immediate()
  tellOfPeople(deps)
  return done({ ok: true })
}

/** Cards are facts: each is enrolled anew for the other, and keeps being suspended where it was. Lost ones stay lost. */
function handOver(deps: DeskDeps, from: string, to: string, only: readonly string[] | null = null): string[] {
  const { db, newId, operator } = deps.live
  const at = deps.now()
  const by = () => ({ id: newId(), origin: deps.deskId, operator })
  const handed: string[] = []
  for (const { id, canonical, facts } of credentialsEverOf(db, [from])) {
    const now = credentialAt(facts, at)
    const living = ['active', 'suspended', 'not-yet-active', 'expired'].includes(now.state)
    if (now.memberId !== from || !living || (only !== null && !only.includes(canonical))) continue
    const enrolled = facts.findLast((fact) => fact.kind === 'enrolled')
    const { validFrom, validUntil } = enrolled?.kind === 'enrolled' ? enrolled : { validFrom: null, validUntil: null }
    insertCredentialFact(db, id, { kind: 'enrolled', at, memberId: to, validFrom, validUntil }, by())
    if (now.state === 'suspended') insertCredentialFact(db, id, { kind: 'suspended', at, reason: now.why ?? '' }, by())
    handed.push(canonical)
  }
  return handed
}

export function listMerges(deps: ReadDeps): Reply<'members.merges'> {
  return standingMerges(deps.desk).flatMap(({ id, keptId, goneId, at, operator }) => {
    const kept = memberById(deps.desk, keptId)
    if (kept === null) return []
    const from = memberById(deps.desk, goneId)?.name ?? ''
    return [{ merge: id, at: toIso(at), kept: rowOf(deps, kept), from, by: operator }]
  })
}

export function keepApart(deps: DeskDeps, { a, b }: Args<'members.different'>): Result<Reply<'members.different'>> {
  const { db, operator } = deps.live
  if (memberById(db, a) === null || memberById(db, b) === null) return refuse('not-found', peopleRefusals.noMember)
  if (a === b) return refuse('bad-request', peopleRefusals.themselves)
  db.transaction(() => {
    markDifferent(db, a, b, deps.now(), operator)
    recordAction(deps, 'members-different', a, { other: b })
  }).immediate()
  tellOfPeople(deps)
  return done({ ok: true })
}
