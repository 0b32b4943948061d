import { describe, expect, test } from 'vitest'
import { createDebounce } from '../../hardware/frames/debounce.ts'
import { createRdm6300Parser, rdm6300Frame } from '../../hardware/frames/rdm6300.ts'
import vectors from '../fixtures/card-vectors.json' with { type: 'json' }

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

describe('recorded streams', () => {
  const streams = vectors.streams.filter((stream) => stream.reader === 'rdm6300')

  test('there are some to try', () => expect(streams.length).toBeGreaterThanOrEqual(9))

  test.each(streams)('$name', ({ chunks, reads, rejected }) => {
    const parser = createRdm6300Parser()
    const isNew = createDebounce()
    const results = chunks.map((chunk) => parser.feed(bytesOf(chunk.hex), chunk.at_ms))
    results.push(parser.silence((chunks.at(-1)?.at_ms ?? 0) + 200))
    const presented = results.flatMap((result) => result.reads).filter(isNew)
    expect(presented.map((read) => read.card)).toEqual(reads)
    expect(results.flatMap((result) => result.rejected)).toHaveLength(rejected)
  })

  test.each(vectors.em4100)('the frame of $canonical, whole and byte by byte', ({ canonical, rdm6300_hex }) => {
    expect(Buffer.from(rdm6300Frame(`em:${canonical}`)).toString('hex')).toBe(rdm6300_hex)
    const parser = createRdm6300Parser()
    const reads = Array.from(bytesOf(rdm6300_hex), (byte, index) => parser.feed(Uint8Array.of(byte), index * 50).reads)
    expect(reads.flat()).toEqual([{ card: `em:${canonical}`, at: 13 * 50 }])
  })
})

describe('what is refused and why', () => {
  test.each([
    ['a wrong checksum', '0236463030374233393732354503', 'The checksum is wrong.'],
    ['a character that is not hex', '0236463047374233393732354603', 'A character is not a hex digit.'],
    ['no end mark', '0236463030374233393732354646', 'The end mark is missing.'],
    ['an early end mark', '02364630303703', 'The frame is too short.'],
    ['a part and then silence', '0236463030', 'The frame stopped half way.'],
    ['an empty frame', '0203', 'The frame is too short.'],
  ])('%s', (_name, hex, why) => {
    const parser = createRdm6300Parser()
    const { reads, rejected } = parser.feed(bytesOf(hex), 1_000)
    const late = parser.silence(1_100)
    expect(reads).toEqual([])
    expect([...rejected, ...late.rejected]).toEqual([
      { bytes: hex.toUpperCase(), why, at: rejected.length ? 1_000 : 1_100 },
    ])
    expect(parser.silence(1_300)).toEqual({ reads: [], rejected: [] })
  })

  test('a part that is followed by a late byte is dropped even when nobody told of the silence', () => {
    const parser = createRdm6300Parser()
    parser.feed(bytesOf('02364630303742333937'), 0)
    const { reads, rejected } = parser.feed(bytesOf('32354603'), 101)
    expect(reads).toEqual([])
    expect(rejected.map((reject) => reject.why)).toEqual(['The frame stopped half way.'])
  })
})

test('of 20,000 frames on a noisy line exactly those with a right checksum are read, in order', () => {
  const random = seeded(0x1a7c)
  const below = (limit: number) => Math.floor(random() * limit)
  const line: number[] = []
  let clean = 0
  for (let n = 0; n < 20_000; n++) {
    const card = Array.from({ length: 5 }, () => below(256).toString(16).padStart(2, '0').toUpperCase()).join('')
    const frame = Array.from(rdm6300Frame(card))
    if (below(4) === 0) for (const [at, byte] of frame.entries()) frame[at] = byte > 0x40 ? byte + 0x20 : byte
    const spot = below(frame.length)
    switch (below(8)) {
      case 0: // one bit falls over
        frame[spot] = (frame[spot] ?? 0) ^ (1 << below(8))
        break
      case 1:
        frame.splice(spot, 1 + below(3))
        break
      case 2: // noise inside, STX and ETX among it
        frame.splice(spot, 0, ...Array.from({ length: 1 + below(3) }, () => below(256)))
        break
      case 3:
        frame.splice(spot)
        break
      case 4: // one hex digit becomes another
        frame[1 + below(12)] = '0123456789ABCDEF'.charCodeAt(below(16))
        break
      default:
        clean++
    }
    line.push(...frame)
    if (below(3) === 0) line.push(...Array.from({ length: below(20) }, () => below(256)))
  }

  // The same rule said another way: over the whole line at once, by a pattern and the checksum.
  const marks = new Map([
    [0x02, '<'],
    [0x03, '>'],
  ])
  const text = line.map((byte) => marks.get(byte) ?? String.fromCharCode(byte).replace(/[<>]/, '.')).join('')
  const right = Array.from(text.matchAll(/<([0-9A-Fa-f]{10})([0-9A-Fa-f]{2})>/g))
    .filter(
      ([, digits = '', sum = '']) => Buffer.from(digits, 'hex').reduce((a, b) => a ^ b) === Number.parseInt(sum, 16),
    )
    .map(([, digits = '']) => `em:${digits.toUpperCase()}`)

  const parser = createRdm6300Parser()
  const reads: string[] = []
  let rejected = 0
  for (let at = 0; at < line.length; ) {
    const chunk = line.slice(at, at + 1 + below(40))
    at += chunk.length
    const result = parser.feed(Uint8Array.from(chunk), at)
    reads.push(...result.reads.map((read) => read.card))
    rejected += result.rejected.length
  }
  rejected += parser.silence(line.length + 100).rejected.length

  expect(clean).toBeGreaterThan(5_000)
  expect(reads.length).toBeGreaterThanOrEqual(clean)
  expect(reads).toEqual(right)
  // Every STX begins a frame, and every frame is either read or refused, once.
  expect(reads.length + rejected).toBe(line.filter((byte) => byte === 0x02).length)
})

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
