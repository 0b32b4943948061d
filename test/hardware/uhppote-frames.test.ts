// The messages of UHPPOTE boards: as recorded, as npm's uhppoted writes and reads them, both ways, and bent.
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  encodeAsk,
  encodePush,
  encodeReply,
  OPS,
  type Op,
  parseAsk,
  parseReply,
} from '../../hardware/controllers/uhppote-frames.ts'
import golden from '../fixtures/uhppote-frames.json' with { type: 'json' }
import { randomFrom } from '../fuzz/random.ts'
import { parseStrange } from '../fuzz/uhppote-datagrams.ts'
import { byte, cardRecord, messages, moment, profile, status, u32 } from './uhppote-messages.ts'

const { serial } = golden
const require = createRequire(import.meta.url)
/** Another implementation of the same messages. */
const others = {
  encoder: require('uhppoted/src/encoder.js') as Record<string, (serial: number, values?: object) => Buffer>,
  decoder: require('uhppoted/src/decoder.js') as Record<string, (message: DataView) => Record<string, unknown>>,
}
const CARD = { number: 8075634, from: '2026-01-01', to: '2027-12-31', doors: [1, 0, 0, 0], pin: 0 }

describe('as recorded', () => {
  test.each<[string, Buffer]>([
    ['get-device request, serial 405419896', encodeAsk('get-device', serial, {})],
    [
      'set-listener 127.0.0.1:60001',
      encodeAsk('set-listener', serial, { address: '127.0.0.1', port: 60_001, interval: 0 }),
    ],
    ['set-time 2026-11-20 13:40:00', encodeAsk('set-time', serial, { at: '2026-11-20T13:40:00' })],
    ['open-door 1', encodeAsk('open-door', serial, { door: 1 })],
    ['put-card 8075634, 2026-01-01 to 2027-12-31, door 1', encodeAsk('put-card', serial, CARD)],
    ['set-pc-control on', encodeAsk('set-pc-control', serial, { on: true })],
  ])('%s is what we write', (name, message) => {
    expect(message.toString('hex')).toBe(golden.frames.find((frame) => frame.name === name)?.hex)
  })

  const parsed = (name: string) => {
    const hex = golden.frames.find((frame) => frame.name.startsWith(name))?.hex ?? ''
    return parseReply(Buffer.from(hex, 'hex'))
  }

  test('what a board says of itself is read', () => {
    expect(parsed('get-device reply')).toEqual({
      op: 'get-device',
      serial,
      values: {
        address: '0.0.0.0',
        netmask: '255.255.255.0',
        gateway: '0.0.0.0',
        mac: '52fdfc072182',
        version: '0892',
        made: '2020-01-01',
      },
    })
  })

  test.each([
    ['event 6', { index: 6, type: 2, granted: true, reason: 1 }],
    ['event 2', { index: 2, type: 1, granted: false, reason: 18 }],
  ])('%s is read, also as firmware 6.62 begins it', (name, values) => {
    const clock = '2026-11-20T13:40:00'
    const expected = { ...values, door: 1, direction: 1, number: 8075634, at: clock, clock, inputs: 0 }
    expect(parsed(name)).toMatchObject({ op: 'get-status', serial, values: expected })
    const hex = golden.frames.find((frame) => frame.name.startsWith(name))?.hex ?? ''
    expect(parseReply(Buffer.from(hex.replace(/^17/, '19'), 'hex'))?.values).toMatchObject(expected)
    expect(parseReply(Buffer.from(hex.replace(/^1720/, '19b0'), 'hex'))).toBeNull()
  })
})

describe('both ways', () => {
  test.each(Object.keys(OPS) as Op[])('%s is read as it was written', (op) => {
    const [ask, reply] = messages[op]
    fc.assert(
      fc.property(u32, ask, reply, (to, asked, replied) => {
        const [question, answer] = [encodeAsk(op, to, asked as never), encodeReply(op, to, replied as never)]
        expect(parseAsk(question)).toEqual({ op, serial: to, values: asked })
        expect(parseReply(answer)).toEqual({ op, serial: to, values: replied })
      }),
    )
  })

  test('so is what a board tells by itself, of either firmware', () => {
    fc.assert(
      fc.property(u32, status, fc.constantFrom('0892', '0662'), (from, values, version) => {
        const message = encodePush(from, values, version)
        expect(message[0]).toBe(version === '0662' ? 0x19 : 0x17)
        expect(parseReply(message)).toEqual({ op: 'get-status', serial: from, values })
      }),
    )
  })
})

describe('beside npm’s uhppoted', () => {
  const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
  const right = (value: number) => (value < 2 ? value === 1 : value)
  const same = (ours: Buffer, theirs: Buffer | undefined) => expect(ours.toString('hex')).toBe(theirs?.toString('hex'))

  test('cards, profiles and the rest are written alike', () => {
    const { encoder } = others
    fc.assert(
      fc.property(cardRecord, profile, moment, byte, (one, hours, when, n) => {
        const dated = { ...one, from: one.from || '2026-01-01', to: one.to || '2027-12-31', pin: 0 }
        const doors = dated.doors.map((value) => Math.min(value, 254))
        const theirs = Object.fromEntries(doors.map((value, nth) => [String(nth + 1), right(value)]))
        same(
          encodeAsk('put-card', serial, { ...dated, doors }),
          encoder.PutCard?.(serial, { card: one.number, from: dated.from, to: dated.to, doors: theirs }),
        )
        const limited = {
          ...hours,
          id: 2 + (hours.id % 253),
          linked: hours.linked === 1 || hours.linked === 255 ? 0 : hours.linked,
          from: hours.from || '2026-01-01',
          to: hours.to || '2026-12-31',
        }
        const { id, from, to, spans, linked } = limited
        same(
          encodeAsk('set-profile', serial, limited),
          encoder.SetTimeProfile?.(serial, {
            profile: {
              id,
              valid: { from, to },
              weekdays: days.filter((_, nth) => hours.days[nth]),
              segments: spans.map(([start, end]) => ({ start, end })),
              linkedTo: linked,
            },
          }),
        )
        same(
          encodeAsk('set-time', serial, { at: when }),
          encoder.SetTime?.(serial, { datetime: when.replace('T', ' ') }),
        )
        same(
          encodeAsk('set-door-control', serial, { door: n, mode: 'controlled', delay: n }),
          encoder.SetDoorControl?.(serial, { door: n, delay: n, control: 3 }),
        )
        same(encodeAsk('get-card-by-index', serial, { index: n }), encoder.GetCardByIndex?.(serial, { index: n }))
        same(encodeAsk('get-event', serial, { index: n }), encoder.GetEvent?.(serial, { index: n }))
        same(
          encodeAsk('record-special-events', serial, { on: true }),
          encoder.RecordSpecialEvents?.(serial, { enable: true }),
        )
      }),
    )
  })

  test('a status is read alike', () => {
    fc.assert(
      fc.property(status, (values) => {
        const message = encodeReply('get-status', serial, values)
        const theirs = others.decoder.GetStatus?.(new DataView(Uint8Array.from(message).buffer))
        const clock = values.clock.split('T')
        expect(theirs).toMatchObject({
          deviceId: serial,
          state: {
            event: { index: values.index, granted: values.granted, door: values.door, card: values.number },
            doors: Object.fromEntries(values.open.map((open, n) => [n + 1, open])),
            ...(values.clock === '' ? {} : { system: { date: clock[0], time: clock[1] } }),
            relays: { state: values.relays },
          },
        })
      }),
    )
  })
})

describe('what cannot be said', () => {
  test('no mode of a door but one is ours to order', () => {
    const order = { door: 1, delay: 5 }
    // @ts-expect-error A door that is normally closed has a dead exit button.
    const closed = encodeAsk('set-door-control', serial, { ...order, mode: 'normally-closed' })
    // @ts-expect-error What is stored on a board outlives us.
    const open = encodeAsk('set-door-control', serial, { ...order, mode: 'normally-open' })
    const values = { ...order, mode: 'controlled' }
    expect([closed, open].map((message) => parseAsk(message)?.values)).toEqual([values, values])
    expect(Object.values(OPS).map(({ code }) => code)).not.toContain(0x54)
  })

  test.each<[string, (message: Buffer) => Buffer]>([
    ['too short', (message) => message.subarray(0, 63)],
    ['too long', (message) => Buffer.concat([message, Buffer.alloc(1)])],
    ['nothing', () => Buffer.alloc(0)],
    ['of another beginning', (message) => Buffer.from(message).fill(0x18, 0, 1)],
    ['of an unknown operation', (message) => Buffer.from(message).fill(0xff, 1, 2)],
    ['not zero where it has to be', (message) => Buffer.from(message).fill(1, 3, 4)],
    ['of a date that is none', (message) => Buffer.from(message).fill(0xa0, 12, 13)],
  ])('one that is %s is none', (_, bend) => {
    const message = bend(encodeAsk('put-card', serial, CARD))
    expect([parseAsk(message), parseReply(bend(encodeReply('get-card', serial, CARD)))]).toEqual([null, null])
  })

  test('20,000 datagrams that no board sends are understood or left aside', () => {
    const taken = parseStrange(randomFrom(0x5eed), 20_000)
    expect(taken).toBeGreaterThan(1_000)
    expect(taken).toBeLessThan(20_000)
  })
})
