// Any message of a UHPPOTE board, for property tests.
import fc from 'fast-check'
import type { Ask, Op, Reply } from '../../hardware/controllers/uhppote-frames.ts'

const int = (max: number, min = 0) => fc.integer({ min, max })
const two = (max: number, min = 0) => int(max, min).map((n) => String(n).padStart(2, '0'))
const date = fc.tuple(int(2099, 2000), two(12, 1), two(28, 1)).map((parts) => parts.join('-'))
const time = fc.tuple(two(23), two(59), two(59)).map((parts) => parts.join(':'))
export const moment = fc.tuple(date, time).map((parts) => parts.join('T'))
const hhmm = fc.tuple(two(23), two(59)).map((parts) => parts.join(':'))
const some = <T>(one: fc.Arbitrary<T>, count: number) => fc.array(one, { minLength: count, maxLength: count })
const ip = some(int(255), 4).map((parts) => parts.join('.'))
export const byte = int(255)
export const u32 = int(0xffff_ffff)
const maybe = (text: fc.Arbitrary<string>) => fc.oneof(text, fc.constant(''))
const doorMode = fc.constantFrom('normally-open' as const, 'normally-closed' as const, 'controlled' as const)
export const cardRecord = fc.record({
  number: u32,
  from: maybe(date),
  to: maybe(date),
  doors: some(byte, 4),
  pin: int(0xff_ffff),
})
export const profile = fc.record({
  id: byte,
  from: maybe(date),
  to: maybe(date),
  days: some(fc.boolean(), 7),
  spans: some(fc.tuple(hhmm, hhmm), 3),
  linked: byte,
})
const event = {
  index: u32,
  type: byte,
  granted: fc.boolean(),
  door: byte,
  direction: byte,
  number: u32,
  at: maybe(moment),
  reason: byte,
}
export const status = fc.record({
  ...event,
  open: some(fc.boolean(), 4),
  buttons: some(fc.boolean(), 4),
  fault: byte,
  clock: maybe(moment),
  sequence: u32,
  special: byte,
  relays: byte,
  inputs: byte,
})
const listener = fc.record({ address: ip, port: int(65_535), interval: byte })
const ok = fc.record({ ok: fc.boolean() })
const none = fc.constant({})
const door = fc.record({ door: byte })
const index = fc.record({ index: u32 })
const number = fc.record({ number: u32 })
const on = fc.record({ on: fc.boolean() })
const at = fc.record({ at: moment })
const state = fc.record({ door: byte, mode: doorMode, delay: byte })
const hexDigits = (count: number, digits: string) =>
  some(fc.constantFrom(...digits), count).map((parts) => parts.join(''))
const device = fc.record({
  address: ip,
  netmask: ip,
  gateway: ip,
  mac: hexDigits(12, '0123456789abcdef'),
  version: hexDigits(4, '0123456789'),
  made: maybe(date),
})

/** Every question and every reply that there is. */
export const messages: { [O in Op]: [ask: fc.Arbitrary<Ask<O>>, reply: fc.Arbitrary<Reply<O>>] } = {
  'get-status': [none, status],
  'set-time': [at, at],
  'get-time': [none, at],
  'open-door': [door, ok],
  'put-card': [cardRecord, ok],
  'delete-card': [number, ok],
  'count-cards': [none, fc.record({ count: u32 })],
  'get-card': [number, cardRecord],
  'get-card-by-index': [index, cardRecord],
  'set-door-control': [fc.record({ door: byte, mode: fc.constant('controlled' as const), delay: byte }), state],
  'get-door-control': [door, state],
  'set-profile': [profile, ok],
  'clear-profiles': [fc.constant({ sure: true as const }), ok],
  'record-special-events': [on, ok],
  'set-listener': [listener, ok],
  'get-listener': [none, listener],
  'get-device': [none, device],
  'get-profile': [fc.record({ id: byte }), profile],
  'set-pc-control': [on, ok],
  'get-event': [index, fc.record(event)],
}
