// Who was what, when, why: a person's standing over time, from every entitlement that ever held and from the clock.
import type { Cause, ClockCause } from './cause.ts'
import { type Entitlement, membershipStanding, STANDINGS, type Standing } from './standing.ts'
import type { Ms } from './time.ts'

/** What held of a membership from the moment at which the desk learned of it. */
export type EntitlementVersion = {
  at: Ms
  entitlement: Entitlement
  /** Plans beyond the one that names the membership. */
  morePlans: readonly string[]
}

/** A membership that covers or once covered the person; `versions` oldest first. */
export type HeldMembership = {
  versions: readonly EntitlementVersion[]
  covers: readonly { from: Ms; until: Ms | null }[]
}

/** Of each membership that covered the person at a moment what was known of it until then, the newest first. */
export function versionsThen(held: readonly HeldMembership[], at: Ms): EntitlementVersion[][] {
  return held
    .filter(({ covers }) => isCovered(covers, at))
    .map(({ versions }) => versions.filter((version) => version.at <= at).reverse())
    .filter((versions) => versions.length > 0)
}

function isCovered(covers: HeldMembership['covers'], at: Ms): boolean {
  return covers.some(({ from, until }) => from <= at && (until === null || at < until))
}

export type HistoryStep = {
  at: Ms
  standing: Standing
  /** The one that names the membership, then the others; none where nothing covers them. */
  planIds: readonly string[]
  cause: Cause | ClockCause
  /** Until when doors let the person in, as far as that was known: null for no end, `at` or before for not at all. */
  openUntil: Ms | null
}

/** Newest first. A step is a change of word, plan or cause; a renewal of what already held is none. */
export function standingHistory(held: readonly HeldMembership[], now: Ms): HistoryStep[] {
  const moments = [...new Set(held.flatMap((membership) => momentsOf(membership)))].filter((at) => at <= now)
  const steps: HistoryStep[] = []
  for (const at of moments.toSorted((a, b) => a - b)) {
    const step = stepAt(held, at)
    const last = steps.at(-1)
    if (step === null && last === undefined) continue
    const { standing, planIds, cause, openUntil } = step ?? {
      standing: 'ended' as const,
      planIds: [],
      cause: 'not-covered' as const,
      openUntil: at,
    }
    if (last?.standing === standing && last.planIds.join() === planIds.join() && last.cause === cause) continue
    steps.push({ at, standing, planIds, cause, openUntil })
  }
  return steps.reverse()
}

/** When something of a membership changed: a version, a cover, a moment of a version that was reached while it held. */
function momentsOf({ versions, covers }: HeldMembership): Ms[] {
  const first = versions[0]?.at ?? Number.POSITIVE_INFINITY
  const reached = versions.flatMap(({ at, entitlement }, index) => {
    const { knownEnd, graceUntil, paidUntil } = entitlement
    const next = versions[index + 1]?.at ?? Number.POSITIVE_INFINITY
    return [knownEnd, graceUntil, paidUntil].filter((end): end is Ms => end !== null && end > at && end < next)
  })
  const covered = covers.flatMap(({ from, until }) => (until === null ? [from] : [from, until]))
  return [...versions.map(({ at }) => at), ...reached, ...covered.filter((at) => at > first)]
}

function stepAt(held: readonly HeldMembership[], at: Ms): Omit<HistoryStep, 'at'> | null {
  const views = held.flatMap(({ versions, covers }) => {
    const version = versions.findLast((one) => one.at <= at)
    if (version === undefined || !isCovered(covers, at)) return []
    const { entitlement } = version
    const standing = membershipStanding(entitlement, at)
    return [
      {
        standing,
        planIds: [entitlement.planId, ...version.morePlans],
        cause: causeAt(version, standing),
        openUntil: openUntilOf(entitlement, standing, at),
      },
    ]
  })
  const best = views.toSorted((a, b) => STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing))[0]
  return best ?? null
}

/** The version's own cause, unless a moment has since been reached that changed the word. */
function causeAt({ at, entitlement }: EntitlementVersion, standing: Standing): Cause | ClockCause {
  if (membershipStanding(entitlement, at) === standing) return entitlement.cause
  if (standing === 'ended') return 'end-reached'
  return standing === 'grace' ? 'term-over' : 'grace-over'
}

/** As far as it could be known at that moment: a payment, a decision or stale data may move it. */
function openUntilOf(entitlement: Entitlement, standing: Standing, at: Ms): Ms | null {
  const { knownEnd, graceUntil, debitProcessing, frozenOpen, pauseUnreviewed, paidUntil, provisionalUntil } =
    entitlement
  switch (standing) {
    case 'current':
      return knownEnd
    case 'grace':
      return debitProcessing ? null : graceUntil
    case 'frozen':
      return frozenOpen || pauseUnreviewed ? null : (paidUntil ?? at)
    case 'pending':
      return provisionalUntil ?? at
    case 'lapsed':
    case 'ended':
      return at
  }
}
