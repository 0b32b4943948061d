// Orders of doors by command, through a whole desk that is killed in the middle of one.
import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { startNativeDoor } from '../../hardware/sim/native-door.ts'
import { freshDir, type Served, startServe, until } from '../serving.ts'

type Row = { id: string; mode: string; modeUntil: string | null }

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

const serve = async (dataDir: string): Promise<Served> => {
  const served = await startServe([], { dataDir })
  stops.push(() => served.stop())
  return served
}
const modes = async (served: Served) => (await served.json<Row[]>('door', 'list')).map(({ id, mode }) => [id, mode])

test('a desk killed during a hold leaves a locked door, and none held when it is back; a lockdown stays', async () => {
  const dataDir = freshDir()
  const first = await serve(dataDir)
  const { key } = await first.json<{ key: string }>('door', 'add', 'front')
  await first.json('door', 'add', 'side')
  const door = startNativeDoor({ url: first.ready.doors, id: 'front', key, random: randomBytes, memory: 10 })
  stops.push(() => door.close())

  await first.json('door', 'lockdown', 'side')
  expect(await first.json('door', 'hold-open', 'front', '--for', '8s', '--why', 'a delivery')).toMatchObject([
    { id: 'front', mode: 'held-open', modeWhy: 'a delivery', modeBy: 'owner' },
    { id: 'side', mode: 'lockdown' },
  ])
  await door.catchUp()
  expect(door.isHeldOpen()).toBe(true)
  process.kill(first.ready.pid, 'SIGKILL')
  await first.stop()
  await until(async () => !door.isHeldOpen(), 'the door to lock', 10_000)

  await new Promise((resolve) => setTimeout(resolve, 1_000))
  const second = await serve(dataDir)
  expect(await modes(second)).toEqual([
    ['front', 'normal'],
    ['side', 'lockdown'],
  ])
  expect(await second.json('audit', 'verify')).toMatchObject({ ok: true, rows: 5 })
  await second.json('door', 'normal', '--all')
  expect(await modes(second)).toEqual([
    ['front', 'normal'],
    ['side', 'normal'],
  ])
})

test('what makes no sense is wrong usage, and what cannot be is one sentence', async () => {
  const served = await serve(freshDir())
  await served.json('door', 'add', 'front')
  for (const [words, code] of [
    [['door', 'lockdown'], 2],
    [['door', 'lockdown', 'front', '--all'], 2],
    [['door', 'hold-open', 'front'], 2],
    [['door', 'hold-open', 'front', '--for', 'soon'], 2],
    [['door', 'hold-open', 'front', '--for', '0m'], 2],
    [['door', 'lockdown', 'front', '--for', '366d'], 2],
    [['door', 'hold-open', 'front', '--for', '25h'], 1],
    [['door', 'normal', 'nowhere'], 1],
  ] as const) {
    const ran = await served.run(...words)
    expect([words, ran.code, ran.stdout]).toEqual([words, code, ''])
    expect(ran.stderr.trim().split('\n')).toHaveLength(1)
  }
  expect(await modes(served)).toEqual([['front', 'normal']])
})
