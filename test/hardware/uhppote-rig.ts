// A simulated UHPPOTE board and the driver before it, in a space in Berlin, with a clock that stands until it is moved.
import { createSocket } from 'node:dgram'
import { expect } from 'vitest'
import type { Device, DeviceDoor, DeviceEvent, DeviceNews, Wanted, Window } from '../../hardware/controller.ts'
import { openUhppote, type UhppoteOptions } from '../../hardware/controllers/uhppote.ts'
import type { CardRecord } from '../../hardware/controllers/uhppote-frames.ts'
import { type BoardOptions, startUhppoteBoard, type UhppoteBoard } from '../../hardware/sim/uhppote-board.ts'
import { reasonByCards } from '../../hardware/sim/uhppote-decide.ts'
import { fromWallClock, wallClock } from '../../src/main/domain/time.ts'
import { closeAfterEachTest } from '../closing.ts'
import { randomFrom } from '../fuzz/random.ts'
import { until } from './until.ts'

export const SERIAL = 405419896
const ZONE = 'Europe/Berlin'
/** The local day at the start. */
export const TODAY = '2026-11-20'
/** A Friday. */
export const START = '2026-11-20T12:00:00Z'
export const DOORS: readonly DeviceDoor[] = [
  { id: 'front', output: 1, openMs: 4_500, format: null },
  { id: 'shop', output: 2, openMs: 3_000, format: null },
]

export type Told = {
  asked: { door: string; card: string; n: number | null; at: number }[]
  happened: DeviceEvent[]
  news: DeviceNews[]
  lost: number
  troubles: (string | null)[]
}

export type Rig = {
  board: UhppoteBoard
  device: Device
  told: Told
  /** Moves the clocks of both on. */
  pass(ms: number): void
  now(): number
  holidays: string[]
  /** A further driver for the same board, as after a restart of the desk. */
  open(options?: Partial<UhppoteOptions>): Promise<{ device: Device; told: Told }>
  /** Takes over, and waits until the board does as it is told. */
  takeOver(replaces?: string): Promise<void>
  port: number
}

/** What reads, and so is allowed before anybody has confirmed anything. */
export const writing = (seen: readonly string[]) => seen.filter((op) => !/^(get|count)-/.test(op))
/** Never to be asked for: clearing, interlocks, and any mode of a door but one. */
const FORBIDDEN = /^0x|clear/
const undo: (() => Promise<unknown> | unknown)[] = []

closeAfterEachTest(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

export async function rig({
  board: boardOptions = {},
  driver = {},
  loss = 0,
  at = START,
}: {
  board?: Partial<BoardOptions>
  driver?: Partial<UhppoteOptions>
  loss?: number
  at?: string
} = {}): Promise<Rig> {
  let time = Date.parse(at)
  const now = () => time
  const holidays: string[] = []
  const random = randomFrom(0xb0a4d)
  const board = await startUhppoteBoard({
    serial: SERIAL,
    now,
    clock: wallClock(time, ZONE),
    random: () => random.below(1_000_000) / 1_000_000,
    ...boardOptions,
  })
  board.lose(loss, loss)
  undo.push(() => {
    // Whatever a test did, nobody may be kept in.
    expect(board.exitRefusals()).toBe(0)
    expect(board.seen.filter((op) => FORBIDDEN.test(op))).toEqual([])
    return board.close()
  })
  const port = await freePort()

  async function open(options: Partial<UhppoteOptions> = {}) {
    const told: Told = { asked: [], happened: [], news: [], lost: 0, troubles: [] }
    const device = openUhppote({
      address: '127.0.0.1',
      port: board.port,
      serial: SERIAL,
      listen: { host: '127.0.0.1', port },
      doors: DOORS,
      now,
      wall: (moment) => wallClock(moment, ZONE),
      fromWall: (wall) => fromWallClock(wall, ZONE) ?? 0,
      storedTo: 0,
      holidays: () => holidays,
      // Where nothing is lost nothing is asked twice, however busy the tests' computer is.
      pace: { poll: 20, retry: loss > 0 ? 20 : 5_000, tries: 40 },
      ...driver,
      ...options,
      events: {
        heard: (news) => void told.news.push(news),
        lost() {
          told.lost += 1
        },
        asked: (swipe) => void told.asked.push(swipe),
        happened: (events) => void told.happened.push(...events),
        trouble: (sentence) => void told.troubles.push(sentence),
        ...driver.events,
        ...options.events,
      },
    })
    undo.push(() => device.close())
    return { device, told }
  }

  const first = await open()
  const whole: Rig = {
    board,
    ...first,
    pass(ms) {
      time += ms
    },
    now,
    holidays,
    open,
    port,
    async takeOver(replaces) {
      takeAll(first.device, replaces)
      await until('the board is set up', () => isSetUp(board, port))
    },
  }
  return whole
}

/** The desk that a manager has agreed to put aside, wherever one was there before. */
export const OTHER_DESK = '192.168.1.20:60001'

export function takeAll(device: Device, replaces: string | null = null): void {
  for (const { id } of DOORS) device.takeOver(id, replaces)
}

export function isSetUp(board: UhppoteBoard, port: number): boolean {
  return board.listener().port === port && board.asksHost() && board.control(2)?.delay === 3 && board.recordsSpecial()
}

export function card(
  number: number,
  doors: readonly number[] = [1, 0, 0, 0],
  more: Partial<CardRecord> = {},
): CardRecord {
  return { number, from: '2026-01-01', to: '2027-12-31', doors, pin: 0, ...more }
}

export async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port } = socket.address()
  await new Promise<void>((resolve) => void socket.close(resolve))
  return port
}

export const wanted = (number: number, lastDay: string, hours: Window[] = []): Wanted => ({
  card: String(number),
  until: Date.parse(`${lastDay}T22:00:00Z`),
  lastDay,
  hours,
})
export const give = (door: string, number: number, lastDay: string, hours: Window[] = []) => ({
  door,
  card: String(number),
  wanted: wanted(number, lastDay, hours),
})
export const take = (door: string, number: number) => ({ door, card: String(number), wanted: null })

/** Whether the board lets in by its own cards. */
export const opens = (
  { cards, profiles }: Pick<UhppoteBoard, 'cards' | 'profiles'>,
  number: number,
  door: number,
  clock: string,
) => reasonByCards(cards, profiles, { number, door, clock }) === 1
