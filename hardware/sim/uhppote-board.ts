// A UHPPOTE board (UT0311-L04) without hardware, on a real UDP port: strict where the real one is, with a clock of its own
// that has no zone, cards, profiles, doors, a log of events, and the habit of deciding by itself when its host is silent.
import { createSocket } from 'node:dgram'
import {
  type AnyAsk,
  type CardRecord,
  type EventRecord,
  encodePush,
  encodeReply,
  LENGTH,
  type Op,
  type Profile,
  parseAsk,
  type Reply,
  type Status,
} from '../controllers/uhppote-frames.ts'
import { reasonByCards } from './uhppote-decide.ts'
import { createDoors, type DoorHandles } from './uhppote-doors.ts'
import { createMemory, NO_EVENT } from './uhppote-memory.ts'
import { REASON, SPECIAL, typeOf } from './uhppote-reasons.ts'

/** After so much silence of its host a board decides by itself (uhppote-core, set_pc_control.go). */
const HOST_SILENT = 30_000
/** Operations that this program never asks for; other programs do. */
const SET_CONTROL = 0x80
const DELETE_CARDS = 0x54
const SET_INTERLOCK = 0xa2
const MODES = ['normally-open', 'normally-closed', 'controlled'] as const

export type BoardOptions = {
  serial: number
  host?: string
  /** 0, the default: any that is free. */
  port?: number
  /** Four digits; 0662 tells events in a way of its own. */
  version?: string
  now(): number
  /** What its clock shows at first. */
  clock?: string
  /** How many events it keeps. */
  memory?: number
  /** Counts places from which cards were deleted too, as some boards do. */
  countsPlaces?: boolean
  /** From 0 to 1, for what is lost on the way. */
  random?(): number
  onNews?(news: BoardNews): void
}

export type BoardNews = ({ what: 'event' } & EventRecord) | { what: 'asked'; op: string }
export type Swiped = 'opened' | 'refused' | 'asked'
type Listener = { address: string; port: number }

export type UhppoteBoard = DoorHandles & {
  readonly port: number
  /** Every operation that it was asked for, in order; what this program has no name for is its number. */
  readonly seen: string[]
  readonly cards: ReadonlyMap<number, CardRecord>
  readonly profiles: ReadonlyMap<number, Profile>
  readonly events: readonly EventRecord[]
  /** Shares of what comes in and goes out that are lost. */
  lose(comingIn: number, goingOut: number): void
  swipe(number: number, door: number): Swiped
  /** As another program has put them in. */
  hold(...records: readonly CardRecord[]): void
  holdProfiles(...profiles: readonly Profile[]): void
  drop(...numbers: readonly number[]): void
  listenTo(listener: Listener): void
  listener(): Listener
  /** How a door is set up. */
  control(door: number): { mode: (typeof MODES)[number]; delay: number } | null
  asksHost(): boolean
  recordsSpecial(): boolean
  clock(): string
  setClock(wall: string): void
  /** The power was gone; `forgetful`: it comes back as one that nobody has set up. */
  restart(how?: { forgetful: boolean }): void
  /** Everything is deleted, events too. */
  wipe(): void
  /** How often an exit button was pressed in vain. */
  exitRefusals(): number
  close(): Promise<void>
}

export async function startUhppoteBoard(options: BoardOptions): Promise<UhppoteBoard> {
  const { serial, host = '127.0.0.1', version = '0892', now, random = Math.random } = options
  const socket = createSocket('udp4')
  const memory = createMemory(options)
  const seen: string[] = []
  let refusals = 0
  let listener = { address: '0.0.0.0', port: 0, interval: 0 }
  let recordsSpecial = false
  let pcControl = false
  let heardAt = Number.NEGATIVE_INFINITY
  let loss = { in: 0, out: 0 }
  let set = { wall: options.clock ?? '2021-01-01T00:00:00', at: now() }

  const clock = () => new Date(Date.parse(`${set.wall}Z`) + now() - set.at).toISOString().slice(0, 19)
  const asksHost = () => pcControl && now() - heardAt < HOST_SILENT
  const doors = createDoors(now, log)

  function log(reason: number, door: number, number = 0): void {
    if (reason >= 31 && reason <= 34) refusals += 1
    if (SPECIAL.includes(reason) && !recordsSpecial) return
    const granted = reason === REASON.granted || reason === REASON.remoteOpen
    const event = memory.addEvent({ type: typeOf(reason), granted, door, direction: 1, number, at: clock(), reason })
    options.onNews?.({ what: 'event', ...event })
    if (listener.port !== 0) send(encodePush(serial, status(), version), listener.port, listener.address)
  }

  function status(): Status {
    const event = memory.events.at(-1) ?? NO_EVENT
    return { ...event, ...doors.inputs(), fault: 0, clock: clock(), sequence: 0, special: 0, inputs: 0 }
  }

  function send(message: Buffer, port: number, address: string): void {
    if (random() >= loss.out) socket.send(message, port, address, () => {})
  }

  const reply = <O extends Op>(op: O, values: Reply<O>) => encodeReply(op, serial, values)

  /** Null: it says nothing. */
  function answer(ask: AnyAsk): Buffer | null {
    const done = (ok: boolean) => reply(ask.op as 'open-door', { ok })
    switch (ask.op) {
      case 'get-status':
        return reply(ask.op, status())
      case 'get-device': {
        const nets = { address: socket.address().address, netmask: '255.255.255.0', gateway: '0.0.0.0' }
        return reply(ask.op, { ...nets, mac: '00122334455a', version, made: '2018-11-05' })
      }
      case 'set-time':
        set = { wall: ask.values.at, at: now() }
        return reply(ask.op, ask.values)
      case 'get-time':
        return reply(ask.op, { at: clock() })
      case 'open-door': {
        const isOpened = doors.unlock(ask.values.door)
        if (isOpened) log(REASON.remoteOpen, ask.values.door)
        return done(isOpened)
      }
      case 'set-door-control':
        return setControl(ask.values.door, ask.values.mode, ask.values.delay)
      case 'get-door-control': {
        const state = doors.control(ask.values.door)
        return state && reply(ask.op, { ...state, door: ask.values.door })
      }
      case 'record-special-events':
        recordsSpecial = ask.values.on
        return done(true)
      case 'set-listener':
        listener = ask.values
        return done(true)
      case 'get-listener':
        return reply(ask.op, listener)
      case 'set-pc-control':
        pcControl = ask.values.on
        return done(true)
      default:
        return memory.answer(ask, serial)
    }
  }

  function setControl(door: number, mode: (typeof MODES)[number], delay: number): Buffer | null {
    if (doors.control(door) === null) return null
    doors.setControl(door, mode, delay)
    return reply('set-door-control', { door, mode, delay })
  }

  /** What other programs may ask for. */
  function answerOther(message: Buffer): Buffer | null {
    const [code = 0, first = 0, second = 0, third = 0] = [1, 8, 9, 10].map((at) => message[at])
    if (code === SET_CONTROL) {
      const mode = MODES[second - 1]
      return mode === undefined ? null : setControl(first, mode, third)
    }
    const isSure = message.readUInt32LE(8) === 0x55aa_aa55
    if (code !== SET_INTERLOCK && !(code === DELETE_CARDS && isSure)) return null
    if (code === DELETE_CARDS) memory.deleteCards()
    const said = reply('open-door', { ok: code === DELETE_CARDS || doors.setInterlock(first) })
    said.writeUInt8(code, 1)
    return said
  }

  socket.on('message', (message, { address, port }) => {
    if (random() < loss.in || message.length !== LENGTH || message[0] !== 0x17 || message.readUInt16LE(2) !== 0) return
    const to = message.readUInt32LE(4)
    const ask = parseAsk(message)
    if (to !== serial && !(to === 0 && ask?.op === 'get-device')) return
    const said = ask === null ? answerOther(message) : answer(ask)
    if (said === null) return
    heardAt = now()
    const op = ask?.op ?? `0x${message[1]?.toString(16)}`
    seen.push(op)
    options.onNews?.({ what: 'asked', op })
    send(said, port, address)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(options.port ?? 0, host, resolve)
  })
  // A host that has gone is told as an error of what is sent next.
  socket.on('error', () => {})

  const { isUnlocked, pressExit, openDoor, force, closeDoor, leaveOpen, fire, control } = doors
  const { cards, profiles, events } = memory
  return {
    ...{ isUnlocked, pressExit, openDoor, force, closeDoor, leaveOpen, fire, control, cards, profiles, events },
    port: socket.address().port,
    seen,
    lose(comingIn, goingOut) {
      loss = { in: comingIn, out: goingOut }
    },
    swipe(number, door) {
      let reason: number = asksHost()
        ? REASON.pcControl
        : reasonByCards(cards, profiles, { number, door, clock: clock() })
      if (reason === REASON.granted && !doors.unlock(door)) reason = REASON.normallyClosed
      log(reason, door, number)
      return reason === REASON.granted ? 'opened' : reason === REASON.pcControl ? 'asked' : 'refused'
    },
    hold: (...records) => void records.map(memory.putCard),
    holdProfiles: (...some) => void some.map(memory.putProfile),
    drop: (...numbers) => void numbers.map(memory.deleteCard),
    listenTo(other) {
      listener = { ...other, interval: 0 }
    },
    listener: () => ({ address: listener.address, port: listener.port }),
    asksHost,
    recordsSpecial: () => recordsSpecial,
    clock,
    setClock(wall) {
      set = { wall, at: now() }
    },
    restart({ forgetful } = { forgetful: false }) {
      doors.powerOff()
      if (forgetful) {
        pcControl = false
        recordsSpecial = false
        listener = { address: '0.0.0.0', port: 0, interval: 0 }
      }
      log(REASON.powerOn, 1)
    },
    wipe: () => memory.wipe(),
    exitRefusals: () => refusals,
    close: () => new Promise((resolve) => void socket.close(() => resolve())),
  }
}
