// The door thread's keeper: real threads, real ports.
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { CannotListen } from '../../src/main/door/supervise.ts'
import { openForReading } from '../../src/main/store/open.ts'
import { breakThread } from '../chaos/break-thread.ts'
import { until } from '../hardware/until.ts'
import { MIGRATIONS } from '../store/folder.ts'
import { connect } from './controller.ts'
import { addPerson, type World, worldForTest } from './world.ts'

const FAILING = new URL('./failing-thread.ts', import.meta.url)

async function listenOn(port: number): Promise<net.Server> {
  const server = net.createServer()
  await new Promise<void>((resolve, reject) => server.listen(port, '127.0.0.1', resolve).on('error', reject))
  return server
}

describe('a thread that dies', () => {
  // How long that takes is measured by `npm run test:deep -- chaos`.
  test.each(['throw', 'reject', 'exit'] as const)('by %s answers again at the same port', async (how) => {
    const world = worldForTest()
    const door = world.addDoor('front')
    const { card } = addPerson(world.desk)
    const { port } = await world.start({ entry: FAILING })
    expect((await (await connect(port, door)).check(card)).json).toMatchObject({ grant: true })
    await breakThread(world.dataDir, how)
    await until('it is started again', () => world.lines.at(-1) === 'The door thread is started again')
    // A session of the thread that died is not known to the next one.
    const again = () => connect(port, door).then((session) => session.check(card))
    await expect.poll(() => again().catch(() => null), { timeout: 15_000 }).toMatchObject({ json: { grant: true } })
    expect(world.log().firstBad).toBeNull()
  })

  test('that hangs is ended, and answers again', async () => {
    const world = worldForTest()
    const door = world.addDoor('front')
    const { port } = await world.start({ entry: FAILING, lookEvery: 200 })
    await breakThread(world.dataDir, 'hang')
    await until('it is started again', () => world.lines.at(-1) === 'The door thread is started again')
    expect(world.lines).toContain('The door thread hangs and is ended')
    const alive = () => connect(port, door).then((session) => session.time())
    await expect.poll(() => alive().catch(() => null)).toMatchObject({ status: 200 })
  })

  test('is started again as often as it dies', async () => {
    const world = worldForTest()
    const door = world.addDoor('front')
    const { port } = await world.start({ entry: FAILING })
    const restarts = () => world.lines.filter((line) => line.endsWith('started again')).length
    for (let round = 1; round <= 2; round++) {
      await breakThread(world.dataDir, 'exit')
      await until('it is started again', () => restarts() === round)
      const alive = () => connect(port, door).then((session) => session.time())
      await expect.poll(() => alive().catch(() => null)).toMatchObject({ status: 200 })
    }
  })

  test('finds its port taken meanwhile, and comes back once it is free', async () => {
    const world = worldForTest()
    const door = world.addDoor('front')
    const { port } = await world.start({ entry: FAILING })
    await breakThread(world.dataDir, 'exit')
    let squatter: net.Server | null = null
    await expect.poll(async () => (squatter = await listenOn(port).catch(() => null)), { interval: 2 }).not.toBeNull()
    onTestFinished(() => void squatter?.close())
    await until('it tried', () => world.lines.some((line) => line.includes('EADDRINUSE')))
    await new Promise((resolve) => squatter?.close(resolve))
    const alive = () => connect(port, door).then((session) => session.time())
    await expect.poll(() => alive().catch(() => null)).toMatchObject({ status: 200 })
  })
})

describe('an address that cannot be used', () => {
  test('is CannotListen with the code of the system, and no thread is left', async () => {
    const world = worldForTest()
    const taken = await listenOn(0)
    onTestFinished(() => void taken.close())
    const { port } = taken.address() as net.AddressInfo
    const failure = await world.start({ port }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(CannotListen)
    expect(failure).toMatchObject({ code: 'EADDRINUSE' })
    await expect(world.start({ host: '203.0.113.1' })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' })
    expect(world.lines).toEqual([])
  })

  test('is not retried in the background: the port stays free once it is', async () => {
    const world = worldForTest()
    const taken = await listenOn(0)
    const { port } = taken.address() as net.AddressInfo
    await world.start({ port }).catch(() => null)
    await new Promise((resolve) => taken.close(resolve))
    const other = worldForTest()
    expect((await other.start({ port })).port).toBe(port)
  })

  test('a folder without a desk.db is refused with its sentence', async () => {
    const world = worldForTest()
    world.desk.close()
    fs.rmSync(path.join(world.dataDir, 'desk.db'))
    await expect(world.start()).rejects.toThrow('There is no Latchkey data')
  })
})

describe('stopping', () => {
  /** Its port is free afterwards. */
  async function stop(world: World, doors: { stop(): Promise<void> }): Promise<void> {
    await doors.stop()
    const port = await listenOn(world.port)
    await new Promise((resolve) => port.close(resolve))
  }

  test('ends cleanly with connections open, and a second time it has nothing to do', async () => {
    const world = worldForTest()
    const door = world.addDoor('front')
    const doors = await world.start()
    const idle = net.connect(world.port, '127.0.0.1')
    onTestFinished(() => void idle.destroy())
    await (await connect(world.port, door)).time()
    await stop(world, doors)
    await stop(world, doors)
    expect(fs.existsSync(path.join(world.dataDir, 'access.db-wal'))).toBe(false)
  })

  test('leaves nothing beside the database, though the desk still reads it', async () => {
    const world = worldForTest()
    const door = world.addDoor('front')
    const doors = await world.start()
    const reader = openForReading(world.dataDir, 'access', MIGRATIONS)
    onTestFinished(() => void reader.close())
    const answer = await (await connect(world.port, door)).check('em:0102030405')
    expect(answer.json).toMatchObject({ grant: false })
    const wal = () => fs.statSync(path.join(world.dataDir, 'access.db-wal')).size
    expect(wal()).toBeGreaterThan(0)
    await expect.poll(() => reader.prepare('SELECT count(*) FROM decision').pluck().get()).toBe(1)
    await doors.stop()
    expect(wal()).toBe(0)
  })

  test('ends while a restart is pending, and nothing comes back', async () => {
    const world = worldForTest()
    const doors = await world.start({ entry: FAILING })
    await breakThread(world.dataDir, 'throw')
    await until('it died', () => world.lines.length > 0)
    await stop(world, doors)
    const later = performance.now() + 400
    await until('a restart would have come', () => performance.now() > later)
    expect(world.lines.filter((line) => line.includes('again'))).toEqual([])
    await new Promise((resolve) => listenOn(world.port).then((server) => server.close(resolve)))
  })

  test('ends while the thread is just starting again', async () => {
    const world = worldForTest()
    const doors = await world.start({ entry: FAILING })
    await breakThread(world.dataDir, 'throw')
    await until('it is starting again', () => world.lines.includes('The door thread is started again'))
    await stop(world, doors)
  })

  test('ends a thread that hangs', async () => {
    const world = worldForTest()
    const doors = await world.start({ entry: FAILING })
    await breakThread(world.dataDir, 'hang')
    await stop(world, doors)
  })
})
