// Rows of the inbox about standing: what no rule can settle, and a person should.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { sayDay } from '../domain/say.ts'
import { membershipStanding } from '../domain/standing.ts'
import { inboxSteps, inboxWords } from '../domain/standing-en.ts'
import { type Ms, toIso } from '../domain/time.ts'
import { flaggedSince } from '../store/entitlement-versions.ts'
import { entitlementsOfMember, entitlementsToLookAt, type StoredEntitlement } from '../store/entitlements.ts'
import { pausesAtImport } from '../store/first-seen.ts'
import { memberById } from '../store/members.ts'
import { overridesOf } from '../store/overrides.ts'
import type { ReadDeps } from './deps.ts'
import { disputeRows } from './inbox-disputes.ts'
import { openDebtOf } from './open-debt.ts'
import { voiceOf } from './sentences.ts'

export function standingRows(deps: ReadDeps): InboxRow[] {
  const now = deps.now()
  const seen = pausesAtImport(deps.desk)
  // A membership that covers several people is one trouble, told of the first of them.
  const rows = new Map<string, InboxRow>()
  for (const { memberId, entitlement } of entitlementsToLookAt(deps.desk, now)) {
    for (const row of rowsOf(deps, memberId, entitlement, seen, now)) if (!rows.has(row.id)) rows.set(row.id, row)
  }
  return [...rows.values(), ...disputeRows(deps)]
}

function rowsOf(
  deps: ReadDeps,
  memberId: string,
  entitlement: StoredEntitlement,
  pausesSeen: ReadonlyMap<string, Ms>,
  now: Ms,
): InboxRow[] {
  const { membershipId, flag } = entitlement
  const row = (kind: Kind, since: Ms, sentence: (name: string) => string, more: Partial<InboxRow> = {}): InboxRow[] => {
    const member = memberById(deps.desk, memberId)
    if (member === null) return []
    const { id, name } = member
    return [
      {
        id: `${kind}:${membershipId}`,
        kind,
        since: toIso(since),
        member: { id, name },
        sentence: sentence(name),
        step: inboxSteps[kind],
        detail: entitlement.planName,
        action: 'open-member',
        subject: membershipId,
        candidates: [],
        until: null,
        ...more,
      },
    ]
  }
  const rows: InboxRow[] = []
  if (flag === 'unknown-status' || flag === 'paused-by-system')
    rows.push(...row(flag, flaggedSince(deps.desk, membershipId, flag) ?? now, inboxWords[flag]))
  const pausedSeen = entitlement.pauseUnreviewed ? pausesSeen.get(membershipId) : undefined
  if (pausedSeen !== undefined && membershipStanding(entitlement, now) === 'frozen')
    rows.push(...row('paused-at-import', pausedSeen, inboxWords['paused-at-import'], { action: 'review-pauses' }))
  const { paidUntil, knownEnd } = entitlement
  if (entitlement.phase === 'ended' && entitlement.unpaid) {
    const voice = voiceOf(deps)
    const { amount, url } = openDebtOf(deps, membershipId, voice)
    const day = knownEnd === null ? null : sayDay(knownEnd, voice)
    const more = url === null ? {} : ({ action: 'open-invoice', subject: url } as const)
    const words = (name: string) => inboxWords['cancelled-unpaid'](name, day, amount)
    rows.push(...row('cancelled-unpaid', knownEnd ?? now, words, more))
  }
  if (paidUntil !== null && knownEnd !== null && losesPaidDays(deps, memberId, entitlement, now)) {
    const voice = voiceOf(deps)
    const words = (name: string) =>
      inboxWords['paid-days-left'](name, sayDay(knownEnd, voice), sayDay(paidUntil - 1, voice))
    rows.push(...row('paid-days-left', knownEnd, words, { action: 'give-access-until', until: toIso(paidUntil) }))
  }
  return rows
}

type Kind = keyof typeof inboxSteps

/** Cancelled at once with days that were paid, and nothing else lets the person in for them. */
function losesPaidDays(
  deps: ReadDeps,
  memberId: string,
  { cause, method, paidUntil }: StoredEntitlement,
  now: Ms,
): boolean {
  if (cause !== 'cancelled' || method === 'manual' || paidUntil === null || paidUntil <= now) return false
  const words = entitlementsOfMember(deps.desk, memberId, now).map((other) => membershipStanding(other, now))
  if (words.includes('current') || words.includes('grace')) return false
  return !overridesOf(deps.desk, memberId, now).some(
    ({ until, doorId, uses }) => until >= paidUntil && doorId === null && uses === null,
  )
}
