// The simulated board by itself: how strict it is, and `latchkey sim board`.
import { createSocket } from 'node:dgram'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { encodeAsk, LENGTH, parseReply } from '../../hardware/controllers/uhppote-frames.ts'
import { startUhppoteBoard } from '../../hardware/sim/uhppote-board.ts'
import type { Values } from '../../src/main/commands/command.ts'
import { SIM_BOARD } from '../../src/main/commands/sim-board.ts'
import { card, SERIAL } from './uhppote-rig.ts'
import { until } from './until.ts'

type Said = Record<string, unknown> & { what: string }
const undo: (() => unknown)[] = []

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

async function boardAndClient(options: Partial<Parameters<typeof startUhppoteBoard>[0]> = {}) {
  let time = 1_000_000
  const board = await startUhppoteBoard({ serial: SERIAL, now: () => time, clock: '2026-11-20T13:00:00', ...options })
  const heard: Buffer[] = []
  const socket = createSocket('udp4')
  socket.on('message', (message) => heard.push(message))
  undo.push(
    () => board.close(),
    () => new Promise<void>((resolve) => void socket.close(resolve)),
  )
  const say = (message: Buffer) => socket.send(message, board.port, '127.0.0.1')
  return { board, heard, say, socket, pass: (ms: number) => (time += ms) }
}

test('what is malformed, or for another board, is answered with silence', async () => {
  const { board, heard, say } = await boardAndClient()
  const right = encodeAsk('get-status', SERIAL, {})
  const bent = (at: number, value: number, message = right) => Buffer.from(message).fill(value, at, at + 1)
  const time = encodeAsk('set-time', SERIAL, { at: '2026-11-20T13:40:00' })
  const pc = encodeAsk('set-pc-control', SERIAL, { on: true })
  for (const message of [
    Buffer.alloc(0),
    right.subarray(0, LENGTH - 1),
    Buffer.concat([right, Buffer.alloc(1)]),
    bent(0, 0x19),
    bent(1, 0xfe),
    bent(2, 1),
    bent(4, 0),
    encodeAsk('get-status', 0, {}),
    bent(9, 0xaa, time),
    bent(8, 0x54, pc),
    bent(9, 9, bent(1, 0x80)),
  ])
    say(message)
  say(encodeAsk('get-device', 0, {}))
  await until('what is right is answered', () => heard.length > 0)
  expect(heard.map((message) => parseReply(message))).toMatchObject([{ op: 'get-device', serial: SERIAL }])
  expect(board.seen).toEqual(['get-device'])
  expect(board.asksHost()).toBe(false)
})

test('told to ask, it asks as long as somebody speaks to it, and decides by itself after thirty seconds', async () => {
  const { board, heard, say, pass } = await boardAndClient({ version: '0662' })
  board.hold(card(7))
  say(encodeAsk('set-pc-control', SERIAL, { on: true }))
  await until('it is told', () => board.asksHost())
  pass(29_999)
  expect(board.swipe(7, 1)).toBe('asked')
  pass(1)
  expect(board.swipe(7, 1)).toBe('opened')
  expect(board.swipe(8, 1)).toBe('refused')
  say(encodeAsk('get-status', SERIAL, {}))
  await until('it is spoken to', () => board.asksHost())
  expect(board.swipe(7, 1)).toBe('asked')
  board.restart()
  expect(board.asksHost()).toBe(true)
  expect(board.events.map(({ reason, granted }) => [reason, granted])).toEqual([
    [5, false],
    [1, true],
    [18, false],
    [5, false],
    [28, false],
  ])
  await until('both are answered', () => heard.length === 2)
})

test('an interlock keeps people in, and is told', async () => {
  const { board, say } = await boardAndClient()
  const interlock = encodeAsk('open-door', SERIAL, { door: 4 }).fill(0xa2, 1, 2)
  say(interlock)
  await until('it is set', () => board.seen.includes('0xa2'))
  expect(board.pressExit(1)).toBe(true)
  board.openDoor(2)
  expect(board.pressExit(1)).toBe(false)
  expect(board.events.at(-1)).toMatchObject({ reason: 31, door: 1 })
  expect(board.exitRefusals()).toBe(1)
})

test('firmware 6.62 begins what it tells in its own way', async () => {
  const { board, heard, socket } = await boardAndClient({ version: '0662' })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  board.listenTo({ address: '127.0.0.1', port: socket.address().port })
  board.swipe(7, 1)
  await until('it is heard', () => heard.length === 1)
  expect(heard[0]?.subarray(0, 2).toString('hex')).toBe('1920')
})

async function sim(values: Values) {
  const stdin = new PassThrough()
  const said: Said[] = []
  const complaints: string[] = []
  const io = { stdin, out: (line: string) => said.push(JSON.parse(line)), err: (line: string) => complaints.push(line) }
  const started = await SIM_BOARD.start({ port: '0', serial: String(SERIAL), ...values }, io as never)
  if ('usage' in started) throw new Error(started.usage)
  undo.push(() => started.close())
  const next = (what: string) => until(`"${what}"`, () => said.some((one) => one.what === what))
  return { said, complaints, next, ended: started.ended, write: (line: string) => void stdin.write(`${line}\n`) }
}

test('the command does what its lines say, and says what happens', async () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-board-')), 'cards.json')
  undo.push(() => fs.rmSync(path.dirname(file), { recursive: true }))
  fs.writeFileSync(file, JSON.stringify([card(7, [1, 0, 0, 0], { from: '2000-01-01', to: '2099-12-31' })]))
  const board = await sim({ cards: file })
  await board.next('ready')
  expect(board.said[0]).toMatchObject({ what: 'ready', serial: SERIAL, pid: process.pid })
  for (const line of [
    'swipe 7 1',
    'swipe 8 1',
    'exit 2',
    'force 3',
    'swipe 7',
    'swipe 7 5',
    'dance',
    '',
    'state',
    'quit',
  ])
    board.write(line)
  expect(await board.ended).toBeNull()
  expect(board.said.filter(({ what }) => what !== 'event').slice(1)).toMatchObject([
    { what: 'swiped', number: 7, door: 1, result: 'opened' },
    { what: 'swiped', number: 8, door: 1, result: 'refused' },
    { what: 'exit', door: 2, opened: true },
    {
      what: 'state',
      cards: 1,
      events: 3,
      asksHost: false,
      unlocked: [1, 2],
      listener: { address: '0.0.0.0', port: 0 },
    },
  ])
  expect(board.said.filter(({ what }) => what === 'event').map(({ reason }) => reason)).toEqual([1, 18, 38])
  expect(board.complaints).toEqual([
    '"swipe 7" is nothing to be done at a board: write swipe NUMBER DOOR, exit DOOR, force DOOR, state, quit.',
    '"swipe 7 5" is nothing to be done at a board: write swipe NUMBER DOOR, exit DOOR, force DOOR, state, quit.',
    '"dance" is nothing to be done at a board: write swipe NUMBER DOOR, exit DOOR, force DOOR, state, quit.',
  ])
})

test.each<[Values, RegExp]>([
  [{ port: 'x' }, /--port is where/],
  [{ port: '65536' }, /--port is where/],
  [{ serial: '0' }, /--serial is the number/],
  [{ serial: '4294967296' }, /--serial is the number/],
])('%o is no usage', async (values, sentence) => {
  await expect(sim(values)).rejects.toThrow(sentence)
})

test('what it cannot begin with is said in one sentence', async () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-board-')), 'cards.json')
  undo.push(() => fs.rmSync(path.dirname(file), { recursive: true }))
  fs.writeFileSync(file, '[{"number":1}]')
  expect(await (await sim({ cards: file })).ended).toMatch(/^The file of cards is none: write a list/)
  expect(await (await sim({ cards: `${file}.none` })).ended).toMatch(/no such file/)
})
