// Whether somebody has a plan already: by mistake nobody is to pay for it twice, of whatever kind the two would be.
import { memberStanding } from '../domain/member.ts'
import { heldWords as words } from '../domain/memberships-en.ts'
import { sayLastDay } from '../domain/say.ts'
import { mayBeCharged } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import { entitlementsOfMember, morePlansOf } from '../store/entitlements.ts'
import { agreedEnd } from '../store/manual-memberships.ts'
import { memberById } from '../store/members.ts'
import { planById } from '../store/plans.ts'
import type { ReadDeps } from './deps.ts'
import { refuse } from './result.ts'
import { voiceOf } from './sentences.ts'

/** Left out: from now, and for ever. */
type Asked = { memberId: string; planId: string; from?: Ms; until?: Ms }

/** In one sentence what they have of it in some of this time, and how that stands; null where they have nothing. */
export function heldPlan(deps: ReadDeps, { from, until = Number.MAX_SAFE_INTEGER, ...asked }: Asked): string | null {
  const { desk: db } = deps
  const now = deps.now()
  const at = Math.max(from ?? now, now)
  const name = memberById(db, asked.memberId)?.name ?? ''
  const plan = planById(db, asked.planId)?.name ?? ''
  const paid = (end: Ms) => words.paid(sayLastDay(end, voiceOf(deps)))
  const agreed = agreedEnd(db, { ...asked, from: from ?? now, until, now })
  if (agreed !== null) return words.held(name, plan, paid(agreed))
  // What is over and only now written down is beside nothing that goes on.
  if (until <= now) return null
  const one = entitlementsOfMember(db, asked.memberId, at).find(
    (held) =>
      (held.planId === asked.planId || morePlansOf(db, held.membershipId).includes(asked.planId)) &&
      mayBeCharged(held, at),
  )
  if (one === undefined) return null
  const { standing, paidUntil } = memberStanding([one], at)
  return words.held(name, plan, standing === 'current' && paidUntil !== null ? paid(paidUntil) : words.stands[standing])
}

/** What somebody who comes to sign up has already, a sentence each. */
export function heldPlans(deps: ReadDeps, memberId: string): string[] {
  const plans = new Set(entitlementsOfMember(deps.desk, memberId, deps.now()).map(({ planId }) => planId))
  return [...plans].flatMap((planId) => heldPlan(deps, { memberId, planId }) ?? [])
}

/** `again`: somebody said that they are to have it a second time. Null where nothing is in the way. */
export function refusedAsHeld(deps: ReadDeps, asked: Asked, again: boolean): ReturnType<typeof refuse> | null {
  const held = again ? null : heldPlan(deps, asked)
  return held === null ? null : refuse('taken', `${held} ${words.advice}`)
}
