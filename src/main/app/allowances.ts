// What a plan gives besides doors and visits: named by a manager, taken off and given back at the desk, each a fact.
import type { Args } from '../../preload/contract.ts'
import type { AllowanceRow, PlanSaleView } from '../../preload/shapes-plans.ts'
import { type AllowancePeriod, periodOf } from '../domain/allowance.ts'
import { mappingRefusals } from '../domain/memberships-en.ts'
import { allowanceText, allowanceRefusals as refusals } from '../domain/plans-en.ts'
import { sayDay } from '../domain/say.ts'
import { membershipStanding } from '../domain/standing.ts'
import type { ActionKind } from '../domain/timeline-en.ts'
import { invoicesOfSubscription } from '../store/billing-objects.ts'
import { entitlementsOfMember, morePlansOf, type StoredEntitlement, subscriptionOf } from '../store/entitlements.ts'
import { termsOf } from '../store/manual-memberships.ts'
import { addUse, allowancesOfPlan, setAllowances, usesSince } from '../store/plan-allowances.ts'
import { planById } from '../store/plans.ts'
import { readSettings } from '../store/settings.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { personHere } from './person-here.ts'
import { planSaleView } from './plan-sales.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'

export function changeAllowances(deps: DeskDeps, asked: Args<'plans.setAllowances'>): Result<PlanSaleView> {
  const { db, newId } = deps.live
  if (planById(db, asked.plan) === null) return refuse('not-found', mappingRefusals.noPlan)
  const known = new Set(allowancesOfPlan(db, asked.plan).map(({ id }) => id))
  const names = new Set<string>()
  for (const [n, { id, name }] of asked.allowances.entries()) {
    const said = name.trim()
    const beside = (sentence: string) => ({ fields: { [`name-${n}`]: sentence } })
    if (said === '') return refuse('bad-request', refusals.noName, beside(refusals.noName))
    if (names.has(said.toLowerCase()))
      return refuse('bad-request', refusals.nameTwice(said), beside(refusals.nameTwice(said)))
    if (id !== undefined && !known.delete(id)) return refuse('not-found', refusals.gone, beside(refusals.gone))
    names.add(said.toLowerCase())
  }
  db.transaction(() => {
    const given = asked.allowances.map(({ id = newId(), name, amount, per }) => ({
      id,
      name: name.trim(),
      amount,
      per,
    }))
    setAllowances(db, asked.plan, given, deps.now())
    recordAction(deps, 'plan-allowances-set', asked.plan, { allowances: given })
  }).immediate()
  deps.live.push('members', {})
  return planSaleView(deps, asked.plan)
}

/** Of everything that covers a person now. What one takes, all whom the membership covers have less of. */
export function allowancesOf(deps: ReadDeps, memberId: string): AllowanceRow[] {
  return heldBy(deps, memberId).map(({ row }) => row)
}

export function takeAllowance(deps: DeskDeps, asked: Args<'allowances.use'>): Result<AllowanceRow[]> {
  return change(deps, asked, 'allowance-used', ({ row }) =>
    !row.holds
      ? refuse('wrong-state', refusals.notNow)
      : row.left <= 0
        ? refuse('wrong-state', refusals.noneLeft(row.name))
        : done(null),
  )
}

/** The last one that was taken in this time is as if it had not been. */
export function giveAllowanceBack(deps: DeskDeps, asked: Args<'allowances.giveBack'>): Result<AllowanceRow[]> {
  return change(deps, asked, 'allowance-given-back', ({ row, uses: [last] }) =>
    last === undefined ? refuse('wrong-state', refusals.noneTaken(row.name)) : done(last),
  )
}

type Held = { row: AllowanceRow; uses: string[] }

/** `judge` says which use is given back, null for one that is taken. */
function change(
  deps: DeskDeps,
  { member, membership, allowance }: Args<'allowances.use'>,
  kind: ActionKind,
  judge: (held: Held) => Result<string | null>,
): Result<AllowanceRow[]> {
  const { db, newId, operator } = deps.live
  const person = personHere(deps, member)
  if (!person.ok) return person
  const held = heldBy(deps, member)
  const ofMembership = held.filter(({ row }) => row.membership === membership)
  const one = ofMembership.find(({ row }) => row.allowance === allowance)
  if (one === undefined)
    return refuse('not-found', ofMembership.length === 0 ? refusals.notTheirs(person.value.name) : refusals.gone)
  const judged = judge(one)
  if (!judged.ok) return judged
  db.transaction(() => {
    const use = { id: newId(), allowanceId: allowance, membershipId: membership, givesBack: judged.value }
    addUse(db, { ...use, at: deps.now(), operator, origin: deps.deskId })
    recordAction(deps, kind, member, { membership, allowance, name: one.row.name })
  }).immediate()
  deps.live.push('members', {})
  return done(allowancesOf(deps, member))
}

function heldBy(deps: ReadDeps, memberId: string): Held[] {
  const { desk: db } = deps
  const now = deps.now()
  const voice = voiceOf(deps, now)
  const { timeZone } = readSettings(db)
  return entitlementsOfMember(db, memberId, now).flatMap((entitlement) => {
    const standing = membershipStanding(entitlement, now)
    // What is over gives nothing, and nobody asks for it any more.
    if (standing === 'ended') return []
    const { membershipId, planId } = entitlement
    return [planId, ...morePlansOf(db, membershipId)].flatMap((id) =>
      allowancesOfPlan(db, id).map(({ id: allowance, name, amount: of, per }): Held => {
        const { since, until, renews } = periodOf(per, termOf(deps, entitlement, now), now, timeZone)
        const uses = usesSince(db, membershipId, allowance, since)
        const left = Math.max(0, of - uses.length)
        // A term ends with its last day; a new month begins on its first.
        const day = until === null ? null : sayDay(renews ? until : until - 1, voice)
        const row = {
          membership: membershipId,
          plan: planById(db, id)?.name ?? id,
          allowance,
          name,
          of,
          left,
          says: allowanceText({ name, of, left, until: day, renews }),
          holds: standing === 'current' || standing === 'grace',
        }
        return { row, uses }
      }),
    )
  })
}

/** The term that was agreed, or the period that Stripe's last paid invoice is for. */
function termOf({ desk: db }: ReadDeps, { membershipId, paidUntil }: StoredEntitlement, now: number): AllowancePeriod {
  const subscription = subscriptionOf(db, membershipId)
  if (subscription !== null) {
    const paid = invoicesOfSubscription(db, subscription.account, subscription.subscriptionId)
      .filter(({ status, serviceStart }) => status === 'paid' && serviceStart !== null && serviceStart <= now)
      .map(({ serviceStart }) => serviceStart ?? 0)
    return { since: Math.max(0, ...paid), until: paidUntil, renews: true }
  }
  const terms = termsOf(db, membershipId)
  const present = terms.find(({ from }) => from <= now)
  if (present === undefined) return { since: 0, until: null, renews: false }
  return { since: present.from, until: present.until, renews: terms.some(({ from }) => from >= present.until) }
}
