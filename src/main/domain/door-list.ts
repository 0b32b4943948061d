// What a controller may open for while it hears nothing from the desk: pure, by the very rules of a decision.
import { type CoveringMembership, type DecisionInput, decide } from './decide.ts'
import { type Hours, toLink } from './schedule.ts'
import { DAY, endOfLocalDay, HOUR, type Ms } from './time.ts'

/** Stands for "as long as nothing else is said". */
export const NO_END: Ms = Date.UTC(2100, 0, 1)
/** A list is good for a week: beyond it one end is as good as another. */
const HORIZON = 7 * DAY

/** Until when, and in which hours; none means at all. */
export type ListTerms = { until: Ms; windows: Hours }

/** What a list may say of one card: the moment at which the door would begin to refuse if nothing more were heard, and the
 * hours in which it opens until then; null where it may say nothing. Never wider than a check.
 * `inputAt` is the snapshot of the card at a moment; `ends` are moments at which rows of it run out. */
export function listTerms(inputAt: (at: Ms) => DecisionInput, now: Ms, ends: readonly Ms[]): ListTerms | null {
  const first = alone(inputAt(now))
  const turns = [...new Set([...ends, ...turningPoints(first)])].filter((at) => at > now && at < NO_END)
  turns.sort((a, b) => a - b)
  const untilNot = (opens: (input: DecisionInput) => boolean): Ms | null =>
    opens(first) ? (turns.find((at) => !opens(alone(inputAt(at)))) ?? NO_END) : null

  const atAllHours = untilNot((input) => grants(input, (membership) => membership.hours === null))
  if (atAllHours !== null && atAllHours - now >= HORIZON) return { until: atAllHours, windows: [] }
  const inHours = hoursTerms(first, untilNot)
  if (atAllHours === null) return inHours
  return inHours === null || inHours.until <= atAllHours ? { until: atAllHours, windows: [] } : inHours
}

/** By the memberships that open in certain hours: for as long as every one of them does. */
function hoursTerms(
  first: DecisionInput,
  untilNot: (opens: (input: DecisionInput) => boolean) => Ms | null,
): ListTerms | null {
  const key = ({ entitlement, hours }: CoveringMembership) => `${entitlement.membershipId} ${JSON.stringify(hours)}`
  const timed = first.memberships.filter(
    (one) => one.hours !== null && grants(first, (other) => key(other) === key(one)),
  )
  if (timed.length === 0) return null
  const until = untilNot((input) => timed.every((one) => grants(input, (other) => key(other) === key(one))))
  return until === null ? null : { until, windows: timed.flatMap(({ hours }) => toLink(hours ?? [])) }
}

/** Whether some of the memberships, or whatever outranks them, open the door, leaving hours aside. */
function grants(input: DecisionInput, counts: (membership: CoveringMembership) => boolean): boolean {
  const memberships = input.memberships.map((one) => (counts(one) ? { ...one, hours: null } : SHUT(one)))
  return decide({ ...input, memberships }).grant
}

const SHUT = (one: CoveringMembership): CoveringMembership => ({ ...one, opensDoor: false })

/** What a controller cannot count or see is not for a list: holds, uses, visits, who is in, and two kinds of hours at once. */
function alone(input: DecisionInput): DecisionInput {
  const { order, override, minor, passback, wayOut } = input
  const minorHours = minor?.hours ?? null
  return {
    ...input,
    // A hold is for who stands there while the desk lives, a lockdown for who comes in.
    order: order?.mode === 'held-open' || wayOut ? null : order,
    override: override?.counted === true ? null : override,
    guestOf: null,
    passback: passback === null ? null : { alreadyIn: true },
    wayOut: false,
    minor: minor === null ? null : { guardianIn: minor.guardianIn === null ? null : false, hours: null },
    memberships: input.memberships.map((one) =>
      one.visits !== null || (minorHours !== null && one.hours !== null)
        ? SHUT(one)
        : { ...one, hours: one.hours ?? minorHours },
    ),
  }
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
