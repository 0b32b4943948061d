// Which account a key belongs to, and whether it is the one that this data folder was filled from.
import type { Ms } from '../domain/time.ts'
import { knownAccounts, noteAccount } from '../store/accounts.ts'
import { readSyncState, writeSyncState } from '../store/billing-inbox.ts'
import { someCustomerIds } from '../store/billing-objects.ts'
import type { WriteDb } from '../store/open.ts'
import { type StripePort, StripeTrouble } from './port.ts'

/** A restricted key need not be allowed to read its account; its rows stand under this name. */
const UNREAD = 'acct_unread'
/** One of these may have been deleted since; all of them only in another account. */
const ASKED_FOR = 3

/** The name under which this account's rows are kept; rejects where the key is another account's or mode's. A key of
 * another account waits for the guided change (app/change-account.ts). */
export async function identifyAccount(db: WriteDb, port: StripePort, at: Ms): Promise<string> {
  const before = readSyncState(db)
  const { id, livemode } = await port.account()
  const account = before.account ?? id ?? UNREAD
  if (before.account !== undefined) {
    if (before.livemode !== livemode) throw otherMode(livemode)
    const known = before.accountId ?? null
    const same = known !== null && id !== null ? known === id : await knowsOurCustomers(db, port, account)
    if (!same) {
      writeSyncState(db, { waiting: { account: await nameOf(db, port, id), accountId: id, livemode } })
      throw otherAccount()
    }
  }
  writeSyncState(db, { account, livemode, waiting: null, ...(id === null ? {} : { accountId: id }) })
  noteAccount(db, account, livemode, at)
  return account
}

/** A former account that comes back keeps the name of its rows, also where nobody may read its id. */
async function nameOf(db: WriteDb, port: StripePort, id: string | null): Promise<string> {
  const known = knownAccounts(db)
  if (known.some(({ account }) => account === id)) return id as string
  for (const { account, frozenAt } of known)
    if (frozenAt !== null && (await findsSome(db, port, account)) === true) return account
  return id ?? `${UNREAD}_${known.length + 1}`
}

/** Where one of the two ids could not be read: a key of the same account finds the customers that we know. */
async function knowsOurCustomers(db: WriteDb, port: StripePort, account: string): Promise<boolean> {
  return (await findsSome(db, port, account)) ?? true
}

/** Null where there are no customers to look for. */
async function findsSome(db: WriteDb, port: StripePort, account: string): Promise<boolean | null> {
  const ids = someCustomerIds(db, account, ASKED_FOR)
  for (const id of ids) if ((await port.retrieve('customer', id)) !== null) return true
  return ids.length === 0 ? null : false
}

function otherAccount(): StripeTrouble {
  return new StripeTrouble(
    'key',
    'This key is for another Stripe account: put the former key back, or change the account in Settings, under Stripe. Doors go on with what is stored.',
  )
}

/** What was read in one mode is never mixed with the other: there is no guided change for it. */
function otherMode(livemode: boolean): StripeTrouble {
  const [given, stored] = livemode ? ['live', 'test'] : ['test', 'live']
  return new StripeTrouble(
    'key',
    `This is a ${given} key, and what is stored here was read with a ${stored} one: put a ${stored} key in, or begin anew with another data folder (--data-dir). Doors go on with what is stored.`,
  )
}
