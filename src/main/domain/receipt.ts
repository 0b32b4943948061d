// What a decision stood on, so that "why" can be answered later from the log alone.
import type { CredentialNow } from './credential.ts'
import {
  type CoveringMembership,
  type Decision,
  type DecisionInput,
  type Minor,
  POLICY_VERSION,
  type Taking,
  type Visits,
} from './decide.ts'
import type { Hours } from './schedule.ts'
import type { Entitlement } from './standing.ts'
import { toIso } from './time.ts'

/** The membership that decided: of several plans on one subscription that which opens the door. */
function decidingAt({ memberships }: DecisionInput, { membershipId }: Decision): CoveringMembership | undefined {
  const same = memberships.filter(({ entitlement }) => entitlement.membershipId === membershipId)
  return same.find(({ opensDoor }) => opensDoor) ?? same[0]
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

/** What a row of the log keeps of that: facts that were there; an older row may keep fewer. Moments in ISO 8601. */
export type Receipt = {
  policy?: number
  revision?: number
  card?: DecisionInput['card']
  canonical?: string | null
  freshSince?: string | null
  memberships?: number
  order?: 'lockdown' | 'held-open'
  orderUntil?: string | null
  orderWithKeyholders?: boolean
  orderSince?: string
  orderWhy?: string
  orderBy?: string
  keyholder?: boolean
  barred?: boolean
  override?: string
  overrideUntil?: string
  overrideBy?: string
  event?: string
  extendedTo?: string
  missingInduction?: string
  minor?: Minor
  guestOf?: { host: string; hostIn: boolean }
  passback?: { alreadyIn: boolean }
  hours?: Hours
  visits?: Visits
  takes?: Taking['kind']
  membership?: string
  plan?: string
  phase?: Entitlement['phase']
  paidUntil?: string | null
  graceUntil?: string | null
  knownEnd?: string | null
  provisionalUntil?: string | null
  method?: Entitlement['method']
  cause?: Entitlement['cause']
  /** Where a controller decided on its own: the number that it gave to the event, and when that was told. */
  n?: number
  uploadedAt?: string
  /** Events that a controller no longer had: how many, between which numbers. */
  missing?: number
  after?: number
  to?: number
}

export function receiptInputs({ input, entitlements, canonical, revision }: DoorSnapshot, decision: Decision): Receipt {
  const deciding = entitlements.find((entitlement) => entitlement.membershipId === decision.membershipId)
  const at = decidingAt(input, decision)
  const { order, override } = input
  return {
    policy: POLICY_VERSION,
    revision,
    card: input.card,
    canonical,
    freshSince: toIso(input.freshSince),
    memberships: input.memberships.length,
    ...(order && {
      order: order.mode,
      orderUntil: toIso(order.until),
      orderWithKeyholders: order.withKeyholders,
      ...known('orderSince', toIso(order.at ?? null)),
      ...known('orderWhy', order.why || null),
      ...known('orderBy', order.operator),
    }),
    ...(input.keyholder && { keyholder: true }),
    ...(input.barred && { barred: true }),
    ...(override && {
      override: override.id,
      overrideUntil: toIso(override.until),
      overrideBy: override.operator,
      ...known('event', override.event),
    }),
    ...known('extendedTo', toIso(input.extendedTo)),
    ...known('missingInduction', input.missingInduction),
    ...known('minor', input.minor),
    ...known('guestOf', input.guestOf),
    ...known('passback', input.passback),
    ...known('hours', at?.hours),
    ...known('visits', at?.visits),
    ...known('takes', decision.takes?.kind),
    ...(deciding && {
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

function known<K extends keyof Receipt, T>(name: K, value: T | null | undefined): { [P in K]?: T } {
  return (value === null || value === undefined ? {} : { [name]: value }) as { [P in K]?: T }
}
