// docs/examples/door_esp32, compiled for this computer and put before a real desk: what it does with its relay.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Doors } from '../../src/main/door/supervise.ts'
import { endOrder, setKeys, writeOrder } from '../../src/main/store/door-orders.ts'
import { addFact, addPerson, createWorld, type World } from '../door/world.ts'
import { freshDir, until } from '../serving.ts'

const root = path.resolve(import.meta.dirname, '../..')
const program = path.join(freshDir(), 'door')
const OPEN_MS = 3_000

let world: World
let doors: Doors
let link: Awaited<ReturnType<typeof startLink>>

beforeAll(async () => {
  compile()
  world = createWorld()
  doors = await world.start()
  link = await startLink()
}, 600_000)
afterAll(async () => {
  await link.close()
  await world.stop()
})

function compile(): void {
  if (!fs.existsSync('/usr/include/mbedtls/md.h') || !fs.existsSync('/usr/bin/g++')) {
    execFileSync('apt-get', ['update', '-qq'])
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'g++', 'libmbedtls-dev'])
  }
  const shims = path.join(root, 'test/fixtures/arduino')
  const own = ['DESK_URL', 'DOOR_ID', 'DOOR_KEY'].map((name) => `-D${name}=getenv("${name}")`)
  const sketch = path.join(root, 'docs/examples/door_esp32/door_esp32.ino')
  execFileSync('g++', [
    ...[
      '-std=c++17',
      '-Wall',
      '-Wextra',
      '-Werror',
      `-I${shims}`,
      ...own,
      '-DWIFI_NAME=""',
      '-DWIFI_PASSWORD=""',
      '-DTIMEOUT=3000',
    ],
    ...['-include', 'Arduino.h', '-x', 'c++', sketch, path.join(shims, 'main.cpp')],
    ...['-x', 'none', '-lmbedcrypto', '-o', program],
  ])
}

/** The wire between door and desk, on which somebody may sit: `forge` turns every refusal into a grant. */
async function startLink() {
  const wire = { forge: false, down: false, url: '', forged: 0, lists: 0, close: async () => undefined as unknown }
  const server = http.createServer((request, response) => {
    if (wire.down) return request.socket.destroy()
    const { method = '', url = '' } = request
    const headers = { ...request.headers, connection: 'close' }
    const onward = http.request({ port: world.port, method, path: url, headers, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part) => {
        text += part
      })
      answer.on('end', () => {
        const forged = wire.forge
          ? text.replace('"grant":false', '"grant":true').replace('"open_ms":0', '"open_ms":9')
          : text
        if (forged !== text) wire.forged += 1
        const { 'latchkey-signature': signature } = answer.headers
        response.writeHead(answer.statusCode ?? 0, {
          connection: 'close',
          'content-length': Buffer.byteLength(forged),
          ...(signature === undefined ? {} : { 'latchkey-signature': signature }),
        })
        response.end(forged)
        // The last page of a list.
        if (text.includes('"more":false')) wire.lists += 1
      })
    })
    onward.on('error', () => request.socket.destroy())
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  wire.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  wire.close = () => new Promise((resolve) => server.close(resolve))
  return wire
}

/** As an RDM6300 tells a card: all frames of it while it stays. */
function frames(card: string): string {
  const hex = card.replace('em:', '')
  const sum = Buffer.from(hex, 'hex').reduce((a, b) => a ^ b, 0)
  return `\u0002${hex}${sum.toString(16).toUpperCase().padStart(2, '0')}\u0003`.repeat(3)
}

type Board = {
  /** Every change of the relay's pin, in order, with when it was. */
  relay: { level: number; at: number }[]
  said: string[]
  show(card: string): Promise<string>
  child: ChildProcess
}

function startBoard(door: { id: string; key: string }): Board {
  const env = { ...process.env, DESK_URL: link.url, DOOR_ID: door.id, DOOR_KEY: door.key }
  const child = spawn(program, { env })
  onTestFinished(() => void child.kill('SIGKILL'))
  const board: Board = {
    relay: [],
    said: [],
    child,
    async show(card) {
      const before = board.said.length
      child.stdin?.write(frames(card))
      await until(async () => board.said.length > before, `a word about ${card}`)
      return board.said[before] ?? ''
    },
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [, pin, level] = /^pin (\d+) (\d)$/.exec(line) ?? []
    // No other pin is ever driven.
    expect(pin).toBe('26')
    board.relay.push({ level: Number(level), at: performance.now() })
  })
  createInterface({ input: child.stderr }).on('line', (line) => board.said.push(line))
  return board
}
const levels = ({ relay }: Board) => relay.map(({ level }) => level)
const rowsOf = (id: string) => world.log().rows.filter((row) => row.door_id === id)
const seen = (id: string) => until(async () => world.seen.includes(id), `a question from ${id}`)

test('a card that is granted pulses the relay once, for as long as the desk says, and is one row of the log', async () => {
  const ada = addPerson(world.desk)
  const board = startBoard(world.addDoor('front'))
  expect(await board.show(ada.card)).toBe('welcome')
  await until(async () => board.relay.length === 2, 'the end of the pulse')
  expect(levels(board)).toEqual([1, 0])
  const [on, off] = board.relay
  expect((off?.at ?? 0) - (on?.at ?? 0)).toBeGreaterThan(OPEN_MS - 200)
  expect(rowsOf('front').map(({ card_text: text, reason }) => [text, reason])).toEqual([[ada.card, 'ok']])
})

test('a card that is refused does not, and neither does a broken frame', async () => {
  const lost = addPerson(world.desk)
  addFact(world.desk, lost.credential, { kind: 'revoked', at: Date.now(), reason: 'lost' })
  const board = startBoard(world.addDoor('side'))
  expect(await board.show(lost.card)).toBe('please ask the desk')
  board.child.stdin?.write(frames(addPerson(world.desk).card).replaceAll('\u0003', '0'))
  board.child.stdin?.write(frames('em:00000000AA').replaceAll('AA\u0003', 'AB\u0003'))
  expect(await board.show('em:00000000AA')).toBe('please ask the desk')
  expect(levels(board)).toEqual([])
  expect(rowsOf('side').map(({ reason }) => reason)).toEqual(['card-lost', 'unknown-card'])
})

test('a refusal that somebody on the wire turned into a grant opens nothing', async () => {
  const board = startBoard(world.addDoor('back'))
  await seen('back')
  link.forge = true
  onTestFinished(() => {
    link.forge = false
  })
  expect(await board.show('em:00000000AA')).toBe('please ask the desk, which is silent')
  expect(link.forged).toBe(2)
  expect(levels(board)).toEqual([])
  // One presentation, asked twice.
  expect(rowsOf('back')).toHaveLength(1)
})

test('what does not hold the key of the door opens nothing', async () => {
  const ada = addPerson(world.desk)
  const { id } = world.addDoor('cellar')
  const board = startBoard({ id, key: 'ff'.repeat(32) })
  expect(await board.show(ada.card)).toBe('please ask the desk, which is silent')
  expect(levels(board)).toEqual([])
})

test('while the desk is silent its list decides', async () => {
  const [ada, kim, late] = [addPerson(world.desk), addPerson(world.desk, { holds: null }), addPerson(world.desk)]
  for (let n = 0; n < 100; n += 1) addPerson(world.desk)
  const door = world.addDoor('shed')
  setKeys(world.desk, kim.memberId, ['shed'], Date.now(), 'owner')
  link.lists = 0
  const board = startBoard(door)
  await until(async () => link.lists === 1, 'the list')
  addFact(world.desk, late.credential, { kind: 'revoked', at: Date.now(), reason: 'lost' })
  // The answer tells of another list, and it is fetched at once, in three pages.
  expect(await board.show(late.card)).toBe('please ask the desk')
  await until(async () => link.lists === 2, 'the list without that card')
  link.down = true
  onTestFinished(() => {
    link.down = false
  })
  expect(await board.show(ada.card)).toBe('welcome, by the list')
  await until(async () => levels(board).at(-1) === 0, 'the end of the pulse')
  expect(await board.show(late.card)).toBe('please ask the desk, which is silent')
  expect(await board.show(kim.card)).toBe('welcome, by the list')

  // Without power it forgets list and time; another board with the same key knows neither.
  const blank = startBoard(door)
  expect(await blank.show(kim.card)).toBe('please ask the desk, which is silent')
  expect(levels(blank)).toEqual([])
})

test('a hold is a lease: without the desk the door locks by itself', async () => {
  const order = { doorId: 'yard', withKeyholders: false, at: Date.now(), why: '', operator: 'owner' }
  const door = world.addDoor('yard')
  writeOrder(world.desk, { ...order, mode: 'held-open', until: Date.now() + 5_500 })
  const board = startBoard(door)
  await until(async () => levels(board).length === 1, 'the hold')
  await doors.stop()
  await until(async () => levels(board).length === 2, 'the end of the hold')
  expect(levels(board)).toEqual([1, 0])
  endOrder(world.desk, 'yard')
})
