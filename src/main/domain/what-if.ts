// What doors would have said by another rule. Each swipe is decided anew by the decision itself, from the receipt that its
// row keeps and what was stored of its memberships then (docs/report.md). One by one: whoever was refused may not have come
// again, so nothing is made of what would have followed.
import type { PauseKind } from './cause.ts'
import { type CoveringMembership, type Decision, type DecisionInput, decide, PLAIN, POLICY_VERSION } from './decide.ts'
import type { EntitlementVersion } from './history.ts'
import type { Receipt } from './receipt.ts'
import type { Hours } from './schedule.ts'
import type { Entitlement, PaymentMethodKind, Policy } from './standing.ts'
import { type Ms, toIso } from './time.ts'

/** What is changed; all else stays as it was at each swipe. */
export type RuleChange = {
  grace?: Partial<Record<PaymentMethodKind, Ms>>
  endOfDay?: boolean
  pauseOpens?: Partial<Record<PauseKind, boolean>>
  /** How long a door goes by old data; `door` null: each. `allowance` null: the grace of the payment method. */
  allowance?: { door: string | null; allowance: Ms | null }
  /** The plan opens the door in these hours; null: at all. */
  hours?: { plan: string; door: string; hours: Hours | null }
}

/** A row of the log. */
export type Swipe = {
  at: Ms
  doorId: string
  granted: boolean
  reason: string
  detail: string | null
  rule: string
  inputs: Receipt
}

/** One plan of a membership, at the door of the swipe. */
export type PlanThen = CoveringMembership & { planId: string }

/** What a decision read and its receipt does not keep. */
export type Beside = {
  policy: Policy
  doorAllowance: Ms | null
  holidays: ReadonlySet<string>
  /** Of each membership that covered the person what was stored of it until then, the newest first. */
  memberships: readonly (readonly EntitlementVersion[])[]
  atDoor(version: EntitlementVersion): PlanThen[]
}

/** Why a swipe cannot be decided anew. `older-rules`: by a former version of the rules. `not-kept`: what was stored of its
 * memberships does not fit its receipt. `other-answer`: without any change it would not come out as it was recorded. */
export const UNKNOWN = ['older-rules', 'not-kept', 'other-answer'] as const
export type Unknown = (typeof UNKNOWN)[number]

/** `by-itself`: a controller decided alone, by the list that it held. */
export type Replayed = 'same' | 'by-itself' | Unknown | { was: Decision; would: Decision }

export function replay(swipe: Swipe, beside: Beside, change: RuleChange): Replayed {
  const { inputs } = swipe
  if (inputs.n !== undefined) return 'by-itself'
  if (inputs.policy !== POLICY_VERSION) return 'older-rules'
  const plans = plansThen(inputs, beside)
  if (plans === null || plans.length !== inputs.memberships) return 'not-kept'
  // From before it was stored when a payment fell due.
  const isDated = ({ entitlement: { method, graceStart, graceUntil } }: PlanThen) =>
    change.grace?.[method] === undefined || graceUntil === null || graceStart !== null
  if (!plans.every(isDated)) return 'not-kept'
  const input = inputThen(swipe, beside, plans)
  const was = decide(input)
  if (was.reason !== swipe.reason || was.detail !== swipe.detail || was.rule !== swipe.rule) return 'other-answer'
  const would = decide(changed(input, plans, change, swipe.doorId))
  return was.grant === would.grant ? 'same' : { was, would }
}

/** Null where what the receipt says of the deciding membership was never stored. */
function plansThen(receipt: Receipt, { memberships, atDoor }: Beside): PlanThen[] | null {
  const chosen = memberships.map((versions) => {
    const deciding = versions[0]?.entitlement.membershipId === receipt.membership
    // A door may have read while a newer one was being written: what it saw stands in the receipt.
    return deciding ? versions.find(({ entitlement }) => isAsIn(receipt, entitlement)) : versions[0]
  })
  const decided = receipt.membership
  if (decided !== undefined && !chosen.some((version) => version?.entitlement.membershipId === decided)) return null
  return chosen.flatMap((version) => {
    if (version === undefined) return []
    const plans = atDoor(version)
    const { membershipId } = version.entitlement
    // Hours and visits are those of the plan that decided; where there are several, of which is not known.
    return membershipId === decided && plans.length === 1
      ? plans.map((plan) => ({ ...plan, hours: receipt.hours ?? null, visits: receipt.visits ?? null }))
      : plans
  })
}

function isAsIn(receipt: Receipt, entitlement: Entitlement): boolean {
  return (
    entitlement.phase === receipt.phase &&
    entitlement.method === receipt.method &&
    entitlement.cause === receipt.cause &&
    (['paidUntil', 'graceUntil', 'knownEnd', 'provisionalUntil'] as const).every(
      (name) => toIso(entitlement[name]) === (receipt[name] ?? null),
    )
  )
}

function inputThen({ at, rule, inputs }: Swipe, beside: Beside, memberships: readonly PlanThen[]): DecisionInput {
  const { policy, doorAllowance, holidays } = beside
  const { order, override } = inputs
  return {
    ...PLAIN,
    now: at,
    policy,
    doorAllowance,
    holidays,
    memberships,
    extendedTo: moment(inputs.extendedTo),
    card: inputs.card ?? 'unknown',
    freshSince: moment(inputs.freshSince),
    override:
      override === undefined
        ? null
        : {
            id: override,
            until: moment(inputs.overrideUntil) ?? at,
            operator: inputs.overrideBy ?? '',
            event: inputs.event ?? null,
            counted: inputs.takes === 'permission',
          },
    order:
      order === undefined
        ? null
        : { mode: order, withKeyholders: inputs.orderWithKeyholders ?? false, until: moment(inputs.orderUntil) },
    keyholder: inputs.keyholder ?? false,
    barred: inputs.barred ?? false,
    wayOut: rule === 'way-out',
    missingInduction: inputs.missingInduction ?? null,
    minor: inputs.minor ?? null,
    guestOf: inputs.guestOf ?? null,
    passback: inputs.passback ?? null,
  }
}

function moment(iso: string | null | undefined): Ms | null {
  return iso == null ? null : Date.parse(iso)
}

function changed(input: DecisionInput, plans: readonly PlanThen[], change: RuleChange, doorId: string): DecisionInput {
  const { allowance, hours, endOfDay } = change
  return {
    ...input,
    policy: { ...input.policy, endOfDay: endOfDay ?? input.policy.endOfDay },
    doorAllowance:
      allowance !== undefined && (allowance.door ?? doorId) === doorId ? allowance.allowance : input.doorAllowance,
    memberships: plans.map((plan) => ({
      ...plan,
      ...(hours?.plan === plan.planId && hours.door === doorId ? { opensDoor: true, hours: hours.hours } : {}),
      entitlement: underRules(plan.entitlement, change),
    })),
  }
}

/** What would be stored of a membership by other settings: those that are stored with it (domain/entitlement.ts). */
export function underRules(entitlement: Entitlement, { grace, pauseOpens }: RuleChange): Entitlement {
  const { method, graceStart, phase, cause } = entitlement
  const given = grace?.[method]
  const kind = cause.startsWith('paused-') ? (cause.slice('paused-'.length) as PauseKind) : null
  const opens = phase === 'frozen' && kind !== null ? pauseOpens?.[kind] : undefined
  return {
    ...entitlement,
    ...(given === undefined ? {} : { allowance: given }),
    ...(given === undefined || graceStart === null ? {} : { graceUntil: graceStart + given }),
    ...(opens === undefined ? {} : { frozenOpen: opens }),
  }
}
