// Memberships agreed at the desk: cash, invoice, company. Days are local; a term runs to the end of its last day.
import type { Args, Reply } from '../../preload/contract.ts'
import { manualRefusals } from '../domain/memberships-en.ts'
import { isCurrency } from '../domain/money.ts'
import { sayDay } from '../domain/say.ts'
import { endOfLocalDate, startOfLocalDate, startOfLocalDay, toIso } from '../domain/time.ts'
import { type CashPayment, cashPayment } from '../store/cash.ts'
import {
  endManual,
  insertManualMembership,
  insertTerm,
  manualById,
  type Term,
  termEnd,
  termsOf,
} from '../store/manual-memberships.ts'
import { cover } from '../store/membership-seats.ts'
import { planById } from '../store/plans.ts'
import { policyFrom, readSettings } from '../store/settings.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { deriveManual } from './derive-manual.ts'
import { refusedAsHeld } from './held-plan.ts'
import { personUnbarred } from './person-here.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'
import { takeCash } from './take-cash.ts'
import { tellOfAgreement, tellOfCash } from './tell-of-agreement.ts'

export function addManual(
  deps: DeskDeps,
  asked: Args<'memberships.addManual'>,
): Result<Reply<'memberships.addManual'>> {
  const { db, newId } = deps.live
  const now = deps.now()
  const zone = readSettings(db).timeZone
  const from = startOfLocalDate(asked.from, zone)
  const until = endOfLocalDate(asked.until, zone)
  const unbarred = personUnbarred(deps, asked.member, from === null ? {} : { from })
  if (!unbarred.ok) return unbarred
  const person = unbarred.value
  const plan = planById(db, asked.plan)
  if (plan === null) return refuse('not-found', manualRefusals.noPlan)
  if (from === null) return refuse('bad-request', manualRefusals.noDay(asked.from))
  if (until === null) return refuse('bad-request', manualRefusals.noDay(asked.until))
  if (until <= from) return refuse('bad-request', manualRefusals.backwards)
  const fault = amountFault(asked.amount ?? null)
  if (fault !== null) return refuse('bad-request', fault)
  const held = refusedAsHeld(deps, { memberId: person.id, planId: plan.id, from, until }, asked.again === true)
  if (held !== null) return held
  const id = newId()
  db.transaction(() => {
    const { plan: planId, member: payerId } = asked
    insertManualMembership(db, { id, planId, payerId, seats: asked.seats ?? null, at: now, origin: deps.deskId })
    cover(db, id, asked.member, from)
    const term = writeTerm(deps, { ...paidBy(asked), membershipId: id, from, until })
    recordAction(deps, 'membership-added', asked.member, { membership: id, plan: asked.plan, until: asked.until })
    // One that began before may be an old agreement that the desk only now writes down.
    const taken = asked.taken ?? from >= startOfLocalDay(now, zone)
    const receipt = taken ? cashOfTerm(deps, term, person.id, plan.name) : null
    tellOfAgreement(deps, { id, person, plan, from, until, ...paidBy(asked), receipt })
  }).immediate()
  deps.live.push('members', {})
  return done({ id })
}

/** The new term begins where the last one ends, or today where that is over. One that is all in the past fills the gap. */
export function renewManual(deps: DeskDeps, asked: Args<'memberships.renew'>): Result<Reply<'memberships.renew'>> {
  const { db } = deps.live
  const membership = manualById(db, asked.id)
  const last = membership === null ? null : termEnd(db, membership.id)
  const zone = readSettings(db).timeZone
  const until = endOfLocalDate(asked.until, zone)
  const today = startOfLocalDay(deps.now(), zone)
  if (membership === null || last === null) return refuse('wrong-state', manualRefusals.notManual)
  if (membership.endedAt !== null) return refuse('wrong-state', manualRefusals.ended)
  if (until === null) return refuse('bad-request', manualRefusals.noDay(asked.until))
  if (until <= last) return refuse('bad-request', manualRefusals.notLater(sayDay(last - 1, voiceOf(deps))))
  const fault = amountFault(asked.amount ?? null)
  if (fault !== null) return refuse('bad-request', fault)
  const from = last < today && until > today ? today : last
  db.transaction(() => {
    const term = writeTerm(deps, { ...paidBy(asked), membershipId: asked.id, from, until })
    recordAction(deps, 'membership-renewed', membership.payerId, { membership: asked.id, until: asked.until })
    const plan = planById(db, membership.planId)?.name ?? ''
    // A term that is over by now was paid then.
    if (until > today) tellOfCash(deps, membership.payerId, cashOfTerm(deps, term, membership.payerId, plan))
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

/** What was agreed and how it was paid, the newest first. */
export function listTerms({ desk: db }: ReadDeps, id: string): Result<Reply<'memberships.terms'>> {
  if (manualById(db, id) === null) return refuse('wrong-state', manualRefusals.notManual)
  return done(
    termsOf(db, id).map(({ from, until, method, amount, note }) => ({
      from: toIso(from),
      until: toIso(until),
      method,
      amount,
      note,
    })),
  )
}

function amountFault(amount: Term['amount']): string | null {
  if (amount === null) return null
  if (amount.minor <= 0) return manualRefusals.badAmount
  return isCurrency(amount.currency.toLowerCase()) ? null : manualRefusals.noCurrency(amount.currency)
}

type Paid = Pick<Term, 'method' | 'amount' | 'note'>

function paidBy(asked: {
  method: Term['method']
  amount?: Term['amount'] | undefined
  note?: string | undefined
}): Paid {
  const amount = asked.amount ? { ...asked.amount, currency: asked.amount.currency.toLowerCase() } : null
  return { method: asked.method, amount, note: asked.note?.trim() || null }
}

function writeTerm(deps: DeskDeps, agreed: Omit<Term, 'id'>): Term {
  const { db, newId, operator } = deps.live
  const at = deps.now()
  const term = { id: newId(), ...agreed }
  insertTerm(db, { ...term, at, operator, origin: deps.deskId })
  deriveManual(db, term.membershipId, policyFrom(readSettings(db)), at)
  return term
}

/** What was taken for it; null where it was not paid in cash. */
function cashOfTerm(deps: DeskDeps, { id, method, amount }: Term, member: string, plan: string): CashPayment | null {
  if (method !== 'cash' || amount === null) return null
  return cashPayment(deps.desk, takeCash(deps, { member, what: plan, subject: id, amount }).id)
}
