// What every worklist says of a person: who they are, how to reach them, and whether a membership opens any door.
import type { NextAction } from '../../preload/shapes-worklists.ts'
import type { Voice } from '../domain/say.ts'
import type { Entitlement, Policy } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import { doorRules } from '../store/door-rules.ts'
import { allDoors } from '../store/doors.ts'
import { membershipsOfSeveralPlans, morePlansOf } from '../store/entitlements.ts'
import { emailsOf, memberById } from '../store/members.ts'
import type { ReadDeps } from './deps.ts'

/** Rows of a list where nobody says how many: more than anybody works through. */
export const ROWS = 200

/** What both lists of leaks look by; `hidden`: who is not to be named in lists of visits. */
export type Looked = { deps: ReadDeps; now: Ms; policy: Policy; voice: Voice; hidden: ReadonlySet<string> }

export type Reached = { email: string | null; phone: string | null }

export function personNamed({ desk }: ReadDeps, id: string): { id: string; name: string } {
  return { id, name: memberById(desk, id)?.name ?? '' }
}

export function contactOf({ desk }: ReadDeps, id: string): Reached {
  return { email: emailsOf(desk, [id]).get(id)?.[0] ?? null, phone: memberById(desk, id)?.phone ?? null }
}

/** A mail in the person's own mail program, where there is an address; else a look at who it is. */
export function writeTo({ email }: Reached, mail?: { subject: string; body: string }): NextAction {
  if (email === null) return { do: 'look' }
  const at = email.lastIndexOf('@')
  const address = `${encodeURIComponent(email.slice(0, at))}@${encodeURIComponent(email.slice(at + 1))}`
  if (mail === undefined) return { do: 'write', mailto: `mailto:${address}` }
  // RFC 6068: lines end with CR LF.
  const body = encodeURIComponent(mail.body.replaceAll('\n', '\r\n'))
  return { do: 'write', mailto: `mailto:${address}?subject=${encodeURIComponent(mail.subject)}&body=${body}` }
}

/** Whether a membership opens a door at all; of a space that has no door yet each does. */
export function opensADoor(
  { desk }: ReadDeps,
  now: Ms,
): (entitlement: Pick<Entitlement, 'membershipId' | 'planId'>) => boolean {
  const doors = allDoors(desk)
    .filter(({ direction }) => direction !== 'out')
    .map((door) => doorRules(desk, door, now))
  const several = membershipsOfSeveralPlans(desk)
  return ({ membershipId, planId }) => {
    const plans = several.has(membershipId) ? [planId, ...morePlansOf(desk, membershipId)] : [planId]
    return doors.length === 0 || doors.some(({ plan }) => plans.some((id) => plan(id).opens))
  }
}
