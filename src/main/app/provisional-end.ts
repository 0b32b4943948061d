// When a card that is handed out now must end by itself, because nothing is paid yet.
import { provisionalUntil } from '../domain/sign-up.ts'
import type { Ms } from '../domain/time.ts'
import { openSignUpOf } from '../store/sign-ups.ts'
import type { ReadDeps } from './deps.ts'
import { signUpNow } from './sign-up-journal.ts'

/** Null: it lasts until somebody takes it back. */
export function cardEnd(deps: ReadDeps, memberId: string): Ms | null {
  const id = openSignUpOf(deps.desk, memberId)
  const now = id === null ? null : signUpNow(deps, id)
  return now === null || now.subscription?.paid === true || now.membershipId !== null
    ? null
    : provisionalUntil(now, deps.now())
}
