// A door thread on databases of any size. Arguments: members, rows of the log, doors.
// Prints its port, ids and keys of its doors, and a card that every one of them opens for.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DAY, MINUTE } from '../../src/main/domain/time.ts'
import { startDoors } from '../../src/main/door/supervise.ts'
import { appendDecision } from '../../src/main/store/access-log.ts'
import { writeSyncState } from '../../src/main/store/billing-inbox.ts'
import { insertCredential, insertCredentialFact } from '../../src/main/store/credentials.ts'
import { insertDoor } from '../../src/main/store/doors.ts'
import { insertStripeMembership, writeEntitlement } from '../../src/main/store/entitlements.ts'
import { insertMember } from '../../src/main/store/members.ts'
import { openForWriting } from '../../src/main/store/open.ts'
import { insertPlan } from '../../src/main/store/plans.ts'
import { indexPresentations } from '../../src/main/store/presentations.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import { entitlement } from '../domain/samples.ts'

const [members = 0, rows = 0, doors = 1] = process.argv.slice(2).map(Number)
const ORIGIN = 'bench'
const AT_ONCE = 10_000
const migrations = path.resolve(import.meta.dirname, '../../src/main/store/migrations')
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-bench-'))
process.on('exit', () => fs.rmSync(dataDir, { recursive: true, force: true }))
process.on('SIGTERM', () => process.exit(0))

const now = Date.now()
const cardOf = (n: number) => `em:6F${n.toString(16).toUpperCase().padStart(8, '0')}`
const desk = openForWriting(dataDir, 'desk', migrations)
writeSetting(desk, 'deskId', ORIGIN, now)
writeSetting(desk, 'timeZone', 'Europe/Berlin', now)
writeSyncState(desk, { freshFrom: now - MINUTE })
insertPlan(desk, { id: 'full', name: 'Full', at: now })
const keys = Array.from({ length: doors }, (_, n) => ({ id: `door-${n}`, key: randomBytes(32).toString('hex') }))
for (const door of keys) insertDoor(desk, { ...door, name: door.id, driver: 'native', format: null, at: now })
desk.pragma('synchronous = OFF')
for (let from = 0; from < members; from += AT_ONCE)
  desk.transaction(() => {
    for (let n = from; n < Math.min(members, from + AT_ONCE); n++) addMember(n)
  })()
desk.pragma('synchronous = FULL')
desk.pragma('wal_checkpoint(TRUNCATE)')

const access = openForWriting(dataDir, 'access', migrations)
access.pragma('synchronous = OFF')
for (let from = 0; from < rows; from += AT_ONCE) {
  access.transaction(() => {
    for (let n = from; n < Math.min(rows, from + AT_ONCE); n++) addRow(n)
  })()
  for (let more = true; more; ) more = indexPresentations(access)
}
access.pragma('wal_checkpoint(TRUNCATE)')
access.close()

function addMember(n: number): void {
  const [memberId, membershipId, credential] = [`m${n}`, `s${n}`, `c${n}`]
  insertMember(desk, { id: memberId, name: `Member ${n}`, phone: null, createdAt: now }, ORIGIN)
  const membership = { id: membershipId, account: 'acct', subscriptionId: `sub_${n}`, planId: 'full', memberId }
  insertStripeMembership(desk, { ...membership, from: now - DAY, at: now, origin: ORIGIN })
  writeEntitlement(desk, entitlement({ membershipId, planId: 'full', paidUntil: now + 20 * DAY }), null, now)
  insertCredential(desk, credential, cardOf(n), now)
  const fact = { kind: 'enrolled', at: now - DAY, memberId, validFrom: null, validUntil: null } as const
  insertCredentialFact(desk, credential, fact, { id: `f${n}`, origin: ORIGIN, operator: 'owner' })
}

function addRow(n: number): void {
  appendDecision(access, ORIGIN, {
    at: now - DAY + n,
    doorId: `door-${n % doors}`,
    presentationId: `${n}`.padStart(36, '0'),
    cardText: cardOf(n % Math.max(1, members)),
    canonical: cardOf(n % Math.max(1, members)),
    memberId: `m${n % Math.max(1, members)}`,
    granted: true,
    reason: 'ok',
    detail: null,
    receipt: `r${n}`,
    rule: 'paid',
    inputs: { card: 'active', memberships: 1, phase: 'paid' },
    answer: { grant: true, reason: 'ok', open_ms: 3_000, receipt: `r${n}`, list_rev: 1 },
  })
}

const { port } = await startDoors({
  entry: new URL('../../src/main/door/thread.ts', import.meta.url),
  data: {
    dataDir,
    migrations,
    deskId: ORIGIN,
    host: '127.0.0.1',
    port: 0,
    clockOffset: new SharedArrayBuffer(8),
    mqtt: { host: '127.0.0.1', port: 0 },
  },
  onDecision: () => undefined,
  onSeen: () => undefined,
  onDevice: () => undefined,
  onBroker: () => undefined,
  log: (line, error) => console.error(line, error ?? ''),
})
console.log(JSON.stringify({ port, doors: keys, card: cardOf(Math.floor(members / 2)) }))
