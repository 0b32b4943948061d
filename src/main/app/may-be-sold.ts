// Whether somebody may be sold a plan: asked when it is chosen, when they pay, and once more before Stripe is asked for it,
// for a page or a mailed link may be filled in days later.
import type { Member } from '../domain/member.ts'
import type { Choice } from '../domain/sign-up.ts'
import { signUpRefusals } from '../domain/sign-up-en.ts'
import { endOfLaterDay } from '../domain/time.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { refusedAsHeld } from './held-plan.ts'
import { personUnbarred } from './person-here.ts'
import type { Result } from './result.ts'
import { daysOfTerm } from './sign-up-order.ts'

/** Who is to have it. */
export function mayBeSold(deps: ReadDeps, memberId: string | null, choice: Choice): Result<Member> {
  const person = personUnbarred(deps, memberId ?? '', { sentence: signUpRefusals.askManager })
  if (!person.ok) return person
  const days = daysOfTerm(deps, choice.planId)
  const asked = { memberId: person.value.id, planId: choice.planId }
  // The first of its days is today.
  const term = days === null ? {} : { until: endOfLaterDay(deps.now(), days - 1, readSettings(deps.desk).timeZone) }
  return refusedAsHeld(deps, { ...asked, ...term }, choice.again === true) ?? person
}
