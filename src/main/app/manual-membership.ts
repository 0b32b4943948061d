// Memberships agreed at the desk: cash, invoice, company. Days are local; a term runs to the end of its last day.
import type { Args, Reply } from '../../preload/contract.ts'
import { manualRefusals } from '../domain/memberships-en.ts'
import { sayDay } from '../domain/say.ts'
import { endOfLocalDate, type Ms, startOfLocalDate } from '../domain/time.ts'
import { membershipsOfMember } from '../store/entitlements.ts'
import {
  endManual,
  insertManualMembership,
  insertTerm,
  manualById,
  type Term,
  termEnd,
} from '../store/manual-memberships.ts'
import { memberById } from '../store/members.ts'
import { cover } from '../store/membership-seats.ts'
import { planById } from '../store/plans.ts'
import { policyFrom, readSettings } from '../store/settings.ts'
import type { DeskDeps } from './deps.ts'
import { deriveManual } from './derive-manual.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'

export function addManual(
  deps: DeskDeps,
  asked: Args<'memberships.addManual'>,
): Result<Reply<'memberships.addManual'>> {
  const { db, newId } = deps.live
  const now = deps.now()
  const zone = readSettings(db).timeZone
  const from = startOfLocalDate(asked.from, zone)
  const until = endOfLocalDate(asked.until, zone)
  if (memberById(db, asked.member) === null) return refuse('not-found', manualRefusals.noMember)
  if (planById(db, asked.plan) === null) return refuse('not-found', manualRefusals.noPlan)
  if (from === null) return refuse('bad-request', manualRefusals.noDay(asked.from))
  if (until === null) return refuse('bad-request', manualRefusals.noDay(asked.until))
  if (until <= from) return refuse('bad-request', manualRefusals.backwards)
  if (asked.amount != null && asked.amount.minor <= 0) return refuse('bad-request', manualRefusals.badAmount)
  if (overlaps(deps, asked.member, asked.plan, from)) return refuse('taken', manualRefusals.overlaps)
  const id = newId()
  db.transaction(() => {
    const { plan: planId, member: payerId } = asked
    insertManualMembership(db, { id, planId, payerId, seats: asked.seats ?? null, at: now, origin: deps.deskId })
    cover(db, id, asked.member, from)
    writeTerm(deps, { ...paidBy(asked), membershipId: id, from, until })
    recordAction(deps, 'membership-added', asked.member, { membership: id, plan: asked.plan, until: asked.until })
  }).immediate()
  deps.live.push('members', {})
  return done({ id })
}

/** The new term begins where the last one ends, or today where that is over. */
export function renewManual(deps: DeskDeps, asked: Args<'memberships.renew'>): Result<Reply<'memberships.renew'>> {
  const { db } = deps.live
  const membership = manualById(db, asked.id)
  const last = membership === null ? null : termEnd(db, membership.id)
  const until = endOfLocalDate(asked.until, readSettings(db).timeZone)
  if (membership === null || last === null) return refuse('wrong-state', manualRefusals.notManual)
  if (membership.endedAt !== null) return refuse('wrong-state', manualRefusals.ended)
  if (until === null) return refuse('bad-request', manualRefusals.noDay(asked.until))
  if (until <= last) return refuse('bad-request', manualRefusals.notLater(sayDay(last - 1, voiceOf(deps))))
  if (asked.amount != null && asked.amount.minor <= 0) return refuse('bad-request', manualRefusals.badAmount)
  db.transaction(() => {
    writeTerm(deps, { ...paidBy(asked), membershipId: asked.id, from: last, until })
    recordAction(deps, 'membership-renewed', membership.payerId, { membership: asked.id, until: asked.until })
  }).immediate()
  deps.live.push('members', {})
  return done({ ok: true })
}

export function endMembership(deps: DeskDeps, id: string): Result<Reply<'memberships.end'>> {
  const { db } = deps.live
  const membership = manualById(db, id)
  if (membership === null) return refuse('wrong-state', manualRefusals.notManual)
  if (membership.endedAt !== null) return refuse('wrong-state', manualRefusals.ended)
  db.transaction(() => {
    endManual(db, id, deps.now())
    deriveManual(db, id, policyFrom(readSettings(db)), deps.now())
    recordAction(deps, 'membership-ended', membership.payerId, { membership: id })
  }).immediate()
  deps.live.push('members', {})
  return done({ ok: true })
}

type Paid = Pick<Term, 'method' | 'amount' | 'note'>

function paidBy(asked: {
  method: Term['method']
  amount?: Term['amount'] | undefined
  note?: string | undefined
}): Paid {
  return { method: asked.method, amount: asked.amount ?? null, note: asked.note?.trim() || null }
}

function writeTerm(deps: DeskDeps, term: Omit<Term, 'id'>): void {
  const { db, newId, operator } = deps.live
  const at = deps.now()
  insertTerm(db, { id: newId(), ...term, at, operator, origin: deps.deskId })
  deriveManual(db, term.membershipId, policyFrom(readSettings(db)), at)
}

/** The same plan twice for one person would be paid twice and open nothing more. */
function overlaps(deps: DeskDeps, memberId: string, planId: string, from: Ms): boolean {
  const { db } = deps.live
  return membershipsOfMember(db, memberId, Math.max(from, deps.now())).some(({ id, kind }) => {
    const membership = kind === 'manual' ? manualById(db, id) : null
    return membership?.planId === planId && membership.endedAt === null && (termEnd(db, id) ?? 0) > from
  })
}
