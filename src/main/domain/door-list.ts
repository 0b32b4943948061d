// What a controller may open for while it hears nothing from the desk: pure, by the very rules of a decision.
import { type DecisionInput, decide } from './decide.ts'
import { endOfLocalDay, HOUR, type Ms } from './time.ts'

/** Stands for "as long as nothing else is said". */
export const NO_END: Ms = Date.UTC(2100, 0, 1)

/** The moment at which the door would begin to refuse if nothing more were heard; null where it refuses now.
 * `inputAt` is the snapshot of one card at a moment; `ends` are moments at which rows of it run out. */
export function openUntil(inputAt: (at: Ms) => DecisionInput, now: Ms, ends: readonly Ms[]): Ms | null {
  const opens = (input: DecisionInput) => decide(unheld(input)).grant
  const first = inputAt(now)
  if (!opens(first)) return null
  const turns = [...new Set([...ends, ...turningPoints(first)])].filter((at) => at > now && at < NO_END)
  return turns.sort((a, b) => a - b).find((at) => !opens(inputAt(at))) ?? NO_END
}

/** A hold is for who stands there while the desk lives: it puts nobody on a list. */
function unheld(input: DecisionInput): DecisionInput {
  return input.order?.mode === 'held-open' ? { ...input, order: null } : input
}

/** Moments at which the clock alone may change what is decided (decide.ts, `viewAtDoor`). */
function turningPoints({
  memberships,
  policy,
  doorAllowance,
  extendedTo,
  freshSince,
  override,
  order,
}: DecisionInput): Ms[] {
  const ends = memberships.flatMap(({ entitlement }) => {
    const { paidUntil, graceUntil, knownEnd, provisionalUntil } = entitlement
    const allowance = doorAllowance ?? entitlement.allowance
    const seen = Math.max(graceUntil ?? 0, freshSince ?? 0)
    const own = [paidUntil, graceUntil, knownEnd, provisionalUntil].filter((at) => at !== null)
    return [
      ...own.flatMap((end) => [end, end + allowance, endOfLocalDay(end - 1, policy.zone)]),
      seen + HOUR,
      seen + allowance,
    ]
  })
  return [...ends, extendedTo, override?.until, order?.until].filter((at) => at !== null && at !== undefined)
}
