// How the desk stands: the answer to `latchkey status`, the lamps, the to-do counts.

import type { Reply } from '../../preload/contract.ts'
import type { Lamps, Status, SyncState } from '../../preload/shapes.ts'
import { credentialAt } from '../domain/credential.ts'
import { memberStanding } from '../domain/member.ts'
import { waitsFor } from '../domain/sign-up.ts'
import { STANDINGS, type Standing } from '../domain/standing.ts'
import { DAY, endOfLocalDay, SECOND, toIso } from '../domain/time.ts'
import { logHead, verifyDecisions } from '../store/access-log.ts'
import { actionHead, verifyActions } from '../store/actions.ts'
import { countDead } from '../store/billing-dirty.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { openShift, paymentsOfShift } from '../store/cash.ts'
import { allCredentials } from '../store/credentials.ts'
import { countPausesToReview, entitlementsByMember } from '../store/entitlements.ts'
import { allMembers } from '../store/members.ts'
import { readSettings } from '../store/settings.ts'
import { openSignUps } from '../store/sign-ups.ts'
import type { ReadDeps } from './deps.ts'
import { countInbox } from './inbox.ts'
import { doorStates } from './manage-doors.ts'
import { listReaders } from './manage-readers.ts'
import { askToConfirm } from './mapping.ts'
import { thoseWithoutCard } from './member-views.ts'
import { countOutbox } from './outbox.ts'
import { signUpNow } from './sign-up-journal.ts'

export function status(deps: ReadDeps): Status {
  const decisions = deps.access === null ? { rows: 0, head: null } : logHead(deps.access, deps.deskId)
  const actions = actionHead(deps.desk, deps.deskId)
  return {
    version: deps.version,
    sync: syncState(deps),
    members: memberCounts(deps),
    credentials: allCredentials(deps.desk).filter(({ facts }) => credentialAt(facts, deps.now()).state !== 'revoked')
      .length,
    doors: doorStates(deps),
    audit: { rows: decisions.rows + actions.rows, head: { decisions: decisions.head, actions: actions.head } },
    signups: { open: openSignUps(deps.desk).length },
    outbox: countOutbox(deps),
  }
}

export function syncState(deps: ReadDeps): SyncState {
  const { lastCompleteAt, drift } = readSyncState(deps.desk)
  const report = deps.live?.sync.report() ?? {
    phase: 'stopped' as const,
    error: null,
    offlineSince: null,
    gapDays: null,
    progress: null,
  }
  return {
    phase: report.phase,
    lastCompleteAt: toIso(lastCompleteAt ?? null),
    ageSeconds: lastCompleteAt === undefined ? null : Math.max(0, Math.round((deps.now() - lastCompleteAt) / SECOND)),
    error: report.error,
    offlineSince: toIso(report.offlineSince),
    progress: report.progress,
    gapDays: report.gapDays,
    drift: drift ?? null,
    dead: countDead(deps.desk),
  }
}

function memberCounts(deps: ReadDeps): Status['members'] {
  const now = deps.now()
  const covering = entitlementsByMember(deps.desk, now)
  const counts = Object.fromEntries(STANDINGS.map((word) => [word, 0])) as Record<Standing, number>
  const members = allMembers(deps.desk)
  for (const { id } of members) counts[memberStanding(covering.get(id) ?? [], now).standing] += 1
  return { total: members.length, ...counts }
}

export function lamps(deps: ReadDeps): Lamps {
  const sync = syncState(deps)
  return {
    now: toIso(deps.now()),
    sync,
    readers: listReaders(deps),
    doors: doorStates(deps),
    // Before everything was read once, most of what seems amiss is only not there yet.
    inbox: sync.phase === 'first-load' ? 0 : countInbox(deps),
    confirmPlans: askToConfirm(deps.desk),
    pausesToReview: countPausesToReview(deps.desk),
  }
}

/** Counts, not names: the desk's screen is in public view. */
export function todo(deps: ReadDeps): Reply<'desk.todo'> {
  const now = deps.now()
  const soon = endOfLocalDay(now, readSettings(deps.desk).timeZone) + DAY
  const covering = entitlementsByMember(deps.desk, now)
  const people = allMembers(deps.desk)
  const of = (id: string) => covering.get(id) ?? []
  const members = people.map(({ id }) => memberStanding(of(id), now))
  const waiting = openSignUps(deps.desk).map((id) => {
    const signUp = signUpNow(deps, id)
    return signUp && waitsFor(signUp)
  })
  const shift = openShift(deps.desk, deps.deskId)
  return {
    graceEndsSoon: members.filter(
      ({ standing, graceUntil }) => standing === 'grace' && graceUntil !== null && graceUntil < soon,
    ).length,
    withoutCard: thoseWithoutCard(deps.desk, people, now, of).length,
    pending: members.filter(({ standing }) => standing === 'pending').length,
    signUps: waiting.filter((what) => what === 'desk').length,
    unpaid: waiting.filter((what) => what === 'payment').length,
    handOver: waiting.filter((what) => what === 'card').length,
    cash: shift === null ? 0 : paymentsOfShift(deps.desk, shift.id).length,
    undelivered: countOutbox(deps).dead,
  }
}

export function verifyAudit(deps: ReadDeps): Reply<'audit.verify'> {
  const decisions = deps.access === null ? { rows: 0, firstBad: null } : verifyDecisions(deps.access, deps.deskId)
  const actions = verifyActions(deps.desk, deps.deskId)
  const firstBad =
    decisions.firstBad !== null
      ? { log: 'decisions' as const, seq: decisions.firstBad }
      : actions.firstBad !== null
        ? { log: 'actions' as const, seq: actions.firstBad }
        : null
  return { rows: decisions.rows + actions.rows, ok: firstBad === null, firstBad }
}
