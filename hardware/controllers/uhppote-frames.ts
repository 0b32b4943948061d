// The 64-byte messages of UHPPOTE boards (UT0311-L0x), both ways: 17, an operation, two zeros, the board's serial number,
// then what the operation needs, then zeros. A reply has the operation of its question. Pure.
import {
  clock,
  clockSpans,
  controlled,
  date,
  digits,
  type Field,
  flag,
  flags,
  guarded,
  hex,
  ip,
  magic,
  mode,
  moment,
  u8,
  u8s,
  u16,
  u24,
  u32,
} from './uhppote-fields.ts'

export const LENGTH = 64
const START = 0x17
/** How firmware 6.62 begins what it tells by itself. */
const OLD_START = 0x19

/** `doors` one for each: 0 no right, 1 always, 2 to 254 the time profile by which it opens. */
const CARD = { number: u32(8), from: date(12), to: date(16), doors: u8s(20, 4), pin: u24(24) }
/** `days` from Monday on; `linked` is another profile that counts as well, or 0. */
const PROFILE = { id: u8(8), from: date(9), to: date(13), days: flags(17, 7), spans: clockSpans(24), linked: u8(36) }
const EVENT = {
  index: u32(8),
  type: u8(12),
  granted: flag(13),
  door: u8(14),
  direction: u8(15),
  number: u32(16),
  at: moment(20),
  reason: u8(27),
}
const OK = { ok: flag(8) }
const LISTENER = { address: ip(8), port: u16(12), interval: u8(14) }

export const OPS = {
  'get-status': {
    code: 0x20,
    ask: {},
    reply: {
      ...EVENT,
      open: flags(28, 4),
      buttons: flags(32, 4),
      fault: u8(36),
      clock: clock(37, 51),
      sequence: u32(40),
      special: u8(48),
      relays: u8(49),
      inputs: u8(50),
    },
  },
  'set-time': { code: 0x30, ask: { at: moment(8) }, reply: { at: moment(8) } },
  'get-time': { code: 0x32, ask: {}, reply: { at: moment(8) } },
  'open-door': { code: 0x40, ask: { door: u8(8) }, reply: OK },
  'put-card': { code: 0x50, ask: CARD, reply: OK },
  'delete-card': { code: 0x52, ask: { number: u32(8) }, reply: OK },
  'count-cards': { code: 0x58, ask: {}, reply: { count: u32(8) } },
  'get-card': { code: 0x5a, ask: { number: u32(8) }, reply: CARD },
  'get-card-by-index': { code: 0x5c, ask: { index: u32(8) }, reply: CARD },
  'set-door-control': {
    code: 0x80,
    ask: { door: u8(8), mode: controlled(9), delay: u8(10) },
    reply: { door: u8(8), mode: mode(9), delay: u8(10) },
  },
  'get-door-control': { code: 0x82, ask: { door: u8(8) }, reply: { door: u8(8), mode: mode(9), delay: u8(10) } },
  'set-profile': { code: 0x88, ask: PROFILE, reply: OK },
  'clear-profiles': { code: 0x8a, ask: { sure: magic(8) }, reply: OK },
  'record-special-events': { code: 0x8e, ask: { on: flag(8) }, reply: OK },
  'set-listener': { code: 0x90, ask: LISTENER, reply: OK },
  'get-listener': { code: 0x92, ask: {}, reply: LISTENER },
  'get-device': {
    code: 0x94,
    ask: {},
    reply: {
      address: ip(8),
      netmask: ip(12),
      gateway: ip(16),
      mac: hex(20, 6),
      version: digits(26, 2),
      made: date(28),
    },
  },
  'get-profile': { code: 0x98, ask: { id: u8(8) }, reply: PROFILE },
  'set-pc-control': { code: 0xa0, ask: { on: guarded(8) }, reply: OK },
  'get-event': { code: 0xb0, ask: { index: u32(8) }, reply: EVENT },
} as const

type Fields = Record<string, { put(message: Buffer, value: never): void; take(message: Buffer): unknown }>
type Values<F> = { -readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never }
type Side = 'ask' | 'reply'
type Parsed<S extends Side> = { [O in Op]: { op: O; serial: number; values: Values<(typeof OPS)[O][S]> } }[Op]

export type Op = keyof typeof OPS
export type Ask<O extends Op> = Values<(typeof OPS)[O]['ask']>
export type Reply<O extends Op> = Values<(typeof OPS)[O]['reply']>
export type AnyAsk = Parsed<'ask'>
export type AnyReply = Parsed<'reply'>
export type CardRecord = Reply<'get-card'>
export type Profile = Reply<'get-profile'>
export type EventRecord = Reply<'get-event'>
export type Status = Reply<'get-status'>

const byCode = new Map<number, Op>(Object.entries(OPS).map(([op, { code }]) => [code, op as Op]))

export function encodeAsk<O extends Op>(op: O, serial: number, values: Ask<O>): Buffer {
  return encode(op, serial, OPS[op].ask, values)
}

export function encodeReply<O extends Op>(op: O, serial: number, values: Reply<O>): Buffer {
  return encode(op, serial, OPS[op].reply, values)
}

/** What a board tells by itself: its status, with what has just happened. */
export function encodePush(serial: number, status: Status, version: string): Buffer {
  const message = encodeReply('get-status', serial, status)
  if (version === '0662') message.writeUInt8(OLD_START, 0)
  return message
}

export function parseAsk(message: Buffer): AnyAsk | null {
  return message[0] === START ? (parse(message, 'ask') as AnyAsk | null) : null
}

export function parseReply(message: Buffer): AnyReply | null {
  const begins = message[0] === START || (message[0] === OLD_START && message[1] === OPS['get-status'].code)
  return begins ? (parse(message, 'reply') as AnyReply | null) : null
}

function encode(op: Op, serial: number, fields: Fields, values: Record<string, unknown>): Buffer {
  const message = Buffer.alloc(LENGTH)
  message.writeUInt8(START, 0)
  message.writeUInt8(OPS[op].code, 1)
  message.writeUInt32LE(serial, 4)
  for (const [name, field] of Object.entries(fields)) field.put(message, values[name] as never)
  return message
}

function parse(message: Buffer, side: Side): { op: Op; serial: number; values: Record<string, unknown> } | null {
  const op = byCode.get(message[1] ?? 0)
  if (message.length !== LENGTH || op === undefined || message.readUInt16LE(2) !== 0) return null
  const values: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(OPS[op][side] as Fields)) {
    const value = field.take(message)
    if (value === null) return null
    values[name] = value
  }
  return { op, serial: message.readUInt32LE(4), values }
}
