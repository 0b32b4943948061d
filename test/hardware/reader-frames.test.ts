// Bytes to cards, for every kind of reader: recorded streams, what is refused and why, and noise.
import { describe, expect, test } from 'vitest'
import { createDebounce } from '../../hardware/frames/debounce.ts'
import { markedFrame, RDM6300 } from '../../hardware/frames/marked.ts'
import { foundIn } from '../../hardware/guess.ts'
import { decode, READER_PROFILES } from '../../hardware/registry.ts'
import { readCardInForm } from '../../src/main/domain/card-identity.ts'
import vectors from '../fixtures/card-vectors.json' with { type: 'json' }
import { hearNoise, SPEAKERS } from './noisy-lines.ts'

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const profileOf = (name: string) => {
  const profile = READER_PROFILES.get(name)
  if (profile?.parser == null) throw new Error(`No parser ${name}`)
  return { ...profile, parser: profile.parser }
}
const parserOf = (name: string) => profileOf(name).parser(profileOf(name).defaults, readCardInForm)
const decoded = (name: string, text: string, settings = {}) =>
  decode(profileOf(name), Buffer.from(text, 'latin1'), readCardInForm, settings)

describe('recorded streams', () => {
  test('there are some of each kind', () =>
    expect(new Set(vectors.streams.map(({ reader }) => reader))).toEqual(
      new Set(['rdm6300', 'id12la', 'em18', 'parallax']),
    ))

  test.each(vectors.streams)('$reader: $name', ({ reader, chunks, reads, rejected }) => {
    const parser = parserOf(reader)
    const isNew = createDebounce()
    const results = chunks.map((chunk) => parser.feed(bytesOf(chunk.hex), chunk.at_ms))
    results.push(parser.silence((chunks.at(-1)?.at_ms ?? 0) + 200))
    const presented = results.flatMap((result) => result.reads).filter(isNew)
    expect(presented.map((read) => read.card)).toEqual(reads)
    expect(results.flatMap((result) => result.rejected)).toHaveLength(rejected)
  })

  test.each(vectors.em4100)(
    'the frames of $canonical, whole and byte by byte',
    ({ canonical, rdm6300_hex, id12la_hex }) => {
      expect(Buffer.from(markedFrame(RDM6300, `em:${canonical}`)).toString('hex')).toBe(rdm6300_hex)
      for (const [name, hex] of [
        ['rdm6300', rdm6300_hex],
        ['id12la', id12la_hex],
      ] as const) {
        const parser = parserOf(name)
        const reads = Array.from(bytesOf(hex), (byte, index) => parser.feed(Uint8Array.of(byte), index * 50).reads)
        expect(reads.flat().map(({ card }) => card)).toEqual([`em:${canonical}`])
      }
    },
  )

  test.each(vectors.pn532)('pn532: $name', ({ hex, canonical }) => {
    expect(decode(profileOf('pn532'), bytesOf(hex), readCardInForm)).toEqual({
      reads: canonical === null ? [] : [`iso14a:${canonical.replace('iso14a:', '')}`],
      rejected: [],
    })
  })

  test.each(vectors.twn3)('twn3: $name', ({ text, canonical }) =>
    expect(decoded('twn3', text)).toEqual({ reads: [canonical], rejected: [] }),
  )
})

describe('what is refused and why', () => {
  test.each([
    ['rdm6300', 'a wrong checksum', '0236463030374233393732354503', 'The checksum is wrong.'],
    ['rdm6300', 'a character that is not hex', '0236463047374233393732354603', 'A character is not a hex digit.'],
    ['rdm6300', 'no end mark', '0236463030374233393732354646', 'The end mark is missing.'],
    ['rdm6300', 'an early end mark', '02364630303703', 'The frame is too short.'],
    ['rdm6300', 'a part and then silence', '0236463030', 'The frame stopped half way.'],
    ['id12la', 'an end mark that is not whole', '02364630303742333937323546ffff03', 'The end mark is not whole.'],
    ['parallax', 'a character that is not hex', '0a30463031383446302e410d', 'A character is not a hex digit.'],
    ['em18', 'a wrong checksum', '364630303742333937323545', 'The checksum is wrong.'],
    ['em18', 'a part', '3646303037', 'The frame stopped half way.'],
    ['em18', 'more than a frame', '36463030374233393732354630', 'The frame has more than twelve characters.'],
    ['line', 'a digit of which a bit fell over', '3145b13638363731', 'The line stopped half way.'],
    [
      'wiegand-text',
      'bits without their beginning',
      '3030313130303131300d',
      'These are bits whose beginning is missing.',
    ],
    ['pn532', 'a wrong length', '00ff0cf5', 'The length breaks its checksum.'],
    ['pn532', 'a wrong checksum', '00ff03fdd54b00e1', 'The checksum is wrong.'],
    ['pn532', 'a part', '00ff03fdd5', 'The frame stopped half way.'],
  ])('%s: %s', (name, _what, hex, why) => {
    const { reads, rejected } = decode(profileOf(name), bytesOf(hex), readCardInForm) ?? { reads: [], rejected: [] }
    expect(reads).toEqual([])
    expect(rejected).toEqual([{ bytes: (name === 'wiegand-text' ? hex.slice(0, -2) : hex).toUpperCase(), why }])
  })

  test('a part that is followed by a late byte is dropped even when nobody told of the silence', () => {
    const parser = parserOf('rdm6300')
    parser.feed(bytesOf('02364630303742333937'), 0)
    const { reads, rejected } = parser.feed(bytesOf('32354603'), 101)
    expect(reads).toEqual([])
    expect(rejected.map((reject) => reject.why)).toEqual(['The frame stopped half way.'])
  })

  test('a digit of which a bit fell over is not left out', () =>
    expect(decode(profileOf('line'), bytesOf('3145b136383637310d'), readCardInForm)?.rejected).toEqual([
      { bytes: '3145B13638363731', why: 'A character of the line was not read cleanly.' },
    ]))

  test('a line without end is refused once, and the next is read', () => {
    const parser = parserOf('line')
    const { reads, rejected } = parser.feed(Buffer.from(`${'7'.repeat(500)}\r\n1EA68671\r\n`), 5)
    expect(reads.map(({ card }) => card)).toEqual(['iso14a:1EA68671'])
    expect(rejected).toHaveLength(1)
  })

  test('answers of the chip that cannot be cards', () => {
    const pn532 = (body: number[]) => {
      const sum = body.reduce((a, b) => a + b)
      const frame = [0, 255, body.length, -body.length & 255, ...body, -sum & 255]
      return decode(profileOf('pn532'), Uint8Array.from(frame), readCardInForm)
    }
    const ten = [0xd5, 0x4b, 1, 1, 0, 4, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    expect(pn532(ten)?.rejected[0]?.why).toBe('A card with a UID of 10 bytes cannot be kept.')
    expect(pn532(ten.slice(0, 12))?.rejected[0]?.why).toBe('The answer is shorter than it says.')
    const ats = [0xd5, 0x4b, 2, 1, 0, 4, 0x20, 4, 1, 2, 3, 4, 3, 9, 9, 2, 0, 4, 8, 4, 5, 6, 7, 8]
    expect(pn532(ats)?.reads).toEqual(['iso14a:01020304', 'iso14a:05060708'])
  })
})

describe('lines of text', () => {
  test.each([
    ['mfrc522', 'Firmware 2.0\r\nCard UID: 1E A6 86 71\r\nCard SAK: 08\r\n', {}, ['iso14a:1EA68671'], 0],
    ['line', '1904649758\r\n', { form: 'iso14a-lsb-dec' }, ['iso14a:1EA68671'], 0],
    ['line', '7186A61E\r\n', { turned: true }, ['iso14a:1EA68671'], 0],
    ['line', 'rfid:0008075634;', { form: '8H10D', prefix: 'rfid:', end: 'semicolon' }, ['w34:007B3972'], 0],
    ['line', '\x020476749445490\x03', { form: '10H13D', end: 'etx' }, ['em:6F007B3972'], 0],
    ['line', '6F007B3972', { end: 'silence' }, ['em:6F007B3972'], 0],
    ['line', '30166134113\r\n', { form: 'mfrc522' }, [], 1],
    ['doorboto2', '04AF68DAC85A80\r\n', {}, ['iso14a:04AF68DAC85A80'], 0],
    ['wiegand-text', '26:10000110100110011000010110\r\n', {}, ['w26:0D330B'], 0],
    ['wiegand-text', '21A6616\r\n', {}, ['w26:0D330B'], 0],
    [
      'wiegand-text',
      '08D650025\r\n'.replace('08D650025', (0b1000110101100101000000100101).toString(16).padStart(9, '0')),
      {},
      ['w34:046B2812'],
      0,
    ],
    ['wiegand-text', '13,13067\r\n', {}, ['w26:0D330B'], 0],
    ['wiegand-text', '123,14706\r\n', { form: '4H5D,4H5D' }, ['w34:007B3972'], 0],
    ['wiegand-text', '26:00111101100111001011100100\r\n', {}, [], 1],
    ['twn3', '286F007B3972\r', {}, ['em:6F007B3972'], 0],
    ['twn3', '1A8080\r', {}, [], 1],
    ['wedge', '0008075634\r', {}, ['w34:007B3972'], 0],
  ])('%s reads %j with %j', (name, text, settings, reads, rejected) => {
    const result = decoded(name, text, settings)
    expect(result?.reads).toEqual(reads)
    expect(result?.rejected).toHaveLength(rejected)
  })
})

describe('what it may be', () => {
  const guess = (text: string, only?: 'wedge') =>
    foundIn(Buffer.from(text, 'latin1'), READER_PROFILES, readCardInForm, only).map(
      ({ profile, settings, card }) => `${profile} ${JSON.stringify(settings)} ${card}`,
    )
  test.each([
    ['a frame whose checksum holds is nothing else', '\x026F007B39725F\x03', ['rdm6300 {} em:6F007B3972']],
    ['bare characters with a checksum', '6F007B39725F', ['em18 {} em:6F007B3972']],
    [
      'a sketch',
      'Card UID: 1E A6 86 71\r\n',
      ['mfrc522 {} iso14a:1EA68671', 'line {"form":"hex","turned":true,"prefix":"Card UID:"} iso14a:7186A61E'],
    ],
    ['noise', '\x00\xff\x7f', []],
  ])('%s', (_what, text, expected) => expect(guess(text)).toEqual(expected))

  test('a bare number may be many things, the form of every one is told', () => {
    expect(guess('0008075634\r', 'wedge')).toEqual([
      'wedge {"form":"hex"} em:0008075634',
      'wedge {"form":"8H10D"} w34:007B3972',
      'wedge {"form":"6H10D"} w26:7B3972',
      'wedge {"form":"iso14a-lsb-dec"} iso14a:72397B00',
      'wedge {"form":"iso14a-msb-dec"} iso14a:007B3972',
      'wedge {"form":"hex","turned":true} em:3456070800',
    ])
  })
})

// Ten thousand of each are heard by `npm run test:deep -- readers`.
test.each(Object.keys(SPEAKERS))(
  'of 500 frames of %s on a noisy line exactly those that are whole are read',
  (name) => {
    const { frames, unhurt, reads, rejected } = hearNoise(name, 500, 0x1a7c)
    expect(frames).toBe(500)
    expect(reads).toBeGreaterThan(unhurt / 3)
    expect(rejected).toBeGreaterThan(0)
  },
)
