// What a decision stood on, so that "why" can be answered later from the log alone.
import type { CredentialNow } from './credential.ts'
import { type CoveringMembership, type Decision, type DecisionInput, POLICY_VERSION } from './decide.ts'
import type { Hours } from './schedule.ts'
import type { Entitlement } from './standing.ts'
import { toIso } from './time.ts'

/** The membership that decided: of several plans on one subscription that which opens the door. */
function decidingAt({ memberships }: DecisionInput, { membershipId }: Decision): CoveringMembership | undefined {
  const same = memberships.filter(({ entitlement }) => entitlement.membershipId === membershipId)
  return same.find(({ opensDoor }) => opensDoor) ?? same[0]
}

/** The hours that refused somebody, those of their plan at this door; null where it was something else. */
export function hoursThatRefused(input: DecisionInput, decision: Decision): Hours | null {
  return decision.rule === 'hours' ? (decidingAt(input, decision)?.hours ?? null) : null
}

/** All that a decision at a door reads, and whom it was about. */
export type DoorSnapshot = {
  input: DecisionInput
  /** What was read, null where the text is not one card; the enrolled identity where a short form led to it. */
  canonical: string | null
  credential: CredentialNow | null
  memberId: string | null
  entitlements: readonly (Entitlement & { planName: string })[]
  /** Of desk.db: rises with every change that may alter what a door answers. */
  revision: number
}

export function receiptInputs(
  { input, entitlements, canonical, revision }: DoorSnapshot,
  decision: Decision,
): Record<string, unknown> {
  const deciding = entitlements.find((entitlement) => entitlement.membershipId === decision.membershipId)
  const at = decidingAt(input, decision)
  const known = <T>(name: string, value: T | null | undefined) =>
    value === null || value === undefined ? {} : { [name]: value }
  return {
    policy: POLICY_VERSION,
    revision,
    card: input.card,
    canonical,
    freshSince: toIso(input.freshSince),
    memberships: input.memberships.length,
    ...(input.order === null
      ? {}
      : {
          order: input.order.mode,
          orderUntil: toIso(input.order.until),
          orderWithKeyholders: input.order.withKeyholders,
        }),
    ...(input.keyholder ? { keyholder: true } : {}),
    ...(input.barred ? { barred: true } : {}),
    ...(input.override === null
      ? {}
      : {
          override: input.override.id,
          overrideUntil: toIso(input.override.until),
          overrideBy: input.override.operator,
          ...known('event', input.override.event),
        }),
    ...known('extendedTo', toIso(input.extendedTo)),
    ...known('missingInduction', input.missingInduction),
    ...known('minor', input.minor),
    ...known('guestOf', input.guestOf),
    ...known('passback', input.passback),
    ...known('hours', at?.hours),
    ...known('visits', at?.visits),
    ...known('takes', decision.takes?.kind),
    ...(deciding === undefined
      ? {}
      : {
          membership: deciding.membershipId,
          plan: deciding.planName,
          phase: deciding.phase,
          paidUntil: toIso(deciding.paidUntil),
          graceUntil: toIso(deciding.graceUntil),
          knownEnd: toIso(deciding.knownEnd),
          provisionalUntil: toIso(deciding.provisionalUntil),
          method: deciding.method,
          cause: deciding.cause,
        }),
  }
}
