// A data folder with a desk.db of sample people and doors, and the real door thread on it.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { projections } from '../../src/main/domain/card-identity.ts'
import type { CredentialFact } from '../../src/main/domain/credential.ts'
import type { DeviceState } from '../../src/main/domain/door-questions.ts'
import type { Entitlement } from '../../src/main/domain/standing.ts'
import { DAY, MINUTE } from '../../src/main/domain/time.ts'
import { type Doors, startDoors } from '../../src/main/door/supervise.ts'
import type { DecisionNotice } from '../../src/main/store/access-log.ts'
import { verifyDecisions } from '../../src/main/store/access-log.ts'
import { writeSyncState } from '../../src/main/store/billing-inbox.ts'
import { insertCredential, insertCredentialFact } from '../../src/main/store/credentials.ts'
import { insertDoor } from '../../src/main/store/doors.ts'
import { insertStripeMembership, writeEntitlement } from '../../src/main/store/entitlements.ts'
import { insertMember } from '../../src/main/store/members.ts'
import { openForReading, type WriteDb } from '../../src/main/store/open.ts'
import { upsertProductPlan } from '../../src/main/store/plans.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import { unsealed } from '../../src/main/store/unknown-cards.ts'
import { entitlement } from '../domain/samples.ts'
import { MIGRATIONS, openNew } from '../store/folder.ts'

export const THREAD = new URL('../../src/main/door/thread.ts', import.meta.url)
export const DESK_ID = 'desk-under-test'

export type TestDoor = { id: string; key: string }

export type World = {
  dataDir: string
  desk: WriteDb
  /** Moves the doors' clock, in milliseconds. */
  offset: Float64Array
  lines: string[]
  decisions: DecisionNotice[]
  seen: string[]
  devices: DeviceState[]
  /** Where the doors are answered, once `start` has resolved. */
  port: number
  start(options?: { entry?: URL; port?: number; host?: string; lookEvery?: number; mqttPort?: number }): Promise<Doors>
  /** Stops the thread and starts it again. */
  restart(): Promise<void>
  stop(): Promise<void>
  addDoor(id: string, format?: string | null): TestDoor
  /** `rows` of the log as another process sees them, with the numbers of unknown cards as long as they are kept. */
  log(): { rows: Record<string, unknown>[]; firstBad: number | null }
}

type Stored = Record<string, unknown> & { desk: string; seq: number; card_text: string; canonical: string | null }

export function createWorld(): World {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-doors-'))
  const desk = openNew(dataDir)
  const now = Date.now()
  writeSetting(desk, 'deskId', DESK_ID, now)
  writeSetting(desk, 'timeZone', 'Europe/Berlin', now)
  writeSetting(desk, 'endOfDay', false, now)
  writeSyncState(desk, { freshFrom: now - MINUTE })
  for (const plan of ['full', 'evenings'])
    upsertProductPlan(desk, { id: plan, account: 'acct', productId: `prod_${plan}`, name: plan, at: now })

  const clockOffset = new SharedArrayBuffer(8)
  let doors: Doors | null = null
  const world: World = {
    dataDir,
    desk,
    offset: new Float64Array(clockOffset),
    lines: [],
    decisions: [],
    seen: [],
    devices: [],
    port: 0,
    async start({ entry = THREAD, port = 0, host = '127.0.0.1', mqttPort = 0, ...rest } = {}) {
      doors = await startDoors({
        entry,
        data: {
          dataDir,
          migrations: MIGRATIONS,
          deskId: DESK_ID,
          host,
          port,
          clockOffset,
          mqtt: { host, port: mqttPort },
        },
        onDecision: (decision) => world.decisions.push(decision),
        onSeen: (doorId) => world.seen.push(doorId),
        onDevice: (state) => world.devices.push(state),
        onBroker: () => undefined,
        log: (line, error) => world.lines.push(error === undefined ? line : `${line}: ${String(error)}`),
        ...rest,
      })
      world.port = doors.port
      return doors
    },
    async restart() {
      await doors?.stop()
      await world.start()
    },
    async stop() {
      await doors?.stop()
      desk.close()
      fs.rmSync(dataDir, { recursive: true, force: true })
    },
    addDoor(id, format = null) {
      const key = randomBytes(32).toString('hex')
      insertDoor(desk, { id, name: id, driver: 'native', format, key, at: Date.now() })
      return { id, key }
    },
    log() {
      const db = openForReading(dataDir, 'access', MIGRATIONS)
      try {
        // The doors take what they have just answered into the log by themselves.
        const tail = db.prepare('SELECT count(*) FROM decision_tail').pluck()
        for (const pause = new Int32Array(new SharedArrayBuffer(4)); tail.get() !== 0; ) Atomics.wait(pause, 0, 0, 1)
        const stored = db.prepare('SELECT * FROM decision ORDER BY seq').all() as Stored[]
        const rows = stored.map((row) => {
          const card = unsealed(db, row, { cardText: row.card_text, canonical: row.canonical })
          return { ...row, card_text: card.cardText, canonical: card.canonical }
        })
        return { rows, firstBad: verifyDecisions(db, DESK_ID).firstBad }
      } finally {
        db.close()
      }
    },
  }
  return world
}

/** A world for one test alone. */
export function worldForTest(): World {
  const world = createWorld()
  onTestFinished(() => world.stop())
  return world
}

let count = 0

/** A card that no other has, not in its short forms either. */
export function newCard(): string {
  count += 1
  return `em:4A${(0x10_00_00_00 + count * 0x01_01_01).toString(16).toUpperCase()}`
}

const ENROLLED = (memberId: string, at = Date.now() - DAY): Enrolled => ({
  kind: 'enrolled',
  at,
  memberId,
  validFrom: null,
  validUntil: null,
})

type Enrolled = Extract<CredentialFact, { kind: 'enrolled' }>

export type Person = {
  name?: string
  plan?: string
  /** null: nobody's membership covers them. */
  holds?: Partial<Entitlement> | null
  card?: string
  /** What became of the card after it was enrolled. */
  later?: CredentialFact[]
  enrolled?: Partial<Omit<Enrolled, 'kind'>>
}

/** Paid for ten days and with a good card, unless the test says otherwise. */
export function addPerson(
  desk: WriteDb,
  { name = 'Ada', plan = 'full', holds = {}, card = newCard(), later = [], enrolled = {} }: Person = {},
): { memberId: string; membershipId: string; card: string; credential: string } {
  const now = Date.now()
  count += 1
  const [memberId, membershipId, credential] = [`person-${count}`, `membership-${count}`, `card-${count}`]
  insertMember(desk, { id: memberId, name, phone: null, createdAt: now }, DESK_ID)
  if (holds !== null) {
    insertStripeMembership(desk, {
      id: membershipId,
      account: 'acct',
      subscriptionId: `sub_${count}`,
      planId: plan,
      memberId,
      from: now - DAY,
      at: now,
      origin: DESK_ID,
    })
    writeEntitlement(desk, entitlement({ membershipId, planId: plan, paidUntil: now + 10 * DAY, ...holds }), null, now)
  }
  insertCredential(desk, credential, card, now)
  for (const fact of [{ ...ENROLLED(memberId), ...enrolled }, ...later]) addFact(desk, credential, fact)
  return { memberId, membershipId, card, credential }
}

export function addFact(desk: WriteDb, credential: string, fact: CredentialFact): void {
  count += 1
  insertCredentialFact(desk, credential, fact, { id: `fact-${count}`, origin: DESK_ID, operator: 'owner' })
}

/** What a reader of 26 bits shows of the card, as `W26` writes it in decimal (`6H8D`). */
export function shortOf(card: string): string {
  const short = projections(card).at(-1)?.split(':')[1] ?? ''
  return Number.parseInt(short, 16).toString().padStart(8, '0')
}
