// A desk whose mirror is filled with objects written by hand as Stripe sends them: translation, mirror, derivation, panel
// and door, without any sandbox. For states that no sandbox makes.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { ReadDeps } from '../../src/main/app/deps.ts'
import { deriveSubscription } from '../../src/main/app/derive-entitlements.ts'
import { memberPanel } from '../../src/main/app/member-panel.ts'
import { listMembers } from '../../src/main/app/member-views.ts'
import type { BillingKind } from '../../src/main/domain/billing.ts'
import { decide } from '../../src/main/domain/decide.ts'
import { uuidv7 } from '../../src/main/domain/ids.ts'
import { writeSyncState } from '../../src/main/store/billing-inbox.ts'
import { allSubscriptionIds } from '../../src/main/store/billing-objects.ts'
import { insertCredential, insertCredentialFact } from '../../src/main/store/credentials.ts'
import { readDoorSnapshot } from '../../src/main/store/door-snapshot.ts'
import { doorById, insertDoor, setDoorPlans } from '../../src/main/store/doors.ts'
import type { WriteDb } from '../../src/main/store/open.ts'
import { policyFrom, readSettings, writeSetting } from '../../src/main/store/settings.ts'
import { emptyTally, storePage } from '../../src/main/stripe/mirror.ts'
import { translate } from '../../src/main/stripe/translate.ts'
import type { MemberPanel } from '../../src/preload/shapes.ts'
import { openNew } from '../store/folder.ts'
import { AT, customer, price, product } from '../stripe/objects.ts'

const ACCOUNT = 'acct_1'
const CARD = 'em:6F007B3972'
type Raw = Record<string, unknown>
type Read = readonly [BillingKind, Raw]

export type MirrorDesk = {
  db: WriteDb
  deps: ReadDeps
  /** Seconds, as Stripe counts: the clock of the desk stands there. */
  setClock(seconds: number): void
  /** Stripe is read: these objects are as given, everything else as before. */
  read(...objects: Read[]): void
  /** The same in a first load that is not finished. */
  firstRead(...objects: Read[]): void
  deriveAll(): void
  /** The one person who is here. */
  panel(): MemberPanel
  /** What a door says to their card; `plans` by name, null for every plan. */
  door(id?: string): string
  restrict(id: string, plans: readonly string[]): void
}

/** Ada, a product and a price are there; she has no subscription yet. The clock stands at 18 March 2026, 10:00 in Berlin. */
export function openMirrorDesk(): MirrorDesk {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-mirror-'))
  const db = openNew(folder)
  onTestFinished(() => {
    db.close()
    fs.rmSync(folder, { recursive: true, force: true })
  })
  let now = AT * 1_000
  const newId = () => uuidv7(now, randomBytes(10))
  const deps: ReadDeps = {
    version: '1',
    desk: db,
    access: null,
    report: null,
    deskId: 'desk',
    now: () => now,
    live: null,
  }
  writeSetting(db, 'timeZone', 'Europe/Berlin', now)
  writeSetting(db, 'endOfDay', false, now)
  insertDoor(db, { id: 'front', name: 'Front door', driver: 'native', format: null, key: null, at: now })
  writeSyncState(db, { account: ACCOUNT, livemode: false })

  const derive = (ids: Iterable<string>) => {
    const policy = policyFrom(readSettings(db))
    for (const id of ids)
      deriveSubscription({ db, account: ACCOUNT, policy, now, newId, origin: 'desk', sold: new Map() }, id)
  }
  function read(objects: Read[], complete: boolean): void {
    const tally = emptyTally()
    const page = objects.map(([kind, raw]) => ({
      mirror: translate(kind, raw),
      fetchedAt: now,
    }))
    storePage({ db, account: ACCOUNT, apiVersion: '2026-10-28.endive', run: 1, fresh: false }, page, now, tally)
    db.transaction(() => derive(tally.touched)).immediate()
    if (complete) writeSyncState(db, { freshFrom: now, lastCompleteAt: now })
  }
  const only = () => {
    const [row, ...others] = listMembers(deps, {}).rows
    if (row === undefined || others.length > 0) throw new Error(`${others.length + 1} people are here`)
    return row.id
  }
  read(
    [
      ['product', product()],
      ['price', price()],
      ['customer', customer()],
    ],
    false,
  )
  return {
    db,
    deps,
    setClock: (seconds) => {
      now = seconds * 1_000
    },
    read: (...objects) => read(objects, true),
    firstRead: (...objects) => read(objects, false),
    deriveAll: () => db.transaction(() => derive(allSubscriptionIds(db, ACCOUNT))).immediate(),
    panel() {
      const result = memberPanel(deps, only())
      if (!result.ok) throw new Error(result.refusal.sentence)
      return result.value
    },
    door(id = 'front') {
      if (db.prepare('SELECT 1 FROM credential').get() === undefined) {
        insertCredential(db, 'c1', CARD, now)
        const fact = { kind: 'enrolled', at: 0, memberId: only(), validFrom: null, validUntil: null } as const
        insertCredentialFact(db, 'c1', fact, { id: newId(), origin: 'desk', operator: 'owner' })
      }
      const door = doorById(db, id)
      if (door === null) throw new Error(`no door ${id}`)
      return decide(readDoorSnapshot(deps, door, { text: CARD, form: undefined }, now).input).reason
    },
    restrict(id, plans) {
      if (doorById(db, id) === null)
        insertDoor(db, { id, name: id, driver: 'native', format: null, key: null, at: now })
      const ids = plans.map((name) => db.prepare('SELECT id FROM plan WHERE name = ?').pluck().get(name) as string)
      setDoorPlans(
        db,
        id,
        ids.map((plan) => ({ plan, schedule: null })),
      )
    },
  }
}
