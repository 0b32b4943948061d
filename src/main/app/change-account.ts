// Another Stripe account: the former one is read no more, its rights hold to a day, and the new one is read in full.
import type { Args } from '../../preload/contract.ts'
import type { AccountState } from '../../preload/shapes-memberships.ts'
import { accountRefusals } from '../domain/people-en.ts'
import { membershipStanding } from '../domain/standing.ts'
import { endOfLocalDate, type Ms, toIso } from '../domain/time.ts'
import { freezeAccount, heldWithoutNew, knownAccounts, membershipsOfAccount, thawAccount } from '../store/accounts.ts'
import { forgetSyncState, readSyncState } from '../store/billing-inbox.ts'
import { entitlementOf, writeEntitlement } from '../store/entitlements.ts'
import { membersByIds } from '../store/members.ts'
import type { WriteDb } from '../store/open.ts'
import { readSettings } from '../store/settings.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { rowOf } from './people.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

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
    waiting: waiting ?? null,
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
    for (const id of membershipsOfAccount(db, account)) holdRights(db, id, now, until)
    freezeAccount(db, account, now, until)
    thawAccount(db, waiting.account)
    // The next sync takes the account of the key that waits, and reads all of it.
    forgetSyncState(db)
    recordAction(deps, 'account-changed', account, { to: waiting.account, holdUntil })
  }).immediate()
  sync.run({ full: false }).catch(() => undefined)
  deps.live.push('members', {})
  deps.live.pushLamps()
  return done(accountState(deps))
}

/** Who might come in keeps that to the day; nothing else of a former account opens a door. */
function holdRights(db: WriteDb, membershipId: string, at: Ms, until: Ms): void {
  const entitlement = entitlementOf(db, membershipId)
  if (entitlement === null) return
  const standing = membershipStanding(entitlement, at)
  const agreed = entitlement.knownEnd ?? until
  if (standing !== 'current' && standing !== 'grace') return
  const end = Math.min(until, agreed)
  writeEntitlement(
    db,
    {
      ...entitlement,
      phase: 'paid',
      paidUntil: end,
      knownEnd: end,
      graceStart: null,
      graceUntil: null,
      debitProcessing: false,
      cause: 'held',
    },
    null,
    at,
  )
}
