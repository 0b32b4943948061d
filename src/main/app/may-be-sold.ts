// Whether somebody may be sold a plan: asked when it is chosen, when they pay, and once more before Stripe is asked for it,
// for a page or a mailed link may be filled in days later.
import type { Member } from '../domain/member.ts'
import type { Choice } from '../domain/sign-up.ts'
import { signUpRefusals } from '../domain/sign-up-en.ts'
import { DAY, endOfLocalDay, type Ms, startOfLocalDay } from '../domain/time.ts'
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
  const term = days === null ? {} : { until: lastDay(deps, days) }
  return refusedAsHeld(deps, { ...asked, ...term }, choice.again === true) ?? person
}

/** The end of the last of so many local days, of which the first is today. */
function lastDay(deps: ReadDeps, days: number): Ms {
  const { timeZone } = readSettings(deps.desk)
  // Noon: days of 23 and 25 hours lie in between.
  return endOfLocalDay(startOfLocalDay(deps.now(), timeZone) + DAY / 2 + (days - 1) * DAY, timeZone)
}
