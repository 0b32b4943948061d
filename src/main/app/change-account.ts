// Another Stripe account: the former one is read no more, its rights hold to a day, and the new one is read in full.
import type { Args } from '../../preload/contract.ts'
import type { AccountState } from '../../preload/shapes-memberships.ts'
import { viewAtDoor } from '../domain/decide.ts'
import { accountRefusals } from '../domain/people-en.ts'
import { isGrant } from '../domain/reasons.ts'
import { type Entitlement, membershipStanding } from '../domain/standing.ts'
import { endOfLocalDate, type Ms, toIso } from '../domain/time.ts'
import { freezeAccount, heldWithoutNew, knownAccounts, membershipsOfAccount, thawAccount } from '../store/accounts.ts'
import { readFreshFrom, readSyncState, takeAccount } from '../store/billing-inbox.ts'
import { entitlementOf, writeEntitlement } from '../store/entitlements.ts'
import { membersByIds } from '../store/members.ts'
import type { WriteDb } from '../store/open.ts'
import { policyFrom, readSettings, writeSetting } from '../store/settings.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { rowOf } from './people.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { tellOfPeople } from './tell-of-people.ts'

export function accountState(deps: ReadDeps): AccountState {
  const { desk: db } = deps
  const { account, waiting } = readSyncState(db)
  const held = account === undefined ? [] : heldWithoutNew(db, account, deps.now())
  return {
    accounts: knownAccounts(db).map((one) => ({
      ...one,
      since: toIso(one.since),
      frozenAt: toIso(one.frozenAt),
      holdUntil: toIso(one.holdUntil),
    })),
    waiting: waiting == null ? null : { account: waiting.account, livemode: waiting.livemode },
    missing: membersByIds(
      db,
      held.map(({ memberId }) => memberId),
    ).map((member) => rowOf(deps, member)),
  }
}

/** `holdUntil` is a local day, to its end: until then whoever might come in at the change still may. */
export function changeAccount(deps: DeskDeps, { holdUntil }: Args<'account.change'>): Result<AccountState> {
  const { db, sync } = deps.live
  const now = deps.now()
  const { account, waiting } = readSyncState(db)
  const until = endOfLocalDate(holdUntil, readSettings(db).timeZone)
  if (account === undefined || waiting == null) return refuse('wrong-state', accountRefusals.none)
  if (until === null || until <= now) return refuse('bad-request', accountRefusals.noDay(holdUntil))
  db.transaction(() => {
    const policy = policyFrom(readSettings(db))
    const moment = { now, policy, doorAllowance: null, extendedTo: null, freshSince: readFreshFrom(db) }
    for (const id of membershipsOfAccount(db, account)) holdRights(db, id, moment, until)
    freezeAccount(db, account, now, until)
    thawAccount(db, waiting.account)
    // The next sync reads all of the new one. What its prices are nobody has said yet.
    takeAccount(db, waiting)
    writeSetting(db, 'mappingConfirmedAt', null, now)
    recordAction(deps, 'account-changed', account, { to: waiting.account, holdUntil })
  }).immediate()
  sync.run({ full: false }).catch(() => undefined)
  tellOfPeople(deps)
  return done(accountState(deps))
}

/** Who might come in keeps that to the day, those who paused to the end of their paid days; nothing else of a former
 * account opens a door, and nothing of it waits for anybody. */
function holdRights(db: WriteDb, membershipId: string, moment: Parameters<typeof viewAtDoor>[1], until: Ms): void {
  const entitlement = entitlementOf(db, membershipId)
  if (entitlement === null || entitlement.phase === 'ended') return
  const standing = membershipStanding(entitlement, moment.now)
  const { rule, reason } = viewAtDoor(entitlement, moment)
  const opens = standing === 'current' || standing === 'grace' || isGrant(reason)
  const lasts =
    rule === 'provisional'
      ? entitlement.provisionalUntil
      : standing === 'frozen' && rule === 'paid'
        ? entitlement.paidUntil
        : null
  const end = Math.min(until, entitlement.knownEnd ?? until, lasts ?? until)
  const paused = entitlement.phase === 'frozen'
  const held: Entitlement = {
    ...entitlement,
    phase: paused ? 'frozen' : 'paid',
    paidUntil: end,
    knownEnd: end,
    graceStart: null,
    graceUntil: null,
    debitProcessing: false,
    frozenOpen: paused,
    pauseUnreviewed: false,
    provisionalUntil: null,
    cause: 'held',
  }
  writeEntitlement(db, opens ? held : { ...entitlement, knownEnd: end, pauseUnreviewed: false }, null, moment.now)
}
