// Datagrams as no UHPPOTE board sends them: noise, right ones with something wrong, and wrong ones with something right.
import {
  encodeAsk,
  encodePush,
  encodeReply,
  OPS,
  type Op,
  parseAsk,
  parseReply,
} from '../../hardware/controllers/uhppote-frames.ts'
import type { Random } from './random.ts'

const SERIAL = 405419896
const CODES = Object.values(OPS).map(({ code }) => code)

/** Parses so many; answers how many of them were taken for a message. */
export function parseStrange(random: Random, count: number): number {
  let taken = 0
  for (let n = 0; n < count; n += 1) {
    const datagram = strange(random)
    const asked = parseAsk(datagram)
    const replied = parseReply(datagram)
    if (asked !== null || replied !== null) taken += 1
    // What was understood can be said again, and means the same.
    for (const again of [asked && encodeAsk(asked.op, asked.serial, asked.values as never)])
      if (again !== null && JSON.stringify(parseAsk(again)) !== JSON.stringify(asked))
        throw new Error(datagram.toString('hex'))
    for (const again of [replied && encodeReply(replied.op, replied.serial, replied.values as never)])
      if (again !== null && JSON.stringify(parseReply(again)) !== JSON.stringify(replied))
        throw new Error(datagram.toString('hex'))
  }
  return taken
}

export function strange(random: Random): Buffer {
  const { below, pick, bytes } = random
  switch (below(4)) {
    case 0:
      return bytes(below(130))
    case 1: {
      // Noise behind a head that fits.
      const noise = bytes(64)
      noise.set([pick([0x17, 0x17, 0x19, below(256)]), pick(CODES), 0, 0])
      return noise
    }
    case 2: {
      // Decimal digits everywhere, as dates and times want them.
      const numbers = Buffer.from(bytes(64).map((byte) => (byte % 10) * 16 + (Math.floor(byte / 16) % 10)))
      numbers.set([0x17, pick(CODES), 0, 0])
      return numbers
    }
    default: {
      const right = pick([status, ...SAMPLES])()
      const bent = Buffer.from(right)
      for (let n = below(4); n >= 0; n -= 1) bent.writeUInt8(below(256), below(64))
      return pick([bent, bent, bent.subarray(0, below(64)), Buffer.concat([bent, bytes(1 + below(9))])])
    }
  }
}

const wall = '2026-11-20T13:40:00'
const event = { index: 7, type: 1, granted: false, door: 1, direction: 1, number: 12314706, at: wall, reason: 5 }
const flags = [false, false, false, false]
const status = () =>
  encodePush(
    SERIAL,
    {
      ...event,
      open: flags,
      buttons: flags,
      fault: 0,
      clock: wall,
      sequence: 0,
      special: 0,
      relays: 0,
      inputs: 0,
    },
    '0662',
  )
const record = { number: 12314706, from: '2026-01-01', to: '2027-12-31', doors: [1, 0, 0, 29], pin: 0 }
const SAMPLES = [
  () => encodeReply('get-event', SERIAL, event),
  () => encodeReply('get-card', SERIAL, record),
  () => encodeAsk('put-card', SERIAL, record),
  () => encodeAsk('set-pc-control', SERIAL, { on: true }),
  () => encodeReply('get-listener', SERIAL, { address: '192.168.1.20', port: 60_001, interval: 0 }),
  () => encodeReply('set-door-control' satisfies Op, SERIAL, { door: 1, mode: 'controlled', delay: 5 }),
]
