// Backups of real databases: made beside other work, refused where something is wrong, put back whole or not at all.
import fs from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type CredentialFact, credentialAt } from '../../src/main/domain/credential.ts'
import { HOUR } from '../../src/main/domain/time.ts'
import { appendCheck, appendDecision, verifyDecisions } from '../../src/main/store/access-log.ts'
import { appendAction } from '../../src/main/store/actions.ts'
import { writeBackup } from '../../src/main/store/backup.ts'
import { credentialByCanonical, insertCredential, insertCredentialFact } from '../../src/main/store/credentials.ts'
import { takeInTail } from '../../src/main/store/decision-tail.ts'
import { barAt, endOrder, keysOf, orderAt, setKeys, writeBar, writeOrder } from '../../src/main/store/door-orders.ts'
import { allDoors, insertDoor, removeDoor, setDoorKey } from '../../src/main/store/doors.ts'
import { insertMember } from '../../src/main/store/members.ts'
import { databaseFile, openForReading, openForWriting, type WriteDb } from '../../src/main/store/open.ts'
import { endOverride, insertOverride, overridesOf } from '../../src/main/store/overrides.ts'
import { refuseUnfinishedRestore, restoreBackup } from '../../src/main/store/restore-backup.ts'
import { readRevision, writeSetting } from '../../src/main/store/settings.ts'
import { freshFolder, MIGRATIONS, openFresh, tamper } from './folder.ts'

const DESK = 'desk-1'
const AT = Date.UTC(2026, 10, 20)

function decide(db: WriteDb, n: number, padding = 0, append: typeof appendDecision = appendDecision): void {
  append(db, DESK, {
    at: AT + n,
    doorId: 'front',
    presentationId: `p-${n}`,
    cardText: 'em:6F007B3972',
    canonical: 'em:6F007B3972',
    memberId: null,
    granted: false,
    reason: 'unknown-card',
    detail: null,
    receipt: `r${n}`,
    rule: 'card',
    inputs: { orderWhy: 'x'.repeat(padding) },
    answer: {},
  })
}

/** A folder with both databases, each with a few rows in its log, and a backup of it. */
async function space({ demo = false, rows = 3, padding = 0 } = {}) {
  const folder = freshFolder()
  const desk = openFresh('desk', folder)
  const access = openFresh('access', folder)
  writeSetting(desk, 'deskId', DESK, AT)
  writeSetting(desk, 'madeByDemo', demo, AT)
  desk.transaction(() => {
    for (let n = 1; n <= 3; n++)
      appendAction(desk, DESK, { at: AT + n, operator: 'owner', kind: 'door-added', subject: 'front', detail: {} })
  })()
  access.transaction(() => {
    for (let n = 1; n <= rows; n++) decide(access, n, padding)
  })()
  const file = path.join(freshFolder(), 'copy')
  const make = () => writeBackup({ desk, access }, file, { at: AT, version: '1' })
  return { folder, desk, access, file, make }
}

const restore = (file: string, folder: string, at = AT) => restoreBackup(file, folder, { at, migrations: MIGRATIONS })

function revisionIn(folder: string): number {
  const db = openForReading(folder, 'desk', MIGRATIONS)
  onTestFinished(() => void db.close())
  return readRevision(db)
}

test('doors that go on writing neither keep a backup from ending nor come half into it', async () => {
  const { access, make, file } = await space({ rows: 4_000, padding: 3_000 })
  let done = false
  let written = 4_000
  const write = () => {
    if (done) return
    written += 1
    decide(access, written, 0, appendCheck)
    if (written % 20 === 0) takeInTail(access)
    setImmediate(write)
  }
  setImmediate(write)
  await make()
  done = true
  expect(written).toBeGreaterThan(4_010)
  const folder = freshFolder()
  await restore(file, folder)
  const copy = openForReading(folder, 'access', MIGRATIONS)
  onTestFinished(() => void copy.close())
  const { rows, firstBad } = verifyDecisions(copy, DESK)
  expect(firstBad).toBeNull()
  expect(rows).toBeGreaterThanOrEqual(4_000)
  expect(rows).toBeLessThan(written)
})

test('two backups into one file at once leave one that is whole', async () => {
  const { file, make } = await space({ rows: 500, padding: 1_000 })
  const both = await Promise.allSettled([make(), make()])
  // Whoever comes second is told that the name is taken: two that both say done would be one backup.
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(String(both.find((one) => one.status === 'rejected')?.reason)).toContain('is there already')
  expect(fs.readdirSync(path.dirname(file))).toEqual(['copy'])
  expect(await restore(file, freshFolder())).toEqual({ replaced: [], keptOut: { cards: [], people: [], doors: [] } })
})

test('nothing is left beside a backup, made or refused', async () => {
  const { folder, file, make } = await space()
  await make()
  expect(fs.readdirSync(path.dirname(file))).toEqual(['copy'])
  expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  await expect(make()).rejects.toThrow('is there already')
  fs.rmSync(file)
  tamper(folder, 'access', "DROP TRIGGER decision_is_never_changed; UPDATE decision SET reason = 'ok' WHERE seq = 2")
  await expect(make()).rejects.toThrow('Row 2 of the log of decisions was changed')
  expect(fs.readdirSync(path.dirname(file))).toEqual([])
})

test('a backup whose log was changed, or that a newer version made, is refused and nothing is touched', async () => {
  const folder = freshFolder()
  for (const [sql, says] of [
    ["UPDATE part SET sha256 = 'x' WHERE name = 'desk'", 'is damaged'],
    ["DELETE FROM piece WHERE name = 'access'", 'is damaged'],
    ["DELETE FROM part WHERE name = 'desk'", 'is no backup'],
    ["UPDATE part SET name = 'else' WHERE name = 'access'", 'is no backup'],
  ] as const) {
    const { file, make } = await space()
    await make()
    fs.renameSync(file, databaseFile(path.dirname(file), 'desk'))
    tamper(path.dirname(file), 'desk', sql)
    await expect(restore(databaseFile(path.dirname(file), 'desk'), folder), sql).rejects.toThrow(says)
  }
  const { desk, file, make } = await space()
  desk.pragma('user_version = 999')
  await make()
  await expect(restore(file, folder)).rejects.toThrow('is from a newer Latchkey')
  expect(fs.readdirSync(folder)).toEqual([])
})

test('sample people and real ones never come into one folder', async () => {
  const [real, demo] = [await space(), await space({ demo: true })]
  await real.make()
  await demo.make()
  real.desk.close()
  demo.desk.close()
  await expect(restore(demo.file, real.folder)).rejects.toThrow('sample people of the demo')
  await expect(restore(real.file, demo.folder)).rejects.toThrow('made by the demo')
})

test('the revision of doors’ lists jumps beyond all that doors have heard, also the second time', async () => {
  const { file, make, folder, desk } = await space()
  await make()
  desk.prepare('UPDATE revision SET n = n + 5_000_000_000').run()
  const heard = readRevision(desk)
  desk.close()
  await restore(file, folder)
  expect(revisionIn(folder)).toBe(heard + 1_000_000)
  await restore(file, folder, AT + 1_000)
  expect(revisionIn(folder)).toBe(heard + 2_000_000)

  // The folder is lost, and the same backup comes back twice.
  const [first, second] = [freshFolder(), freshFolder()]
  await restore(file, first, AT)
  await restore(file, second, AT + 60_000)
  expect(revisionIn(second)).toBeGreaterThan(revisionIn(first))
})

test('a restore that cannot be carried out puts everything back as it was', async () => {
  const { file, make, folder, desk, access } = await space()
  await make()
  writeSetting(desk, 'spaceName', 'as it was', AT)
  desk.close()
  access.close()
  // In the way of the second of the two.
  fs.mkdirSync(path.join(folder, `access.db.before-restore-${new Date(AT).toISOString().replace(/[:.]/g, '-')}`))
  await expect(restore(file, folder)).rejects.toThrow()
  expect(fs.readdirSync(folder).filter((name) => !name.includes('before-restore'))).toEqual(['access.db', 'desk.db'])
  const again = openForWriting(folder, 'desk', MIGRATIONS)
  onTestFinished(() => void again.close())
  expect(again.prepare("SELECT value FROM setting WHERE key = 'spaceName'").pluck().get()).toBe('"as it was"')
})

test('where a restore was cut short no desk starts until it is done again', async () => {
  const { file, make, folder, desk, access } = await space()
  await make()
  desk.close()
  access.close()
  // Killed when one database was aside, and what it had unpacked still stands there.
  fs.writeFileSync(path.join(folder, 'restore-unfinished'), '')
  fs.mkdirSync(path.join(folder, 'restoring'))
  fs.writeFileSync(path.join(folder, 'restoring', 'desk.db'), 'half')
  fs.renameSync(databaseFile(folder, 'desk'), path.join(folder, 'desk.db.before-restore-x'))
  expect(() => refuseUnfinishedRestore(folder)).toThrow('was cut short')
  await expect(restore(path.join(folder, 'access.db'), folder)).rejects.toThrow('is no backup')
  expect(() => refuseUnfinishedRestore(folder)).toThrow('was cut short')
  await restore(file, folder, AT + 1)
  refuseUnfinishedRestore(folder)
  expect(fs.existsSync(path.join(folder, 'restoring'))).toBe(false)
  expect(fs.existsSync(databaseFile(folder, 'desk'))).toBe(true)
})

test('a card that was reported lost since, or is somebody else’s by now, and a person who was barred, stay out', async () => {
  const { desk, folder, file, make } = await space()
  for (const id of ['ada', 'ben', 'cat'])
    insertMember(desk, { id, name: `${id} A`, phone: null, createdAt: AT }, 'desk')
  const cards = ['em:0000000001', 'em:0000000002', 'em:0000000003', 'em:0000000004'] as const
  const say = (card: string, fact: CredentialFact, n: number) =>
    insertCredentialFact(desk, card, fact, { id: `${card} ${n}`, origin: DESK, operator: 'owner' })
  const enrolled = (memberId: string, at: number) =>
    ({ kind: 'enrolled', at, memberId, validFrom: null, validUntil: null }) as const
  for (const [n, card] of cards.entries()) {
    insertCredential(desk, card, card, AT)
    say(card, enrolled(n < 3 ? 'ada' : 'ben', AT), 1)
  }
  await make()
  const [lost, passedOn, found] = cards
  say(lost, { kind: 'revoked', at: AT + 1, reason: 'lost' }, 2)
  say(passedOn, { kind: 'revoked', at: AT + 2, reason: 'returned' }, 2)
  say(passedOn, enrolled('cat', AT + 3), 3)
  say(found, { kind: 'suspended', at: AT + 4, reason: 'left here' }, 2)
  say(found, { kind: 'reinstated', at: AT + 5 }, 3)
  // Whoever came since is not in the backup.
  insertMember(desk, { id: 'dan', name: 'dan A', phone: null, createdAt: AT }, 'desk')
  for (const memberId of ['ben', 'dan'])
    writeBar(desk, { memberId, at: AT + 6, until: null, why: 'x', operator: 'owner' })
  // As a desk that was killed leaves it: the newest rows are still beside the database.
  const killed = freshFolder()
  for (const name of ['desk.db', 'desk.db-wal']) fs.copyFileSync(path.join(folder, name), path.join(killed, name))
  desk.close()
  expect((await restore(file, killed, AT + 100)).keptOut).toEqual({
    cards: [lost, passedOn],
    people: ['ben A'],
    doors: [],
  })

  const { keptOut } = await restore(file, folder, AT + 100)
  expect(keptOut).toEqual({ cards: [lost, passedOn], people: ['ben A'], doors: [] })
  const back = openFresh('desk', folder)
  const now = (card: string) => credentialAt(credentialByCanonical(back, card)?.facts ?? [], AT + 200)
  expect(cards.map((card) => [now(card).state, now(card).memberId])).toEqual([
    ['lost', 'ada'],
    ['active', 'cat'],
    ['active', 'ada'],
    ['active', 'ben'],
  ])
  expect(barAt(back, 'ben', AT + 200)).toMatchObject({ why: 'x' })
  // The same again brings nothing new.
  back.close()
  expect((await restore(file, folder, AT + 300)).keptOut).toEqual({
    cards: [lost, passedOn],
    people: ['ben A'],
    doors: [],
  })
})

test('what was ordered of doors since, and whatever was taken back, holds on', async () => {
  const { desk, folder, file, make } = await space()
  const by = { at: AT, operator: 'owner', origin: DESK }
  for (const id of ['ada', 'ben']) insertMember(desk, { id, name: `${id} A`, phone: null, createdAt: AT }, 'desk')
  for (const id of ['atelier', 'exit', 'front', 'lab', 'side'])
    insertDoor(desk, { id, name: `The ${id}`, driver: 'native', format: null, key: `key of ${id}`, at: AT })
  const order = { withKeyholders: false, at: AT, until: null, why: '', operator: 'owner' }
  const hold = { ...order, mode: 'held-open', until: AT + HOUR } as const
  writeOrder(desk, { ...hold, doorId: 'lab' })
  writeOrder(desk, { ...hold, doorId: 'atelier' })
  setKeys(desk, 'ben', ['front', 'lab'], AT, 'owner')
  const word = { memberId: 'ada', until: AT + HOUR, why: 'x', doorId: null, uses: null, ...by }
  for (const id of ['ended', 'holds']) insertOverride(desk, { ...word, id })
  await make()
  endOrder(desk, 'lab')
  writeOrder(desk, { ...order, mode: 'lockdown', doorId: 'front' })
  setDoorKey(desk, 'exit', 'a newer one')
  removeDoor(desk, 'side', by)
  setKeys(desk, 'ben', ['lab'], AT, 'owner')
  endOverride(desk, { ...by, id: 'ended' })
  desk.close()

  const { keptOut } = await restore(file, folder, AT + 100)
  const doors = ['The exit', 'The front', 'The lab', 'The side']
  expect(keptOut).toEqual({ cards: [], people: ['ben A', 'ada A'], doors })
  const back = openFresh('desk', folder)
  expect(allDoors(back).map(({ id, key, keyEpoch }) => [id, key, keyEpoch, orderAt(back, id, AT)?.mode])).toEqual([
    ['atelier', 'key of atelier', 1, 'held-open'],
    ['exit', 'a newer one', 2, undefined],
    ['front', 'key of front', 1, 'lockdown'],
    ['lab', 'key of lab', 1, undefined],
    ['side', null, 1, undefined],
  ])
  expect(keysOf(back, 'ben')).toEqual(['lab'])
  expect(overridesOf(back, 'ada', AT).map(({ id }) => id)).toEqual(['holds'])
})

test('what is older than the backup takes nobody’s keys back, and brings no lockdown back', async () => {
  const { desk, folder, file, make } = await space()
  insertMember(desk, { id: 'ben', name: 'ben A', phone: null, createdAt: AT }, 'desk')
  insertDoor(desk, { id: 'front', name: 'Front', driver: 'native', format: null, key: 'x', at: AT })
  const order = { withKeyholders: false, at: AT, until: null, why: '', operator: 'owner' }
  writeOrder(desk, { ...order, mode: 'lockdown', doorId: 'front' })
  const old = freshFolder()
  desk.pragma('wal_checkpoint(TRUNCATE)')
  fs.copyFileSync(databaseFile(folder, 'desk'), databaseFile(old, 'desk'))
  setKeys(desk, 'ben', ['*'], AT, 'owner')
  endOrder(desk, 'front')
  appendAction(desk, DESK, { at: AT + 9, operator: 'owner', kind: 'keys-set', subject: 'ben', detail: {} })
  await make()
  desk.close()
  expect((await restore(file, old, AT + 100)).keptOut).toEqual({ cards: [], people: [], doors: [] })
  const back = openFresh('desk', old)
  expect([keysOf(back, 'ben'), orderAt(back, 'front', AT)]).toEqual([['*'], null])
})

test('says so where the folder that it replaces cannot be read', async () => {
  const { folder, file, make, desk, access } = await space()
  await make()
  desk.close()
  access.close()
  fs.writeFileSync(databaseFile(folder, 'desk'), 'this is no database, and long enough that somebody tries to read it')
  expect((await restore(file, folder)).keptOut).toBeNull()
})
