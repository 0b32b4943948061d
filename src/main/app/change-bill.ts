// What a change would cost, by Stripe's own preview: what is due now, and what comes at the next renewal.
import type { Args } from '../../preload/contract.ts'
import type { ChangeBill } from '../../preload/shapes-changes.ts'
import { changeRefusals as refusals } from '../domain/changes-en.ts'
import type { Change } from '../domain/membership-change.ts'
import type { Money } from '../domain/money.ts'
import { toIso } from '../domain/time.ts'
import { priceById } from '../store/billing-objects.ts'
import { seatsByHand } from '../store/membership-seats.ts'
import { planById } from '../store/plans.ts'
import type { Previewed, Wanted } from '../stripe/changes-port.ts'
import { itemOfPlan, type Look, lookAt, troubled } from './change-look.ts'
import type { DeskDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'
import { planNamed, priceOfPlan } from './sign-up-order.ts'

export type PlanChange = Extract<Change, { do: 'plan' }>
export type SeatChange = Extract<Change, { do: 'seats' }>

export async function previewPlan(deps: DeskDeps, asked: Args<'changes.previewPlan'>): Promise<Result<ChangeBill>> {
  const look = await lookAt(deps, asked.id)
  if (!look.ok) return look
  const change = planChange(deps, look.value, { ...asked, at: look.value.at })
  return change.ok ? troubled(async () => done(await billOf(look.value, change.value))) : change
}

export async function previewSeats(
  deps: DeskDeps,
  { id, seats }: Args<'changes.previewSeats'>,
): Promise<Result<ChangeBill>> {
  const look = await lookAt(deps, id)
  if (!look.ok) return look
  const change = seatChange(deps, look.value, { seats, at: look.value.at })
  return change.ok ? troubled(async () => done(await billOf(look.value, change.value))) : change
}

/** Another plan for the same people; or why it cannot be. */
export function planChange(
  deps: DeskDeps,
  look: Look,
  { plan: planId, when, at }: { plan: string; when: PlanChange['when']; at: number },
): Result<PlanChange> {
  const item = changeable(deps, look)
  if (!item.ok) return item
  const plan = planById(deps.desk, planId)
  if (plan === null) return refuse('not-found', refusals.noPlan)
  const priceId = priceOfPlan(deps, planId)
  if (priceId === null) return refuse('wrong-state', refusals.noPrice(plan.name))
  if (priceId === item.value.priceId) return refuse('wrong-state', refusals.samePlan(plan.name))
  const currency = (id: string) => priceById(deps.desk, look.account, id)?.currency
  if (currency(priceId) !== currency(item.value.priceId))
    return refuse('wrong-state', refusals.otherCurrency(planNamed(deps, planId)))
  // Where the plan itself says how many it covers, its price is for all of them.
  const quantity = plan.seats === null ? item.value.quantity : 1
  return done({ do: 'plan', when, planId, itemId: item.value.id, priceId, quantity, at })
}

/** So many people at a price for each. */
export function seatChange(
  deps: DeskDeps,
  look: Look,
  {
    seats,
    at,
    cover,
    uncover,
  }: { seats: number; at: number; cover?: string | undefined; uncover?: string | undefined },
): Result<SeatChange> {
  const item = changeable(deps, look)
  if (!item.ok) return item
  if (!isBySeat(deps, look.id, look.planId)) return refuse('wrong-state', refusals.notBySeat)
  return done({
    do: 'seats',
    itemId: item.value.id,
    quantity: seats,
    at,
    cover: cover ?? null,
    uncover: uncover ?? null,
  })
}

/** How many it covers is how many are paid for: neither a person nor the plan says otherwise. */
export function isBySeat({ desk: db }: Pick<DeskDeps, 'desk'>, membershipId: string, planId: string): boolean {
  return planById(db, planId)?.seats === null && seatsByHand(db, membershipId) === null
}

function changeable(deps: DeskDeps, look: Look) {
  const { status, endedAt, collectionPaused, pendingItems, schedule } = look.now
  if (endedAt !== null) return refuse('wrong-state', refusals.ended)
  if (status !== 'active' || collectionPaused) return refuse('wrong-state', refusals.notRunning)
  if (pendingItems !== null || schedule !== null) return refuse('wrong-state', refusals.comes)
  const item = itemOfPlan(deps, look)
  return item === null ? refuse('wrong-state', refusals.severalPlans) : done(item)
}

/** The invoice of the change, and that of the next renewal as it would be then. */
export async function billOf({ port, now }: Look, change: PlanChange | SeatChange): Promise<ChangeBill> {
  const own = now.items.find(({ id }) => id === change.itemId)
  const priceId = change.do === 'plan' ? change.priceId : (own?.priceId ?? '')
  const when = change.do === 'plan' ? change.when : 'now'
  const wanted: Wanted = { itemId: change.itemId, priceId, quantity: change.quantity, when, at: change.at }
  const later = await port.preview(now.id, { ...wanted, when: 'period-end' })
  const today = when === 'now' ? await port.preview(now.id, wanted) : null
  const next = today === null ? now.periodEnd : today.until
  return {
    due: today?.due ?? nothing(later.total),
    lines: today?.lines ?? [],
    credit: today === null ? null : creditOf(today),
    next: next === null ? null : { amount: later.total, at: toIso(next) },
    asOf: toIso(change.at),
  }
}

function creditOf({ total: { minor, currency } }: Previewed): Money | null {
  return minor < 0 ? { minor: -minor, currency } : null
}

function nothing({ currency }: Money): Money {
  return { minor: 0, currency }
}
