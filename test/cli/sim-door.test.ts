// `latchkey sim door`: a controller of its own, steered by lines, on the real door thread.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { Values } from '../../src/main/commands/command.ts'
import { SIM_DOOR } from '../../src/main/commands/sim-door.ts'
import { setKeys, writeOrder } from '../../src/main/store/door-orders.ts'
import { setDoorKey } from '../../src/main/store/doors.ts'
import { addPerson, createWorld, type World } from '../door/world.ts'
import { command, freshDir, until } from '../serving.ts'

type Said = Record<string, unknown> & { what: string }
const NOBODY = 'http://127.0.0.1:9'
/** Longer than a controller at a door would wait: the tests' computer may be busy. */
const PATIENCE = '10000'

let world: World
let ada: { card: string }
let kim: { card: string; memberId: string }
const undo: (() => unknown)[] = []

beforeAll(async () => {
  world = createWorld()
  ada = addPerson(world.desk)
  kim = addPerson(world.desk, { holds: null })
  await world.start()
  return () => world.stop()
})
afterEach(async () => {
  for (const step of undo.splice(0)) await step()
})

/** Waits for what is said, each thing once and in its order. */
function listener(said: Said[]) {
  let at = 0
  return async (what: string): Promise<Said> => {
    const find = async () => said.findIndex((one, index) => index >= at && one.what === what) + 1
    at = await until(find, `"${what}" among ${JSON.stringify(said.slice(at))}`)
    return said[at - 1] as Said
  }
}

/** The command as the command line starts it, in this process. */
async function sim(values: Values, key: string | null = null) {
  const stdin = new PassThrough()
  const said: Said[] = []
  const complaints: string[] = []
  const io = { stdin, out: (line: string) => said.push(JSON.parse(line)), err: (line: string) => complaints.push(line) }
  const started = await SIM_DOOR.start({ url: url(), patience: PATIENCE, ...values }, io as never)
  if ('usage' in started) throw new Error(started.usage)
  undo.push(() => started.close())
  const write = (...lines: string[]) => void stdin.write(`${lines.join('\n')}\n`)
  if (key !== null) write(key)
  const quit = async () => {
    write('quit')
    expect(await started.ended).toBeNull()
    await started.close()
  }
  return { said, complaints, write, next: listener(said), ended: started.ended, quit }
}
const url = () => `http://127.0.0.1:${world.port}`
const rowsOf = (id: string) => world.log().rows.filter((row) => row.door_id === id)
const numbersOf = (id: string) =>
  rowsOf(id).flatMap(({ inputs }) => {
    const { n } = JSON.parse(String(inputs))
    return n === undefined ? [] : [n]
  })

test('it says what happens, does what its lines say, and tells the desk later what it did while cut off', async () => {
  const { key } = world.addDoor('front')
  const door = await sim({ id: 'front' }, key)
  expect(await door.next('ready')).toEqual({ what: 'ready', door: 'front', pid: process.pid })
  expect(await door.next('desk')).toEqual({ what: 'desk', reached: true })
  expect(await door.next('list')).toMatchObject({ cards: 1 })
  expect(await door.next('uploaded')).toMatchObject({ acked: 1, waiting: 0 })
  door.write(`card ${ada.card}`)
  expect(await door.next('answer')).toMatchObject({ card: ada.card, kind: 'answer', grant: true, reason: 'ok' })

  door.write('cut', `card ${ada.card}`, 'card em:00000000AA', 'tell forced', 'state')
  expect(await door.next('answer')).toEqual({
    what: 'answer',
    card: ada.card,
    kind: 'offline',
    grant: true,
    reason: 'ok',
  })
  expect(await door.next('answer')).toMatchObject({ kind: 'offline', grant: false, reason: 'unknown-card' })
  expect(await door.next('told')).toEqual({ what: 'told', kind: 'forced', waiting: 3 })
  expect(await door.next('state')).toMatchObject({ cut: true, waiting: 3, cards: 1, mode: 'normal' })

  door.write('sing', 'card', `card ${'9'.repeat(201)}`, 'tell stories', 'cut it', '', '\u0000\u{1F600}', 'mend')
  expect(await door.next('uploaded')).toMatchObject({ acked: 4, waiting: 0 })
  expect(door.complaints).toHaveLength(6)
  expect(door.complaints[0]).toBe(
    '"sing" is nothing to be done at a door: write card CARD [FORM], cut, mend, tell forced|open-too-long|not-opened|closed|power-on, state, quit.',
  )
  expect(numbersOf('front')).toEqual([1, 2, 3, 4])
  expect(rowsOf('front').map(({ reason }) => reason)).toEqual(['power-on', 'ok', 'ok', 'unknown-card', 'forced'])
  await door.quit()
})

test('with a state file it goes on after a loss of power, without the time opens for keyholders alone, and tells all once', async () => {
  const { key } = world.addDoor('shed')
  setKeys(world.desk, kim.memberId, ['shed'], Date.now(), 'owner')
  const state = path.join(freshDir(), 'shed.json')
  const first = await sim({ id: 'shed', key, state })
  expect(await first.next('list')).toMatchObject({ cards: 2 })
  expect(await first.next('uploaded')).toMatchObject({ acked: 1 })
  first.write('cut', `card ${ada.card}`)
  await first.quit()
  expect(fs.statSync(state).mode & 0o777).toBe(0o600)
  expect(fs.readFileSync(state, 'utf8')).not.toContain(key)

  const alone = await sim({ id: 'shed', key, state, url: NOBODY })
  alone.write(`card ${ada.card}`, `card ${kim.card}`, 'state')
  expect(await alone.next('answer')).toMatchObject({ kind: 'offline', grant: false, reason: 'billing-stale' })
  expect(await alone.next('answer')).toMatchObject({ kind: 'offline', grant: true, reason: 'ok-keyholder' })
  expect(await alone.next('state')).toMatchObject({ cards: 2, clock: null, waiting: 4 })
  await alone.quit()

  const back = await sim({ id: 'shed', key, state })
  await back.next('uploaded')
  await back.quit()
  const words = ['power-on', 'ok', 'power-on', 'billing-stale', 'ok-keyholder', 'power-on']
  expect(rowsOf('shed').map(({ reason }) => reason)).toEqual(words)
  expect(numbersOf('shed')).toEqual([1, 2, 3, 4, 5, 6])

  // Another key: the list is dropped, and numbers begin anew.
  const other = 'c'.repeat(64)
  setDoorKey(world.desk, 'shed', other)
  const blank = await sim({ id: 'shed', key: other, state, url: NOBODY })
  blank.write(`card ${kim.card}`)
  expect(await blank.next('answer')).toMatchObject({ kind: 'offline', grant: false, reason: 'unknown-card' })
  await blank.quit()
  const known = await sim({ id: 'shed', key: other, state })
  expect(await known.next('uploaded')).toMatchObject({ waiting: 0, acked: 3 })
  await known.quit()
  expect(numbersOf('shed')).toEqual([1, 2, 3, 4, 5, 6, 1, 2, 3])
  expect(world.log().firstBad).toBeNull()
})

test('one that remembers nothing, or something old, uses no number twice under one key', async () => {
  const { key } = world.addDoor('attic')
  const state = path.join(freshDir(), 'attic.json')
  for (const acked of [1, 2]) {
    const door = await sim({ id: 'attic', key })
    expect(await door.next('uploaded')).toEqual({ what: 'uploaded', acked, waiting: 0 })
    await door.quit()
  }
  const first = await sim({ id: 'attic', key, state })
  await first.next('uploaded')
  const old = fs.readFileSync(state)
  first.write('tell forced')
  expect(await first.next('uploaded')).toMatchObject({ acked: 4 })
  await first.quit()
  fs.writeFileSync(state, old)
  const restored = await sim({ id: 'attic', key, state })
  expect(await restored.next('uploaded')).toEqual({ what: 'uploaded', acked: 5, waiting: 0 })
  await restored.quit()
  expect(numbersOf('attic')).toEqual([1, 2, 3, 4, 5])
})

test('a hold is told, and that it ran out while the cable was pulled', async () => {
  const { key } = world.addDoor('yard')
  const door = await sim({ id: 'yard', key })
  await door.next('uploaded')
  const order = { doorId: 'yard', withKeyholders: false, at: Date.now(), why: '', operator: 'owner' }
  writeOrder(world.desk, { ...order, mode: 'held-open', until: Date.now() + 2_500 })
  door.write('tell closed', 'cut')
  expect(await door.next('mode')).toMatchObject({ mode: 'held-open' })
  expect(await door.next('mode')).toEqual({ what: 'mode', mode: 'normal', seconds: 0 })
})

test.each<[Values, RegExp]>([
  [{ url: undefined, id: 'front' }, /^--url is where/],
  [{ url: 'https://x', id: 'front' }, /^--url is where/],
  [{ url: 'http://x', id: 'Front' }, /^--id is the id/],
  [{ url: 'http://x' }, /^--id is the id/],
  [{ url: 'http://x', id: 'front', key: 'aa' }, /64 hex characters/],
  [{ url: 'http://x', id: 'front', memory: 'all' }, /^--memory is/],
  [{ url: 'http://x', id: 'front', patience: '0' }, /^--patience is/],
])('wrong usage: %o', async (values, sentence) => {
  await expect(sim(values)).rejects.toThrow(sentence)
})

test('what it cannot begin with is said in one sentence', async () => {
  const dir = freshDir()
  const [odd, others] = [path.join(dir, 'odd'), path.join(dir, 'others')]
  fs.writeFileSync(odd, '{"version":')
  const key = 'a'.repeat(64)
  const begin = async (values: Values, first: string | null = null) => {
    const door = await sim({ id: 'front', url: NOBODY, ...values }, first)
    return door.ended
  }
  expect(await begin({}, 'no key')).toMatch(/^The key is none/)
  expect(await begin({ key, state: odd })).toMatch(/is no state of a simulated door/)
  expect(await begin({ key, state: '/proc/none/x' })).toMatch(/cannot be written/)
  await (await sim({ id: 'front', url: NOBODY, key, state: others })).quit()
  expect(await begin({ id: 'back', key, state: others })).toMatch(/is of the door "front"/)
})

test('as a process it runs on when its input ends, ends with 0 when it is told to, and stands in the help', async () => {
  const { key } = world.addDoor('cellar')
  const cli = path.resolve(import.meta.dirname, '../../src/main/cli.ts')
  const child = spawn(process.execPath, [cli, 'sim', 'door', '--url', url(), '--id', 'cellar', '--patience', PATIENCE])
  undo.push(() => child.kill('SIGKILL'))
  const said: Said[] = []
  child.stdout.on('data', (chunk) => {
    for (const line of String(chunk).trimEnd().split('\n')) said.push(JSON.parse(line))
  })
  const ended = new Promise((resolve) => child.on('close', resolve))
  child.stdin.end(`${key}\n`)
  const next = listener(said)
  expect(await next('ready')).toMatchObject({ door: 'cellar', pid: child.pid })
  expect(await next('uploaded')).toMatchObject({ acked: 1 })
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  const [help, refused] = await Promise.all([
    command(['--help']),
    command(['sim', 'door', '--url', url(), '--id', 'cellar'], { input: 'no key\n' }),
  ])
  expect(help.stdout).toContain('latchkey sim door --url URL --id ID')
  expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^The key is none.*\n$/) })
})
