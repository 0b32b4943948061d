// What was said and done about a late payment: what holds of it, and what can be taken back. Pure.
import type { Ms } from './time.ts'

export const FOLLOW_UP_KINDS = ['note', 'assigned', 'snoozed', 'extended', 'barred', 'link', 'mail', 'paid'] as const
export type FollowUpKind = (typeof FOLLOW_UP_KINDS)[number]

/** `withdrawn`: taken back by a second fact. `made`: permissions that were given, or the moment
 * of a bar. */
export type FollowUp = {
  id: string
  act: string
  lineId: string
  memberId: string
  kind: FollowUpKind
  text: string | null
  until: Ms | null
  made: string[]
  at: Ms
  operator: string
  withdrawn: { at: Ms; operator: string } | null
}

/** What stands beside a line. */
export type Followed = { note: string | null; assignee: string | null; snoozedUntil: Ms | null }

export const UNFOLLOWED: Followed = { note: null, assignee: null, snoozedUntil: null }

/** What was taken back never was; of the rest the last holds. `facts` in the order in which they were written. */
export function followedAt(
  facts: readonly Pick<FollowUp, 'kind' | 'text' | 'until' | 'withdrawn'>[],
  now: Ms,
): Followed {
  let stands = UNFOLLOWED
  for (const { kind, text, until, withdrawn } of facts) {
    if (withdrawn !== null) continue
    if (kind === 'note') stands = { ...stands, note: text }
    if (kind === 'assigned') stands = { ...stands, assignee: text }
    if (kind === 'snoozed') stands = { ...stands, snoozedUntil: until }
  }
  return stands.snoozedUntil !== null && stands.snoozedUntil <= now ? { ...stands, snoozedUntil: null } : stands
}

/** A mail is gone, and what is paid at Stripe stays paid. */
export function canBeTakenBack({ kind, withdrawn }: Pick<FollowUp, 'kind' | 'withdrawn'>): boolean {
  return withdrawn === null && !['link', 'mail', 'paid'].includes(kind)
}
