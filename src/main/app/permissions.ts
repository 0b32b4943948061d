// What a person's word gives somebody now, less what they have used.
import type { Ms } from '../domain/time.ts'
import { timesUsed } from '../store/counted.ts'
import { type Override, overridesOf } from '../store/overrides.ts'
import type { ReadDeps } from './deps.ts'

/** `left`: how many times still; null for as often as they like. */
export type Permission = Override & { left: number | null }

/** The longest first. */
export function permissionsOf({ desk, access }: ReadDeps, memberId: string, at: Ms): Permission[] {
  return overridesOf(desk, memberId, at).flatMap((override) => {
    const { id, uses } = override
    const left = uses === null ? null : uses - (access === null ? 0 : timesUsed(access, id))
    return left === null || left > 0 ? [{ ...override, left }] : []
  })
}
