// A sign-up as it stands, and the one way in which something is added to it.
import { type SignUpFact, type SignUpNow, signUpAt } from '../domain/sign-up.ts'
import { signUpRefusals as refusals } from '../domain/sign-up-en.ts'
import type { Ms } from '../domain/time.ts'
import { personNow } from '../store/people-merge.ts'
import { addSignUpFact, signUpFacts } from '../store/sign-ups.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'

/** A fact without its moment. */
export type News = SignUpFact extends infer F ? (F extends { at: Ms } ? Omit<F, 'at'> : never) : never

export function signUpNow(deps: ReadDeps, id: string): SignUpNow | null {
  const facts = signUpFacts(deps.desk, id)
  if (facts.length === 0) return null
  const now = signUpAt(facts)
  // Whoever was merged into somebody else since is them.
  return { ...now, memberId: now.memberId === null ? null : personNow(deps.desk, now.memberId) }
}

/** One that is still open. */
export function openSignUp(deps: ReadDeps, id: string): Result<SignUpNow> {
  const now = signUpNow(deps, id)
  if (now === null) return refuse('not-found', refusals.none)
  return now.step === 'finished' || now.step === 'given-up' ? refuse('wrong-state', refusals.closed) : done(now)
}

/** In the caller's transaction, or one of its own. */
export function writeSignUp(deps: DeskDeps, id: string, news: News): void {
  const { db, operator } = deps.live
  addSignUpFact(db, id, { ...news, at: deps.now() } as SignUpFact, { origin: deps.deskId, operator })
}
