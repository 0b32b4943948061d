// An older backup comes back while controllers hold what came after it: they are told everything anew, and what the desk
// has forgotten is neither invented nor waited for.
import { randomBytes, randomUUID } from 'node:crypto'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startNativeDoor } from '../../hardware/sim/native-door.ts'
import { writeBackup } from '../../src/main/store/backup.ts'
import { openForReading, openForWriting } from '../../src/main/store/open.ts'
import { restoreBackup } from '../../src/main/store/restore-backup.ts'
import { freshFolder, MIGRATIONS } from '../store/folder.ts'
import { connect, type LinkSession } from './controller.ts'
import { addFact, addPerson, type World, worldForTest } from './world.ts'

// Each starts two door threads and checks a backup twice.
vi.setConfig({ testTimeout: 60_000 })

async function backupOf(world: World): Promise<string> {
  const file = path.join(freshFolder(), 'copy')
  const access = openForReading(world.dataDir, 'access', MIGRATIONS)
  await writeBackup({ desk: world.desk, access }, file, { at: Date.now(), version: '1' })
  access.close()
  return file
}

/** As `latchkey restore` does it, with the desk stopped; it starts again at the same port. */
async function restore(world: World, file: string, doors: { stop(): Promise<void> }): Promise<void> {
  await doors.stop()
  world.desk.close()
  await restoreBackup(file, world.dataDir, { at: Date.now(), migrations: MIGRATIONS })
  const desk = openForWriting(world.dataDir, 'desk', MIGRATIONS)
  onTestFinished(() => void desk.close())
  world.desk = desk
  await world.start({ port: world.port })
}

const list = async (session: LinkSession, since: number) =>
  (await session.ask('GET', `/door/v1/list?since=${since}`)).json
const cardsOf = ({ entries }: { entries: { card: string }[] }) => entries.map(({ card }) => card)

test('list revisions jump ahead, and whoever holds a later list than the backup gets the whole one', async () => {
  const world = worldForTest()
  const front = world.addDoor('front')
  const ada = addPerson(world.desk)
  const cat = addPerson(world.desk)
  const doors = await world.start()
  let session = await connect(world.port, front)
  const early = await list(session, 0)
  const file = await backupOf(world)

  const ben = addPerson(world.desk)
  addFact(world.desk, ada.credential, { kind: 'revoked', at: Date.now(), reason: 'lost' })
  const late = await list(session, early.rev)
  expect(late).toMatchObject({ full: false, removed: [ada.card], entries: [{ card: ben.card }] })

  await restore(world, file, doors)
  session = await connect(world.port, front)
  expect((await session.time()).json.list_rev).toBeGreaterThan(late.rev + 1_000)
  const after = await list(session, late.rev)
  expect(after).toMatchObject({ full: true, removed: [] })
  // What was lost meanwhile is lost, whatever the backup knows.
  expect(cardsOf(after)).toEqual([cat.card])
  expect(after.rev).toBeGreaterThan(late.rev + 1_000)
  // One that has been silent since before the backup is told the same, by changes or whole.
  const silent = await list(session, early.rev)
  const kept = cardsOf(early).filter((card) => !silent.removed.includes(card))
  expect(silent.full ? cardsOf(silent) : [...kept, ...cardsOf(silent)]).toEqual([cat.card])
  expect((await session.check(ben.card)).json).toMatchObject({ grant: false, reason: 'unknown-card' })
  expect((await session.check(ada.card)).json).toMatchObject({ grant: false, list_rev: after.rev })
})

test('a presentation that the backup knows is answered as it was; one that it does not is a new one, once', async () => {
  const world = worldForTest()
  const front = world.addDoor('front')
  const { card, credential } = addPerson(world.desk)
  const doors = await world.start()
  let session = await connect(world.port, front)
  const [known, forgotten] = [randomUUID(), randomUUID()]
  const before = await session.check(card, { id: known })
  const file = await backupOf(world)
  await session.check(card, { id: forgotten })
  addFact(world.desk, credential, { kind: 'suspended', at: Date.now(), reason: '' })
  await restore(world, file, doors)

  session = await connect(world.port, front)
  expect((await session.check(card, { id: known })).text).toBe(before.text)
  const again = await session.check(card, { id: forgotten })
  expect(again.json).toMatchObject({ grant: false, reason: 'card-suspended' })
  expect((await session.check(card, { id: forgotten })).text).toBe(again.text)
  const { rows, firstBad } = world.log()
  expect(rows.map((row) => row.presentation_id)).toEqual([known, forgotten])
  expect(firstBad).toBeNull()
})

test('events that a controller has dropped and the desk has forgotten are told as lost, and new ones come in', async () => {
  const world = worldForTest()
  const { key } = world.addDoor('front')
  const doors = await world.start()
  const url = `http://127.0.0.1:${world.port}`
  const door = startNativeDoor({ url, id: 'front', key, random: randomBytes, memory: 100, patience: 10_000 })
  onTestFinished(() => door.close())
  for (const kind of ['forced', 'closed']) await door.tell(kind)
  const file = await backupOf(world)
  for (const kind of ['forced', 'closed', 'open-too-long']) await door.tell(kind)
  expect(door.held().waiting).toBe(0)
  await restore(world, file, doors)

  await door.tell('power-on')
  await door.catchUp()
  expect(door.held().waiting).toBe(0)
  const { rows } = world.log()
  expect(rows.map(({ reason }) => reason)).toEqual(['forced', 'closed', 'power-on', 'events-lost'])
  expect(JSON.parse(String(rows.at(-1)?.inputs))).toMatchObject({ after: 2, to: 5, missing: 3 })
})
