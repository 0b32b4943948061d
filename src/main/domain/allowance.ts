// What a plan gives besides doors and visits: so many of something in a calendar month or in a term.
import { type Ms, startOfLocalMonth, startOfNextLocalMonth } from './time.ts'

/** From when what was taken counts, and when it is given anew; `until` null where nothing says so. `renews`: a new one
 * follows by itself. */
export type AllowancePeriod = { since: Ms; until: Ms | null; renews: boolean }

export function periodOf(per: 'month' | 'term', term: AllowancePeriod, now: Ms, zone: string): AllowancePeriod {
  if (per === 'term') return term
  return { since: startOfLocalMonth(now, zone), until: startOfNextLocalMonth(now, zone), renews: true }
}
