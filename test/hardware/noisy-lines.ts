// A line that hums: frames of every kind of reader, some of them hurt, with noise between and in them, in pieces of any
// size. What must be read is told by a second reading of the whole line that shares nothing with the parsers.
import fc from 'fast-check'
import type { FrameParser } from '../../hardware/driver.ts'
import { READER_PROFILES } from '../../hardware/registry.ts'
import { readCardInForm } from '../../src/main/domain/card-identity.ts'

type Speaker = {
  /** Bytes of a card and what the reader sends for it. */
  size: number
  frame(card: number[]): number[]
  /** Cards in one burst, which had silence before and after it. */
  naive(burst: string): string[]
  /** Every frame stands alone. */
  alone?: boolean
}

const chars = (text: string) => Array.from(text, (char) => char.charCodeAt(0))
const hex = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('')
const xorOf = (digits: string) => Buffer.from(digits, 'hex').reduce((sum, byte) => sum ^ byte, 0)
const em = (card: number[]) => hex(card) + hex([card.reduce((sum, byte) => sum ^ byte, 0)])
const checked = (pattern: RegExp) => (burst: string) =>
  Array.from(burst.matchAll(pattern))
    .filter(([, digits = '', sum]) => sum === undefined || xorOf(digits) === Number.parseInt(sum, 16))
    .map(([, digits = '']) => `em:${digits.toUpperCase()}`)

/** Whole lines of a burst; of one that does not end in this burst nothing is known. */
const wholeLines = (burst: string) =>
  burst
    .split(/[\r\n]/)
    .slice(0, -1)
    .filter((line) => line.length <= 80)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: marks around a line are control characters.
    .map((line) => line.replace(/^[\x00\x02\x03\x07\t \xff]+|[\x00\x02\x03\x07\t \xff]+$/g, ''))

const parity = (bits: string) => [...bits].filter((bit) => bit === '1').length % 2
const wiegand = (bits: string) => {
  const half = bits.length / 2
  return parity(bits.slice(0, half)) === 0 && parity(bits.slice(half)) === 1
    ? [`w${bits.length}:${hex((bits.slice(1, -1).match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))}`]
    : []
}
const wiegandBits = (card: number[]) => {
  const data = card.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return `${parity(data.slice(0, data.length / 2))}${data}${1 - parity(data.slice(data.length / 2))}`
}

export const SPEAKERS: Record<string, Speaker> = {
  rdm6300: {
    size: 5,
    frame: (card) => [2, ...chars(em(card)), 3],
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the marks are control characters.
    naive: checked(/\x02([0-9A-Fa-f]{10})([0-9A-Fa-f]{2})\x03/g),
  },
  id12la: {
    size: 5,
    frame: (card) => [2, ...chars(em(card)), 13, 10, 3],
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the marks are control characters.
    naive: checked(/\x02([0-9A-Fa-f]{10})([0-9A-Fa-f]{2})\r\n\x03/g),
  },
  parallax: {
    size: 5,
    frame: (card) => [10, ...chars(hex(card)), 13],
    naive: checked(/\n([0-9A-Fa-f]{10})\r/g),
  },
  em18: {
    size: 5,
    alone: true,
    frame: (card) => chars(em(card)),
    naive(burst) {
      const frames = burst.slice(-480).replace(/^[^0-9A-Fa-f]+|[^0-9A-Fa-f]+$/g, '')
      return frames.length % 12 === 0
        ? checked(/^([0-9A-Fa-f]{10})([0-9A-Fa-f]{2})$/gm)(frames.replace(/.{12}/gs, '$&\n'))
        : []
    },
  },
  line: {
    size: 4,
    frame: (card) => chars(`${hex(card)}\r\n`),
    naive: (burst) =>
      wholeLines(burst).flatMap((line) => {
        const digits = /^[0-9A-Fa-f]{2}([ :-]?[0-9A-Fa-f]{2})*$/.test(line)
          ? line.replace(/[ :-]/g, '').toUpperCase()
          : ''
        if (digits.length === 10) return [`em:${digits}`]
        return digits.length === 8 || digits.length === 14 ? [`iso14a:${digits}`] : []
      }),
  },
  'wiegand-text': {
    size: 3,
    frame: (card) => chars(`26:${wiegandBits(card)}\r\n`),
    naive: (burst) =>
      wholeLines(burst).flatMap((line) => {
        const [, bits, pair, digits] =
          /^(?:26:([01]{26})|(\d{1,5}\s*,\s*\d{1,5})|([0-3][0-9A-Fa-f]{6}|[0-3][0-9A-Fa-f]{8}))$/.exec(line) ?? []
        if (bits !== undefined) return wiegand(bits)
        if (digits !== undefined && /[^01]/.test(digits))
          return wiegand(
            Number.parseInt(digits, 16)
              .toString(2)
              .padStart(digits.length * 4 - 2, '0'),
          )
        const [facility = 256, number = 0] = pair?.split(',').map(Number) ?? []
        return facility < 256 && number < 65_536 && pair !== undefined && /^\d{1,3}\D/.test(pair)
          ? [`w26:${hex([facility, number >> 8, number & 255])}`]
          : []
      }),
  },
  twn3: {
    size: 3,
    frame: (card) =>
      chars(`1A${hex((wiegandBits(card).padEnd(32, '0').match(/.{8}/g) ?? []).map((b) => Number.parseInt(b, 2)))}\r`),
    naive: (burst) =>
      wholeLines(burst).flatMap((line) => {
        if (!/^1A[0-9A-Fa-f]{8}$/i.test(line)) return []
        return wiegand(Number.parseInt(line.slice(2), 16).toString(2).padStart(32, '0').slice(0, 26))
      }),
  },
  pn532: {
    size: 4,
    frame(card) {
      const body = [0xd5, 0x4b, 1, 1, 0, 4, 8, 4, ...card]
      return [0, 0, 255, body.length, 256 - body.length, ...body, -body.reduce((a, b) => a + b) & 255, 0]
    },
    naive(burst) {
      const bytes = Array.from(burst, (char) => char.charCodeAt(0))
      const cards: string[] = []
      for (let at = 0; at + 1 < bytes.length; at += 1) {
        if (bytes[at] !== 0 || bytes[at + 1] !== 255) continue
        const [len = 0, lcs = 0] = bytes.slice(at + 2)
        const body = bytes.slice(at + 4, at + 5 + len)
        const short = at + 3 < bytes.length && ((len === 0 && lcs === 255) || (len === 255 && lcs === 0))
        const right =
          len > 0 && (len + lcs) % 256 === 0 && body.length === len + 1 && body.reduce((a, b) => a + b) % 256 === 0
        const known = right && (body[0] === 0xd5 || body[0] === 0xd4 || (len === 1 && body[0] === 0x7f))
        if (known && body[0] === 0xd5 && body[1] === 0x4b && body[2] === 1) {
          const uid = body.slice(8, 8 + (body[7] ?? 0)).slice(0, len - 8)
          if (uid.length === body[7] && (uid.length === 4 || uid.length === 7)) cards.push(`iso14a:${hex(uid)}`)
        }
        at += short ? 3 : known ? 4 + len : 1
      }
      return cards
    },
  },
}

type Event = {
  card: number[]
  hurt: number
  spot: number
  junk: number[]
  noise: number[]
  pause: boolean
  cut: number
}

function bytesOf({ frame }: Speaker, { card, hurt, spot, junk, noise }: Event): number[] {
  const bytes = frame(card)
  const at = spot % bytes.length
  switch (hurt) {
    case 0: // one bit falls over
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (spot % 8))
      break
    case 1: // some are lost
      bytes.splice(at, 1 + (spot % 3))
      break
    case 2: // noise inside
      bytes.splice(at, 0, ...junk)
      break
    case 3: // cut
      bytes.splice(at)
      break
    case 4: // a character becomes another digit
      bytes[at] = '0123456789ABCDEFabcdef'.charCodeAt(spot % 22)
      break
    case 5: // the same once more
      bytes.push(...frame(card))
      break
  }
  return [...noise, ...bytes]
}

export type Heard = { frames: number; unhurt: number; reads: number; rejected: number }

/** Throws at the first line that is read in another way than by the second reading, with the shortest such line. */
export function hearNoise(name: string, frames: number, seed: number): Heard {
  const speaker = SPEAKERS[name] as Speaker
  const profile = READER_PROFILES.get(name)
  const total: Heard = { frames: 0, unhurt: 0, reads: 0, rejected: 0 }
  const byte = fc.nat(255)
  const event = fc.record({
    card: fc.array(byte, { minLength: speaker.size, maxLength: speaker.size }),
    hurt: fc.nat(14),
    spot: fc.nat(999),
    // Marks and digits are likelier in noise than anywhere else: they are what may mislead.
    junk: fc.array(fc.oneof(byte, fc.constantFrom(0, 2, 3, 10, 13, 48, 255)), { minLength: 1, maxLength: 3 }),
    noise: fc.oneof(
      { weight: 2, arbitrary: fc.constant<number[]>([]) },
      { weight: 1, arbitrary: fc.array(byte, { maxLength: 20 }) },
    ),
    pause: fc.nat(9).map((n) => n < (speaker.alone ? 8 : 1)),
    cut: fc.integer({ min: 1, max: 40 }),
  })
  fc.assert(
    fc.property(fc.array(event, { minLength: 50, maxLength: 50 }), (events) => {
      const parser = profile?.parser?.(profile.defaults, readCardInForm) as FrameParser
      const reads: string[] = []
      const take = (result: ReturnType<FrameParser['feed']>) => {
        reads.push(...result.reads.map(({ card }) => card))
        total.rejected += result.rejected.length
      }
      const bursts: number[][] = [[]]
      let now = 0
      for (const one of events) {
        if (one.pause) {
          now += 1_000
          bursts.push([])
        }
        const bytes = bytesOf(speaker, one)
        bursts.at(-1)?.push(...bytes)
        for (let at = 0; at < bytes.length; at += one.cut) {
          now += 1
          take(parser.feed(Uint8Array.from(bytes.slice(at, at + one.cut)), now))
        }
      }
      take(parser.silence(now + 1_000))
      const right = bursts.flatMap((burst) => speaker.naive(burst.map((code) => String.fromCharCode(code)).join('')))
      if (reads.join() !== right.join()) throw new Error(`Read ${reads.join()} where ${right.join()} was sent`)
      total.frames += events.length
      total.unhurt += events.filter(({ hurt }) => hurt > 5).length
      total.reads += reads.length
    }),
    { seed, numRuns: Math.ceil(frames / 50) },
  )
  return total
}
