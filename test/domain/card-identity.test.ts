import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CARD_FORMS,
  type CardForm,
  isCanonical,
  isCardForm,
  isLossy,
  isRandomUid,
  projections,
  readCard,
  shortForm,
  writtenForms,
} from '../../src/main/domain/card-identity.ts'
import vectors from '../fixtures/card-vectors.json' with { type: 'json' }

const canonicalOf = (text: string, form?: CardForm) => {
  const reading = readCard(text, form)
  return reading.ok ? reading.canonical : null
}

/** What `readCard` without a form makes of a text: the identity, or the forms it may have. */
const bare = (text: string) => {
  const reading = readCard(text)
  return reading.ok ? reading.canonical : reading.readings.map(({ form, canonical }) => `${form} ${canonical}`)
}

describe('the published numbers', () => {
  test.each(vectors.em4100)('every form of EM4100 $canonical', (card) => {
    const em = `em:${card.canonical}`
    expect(Object.entries(writtenForms(em))).toEqual([
      ['10H13D', card.d10H13D],
      ['8H10D', card.d8H10D],
      ['6H8D', card.d6H8D],
      ['2H3D,4H5D', card.d2H3D_4H5D],
      ['4H5D,4H5D', card.d4H5D_4H5D],
      ['W26', card.w26],
      ['W34', card.w34],
      ['uhppote', String(card.uhppote)],
    ])
    expect(canonicalOf(card.d10H13D, '10H13D')).toBe(em)
    expect(canonicalOf(`0${card.d10H13D}`, '10H14D')).toBe(em)
    const [w34, w26] = projections(em)
    expect(w34).toBe(`w34:${card.canonical.slice(2)}`)
    expect(w26).toBe(`w26:${card.canonical.slice(4)}`)
    expect(canonicalOf(card.d8H10D, '8H10D')).toBe(w34)
    expect(canonicalOf(card.d4H5D_4H5D, '4H5D,4H5D')).toBe(w34)
    expect(canonicalOf(card.w34, 'W34')).toBe(w34)
    expect(canonicalOf(card.d6H8D, '6H8D')).toBe(w26)
    expect(canonicalOf(card.d6H10D, '6H10D')).toBe(w26)
    expect(canonicalOf(card.d2H3D_4H5D, '2H3D,4H5D')).toBe(w26)
    expect(canonicalOf(card.w26, 'W26')).toBe(w26)
    expect(canonicalOf(String(card.uhppote), 'uhppote')).toBe(w26)
    expect(canonicalOf(card.canonical, 'hex')).toBe(em)
    expect(shortForm(em)).toBe(card.d8H10D)
  })

  test.each(vectors.iso14443a)('every form of ISO 14443A $uid', (card) => {
    const iso = `iso14a:${card.uid}`
    expect(Object.entries(writtenForms(iso))).toEqual([
      ['hex', card.uid],
      ['iso14a-msb-dec', String(card.msb_dec)],
      ['iso14a-lsb-dec', String(card.lsb_dec)],
      ['W26', card.w26_reversed_first3],
      ['W34', card.w34_reversed],
    ])
    expect(projections(iso)).toEqual([`w34:${card.lsb_hex}`, `w26:${card.lsb_hex.slice(2)}`])
    expect(canonicalOf(card.w34_reversed)).toBe(projections(iso)[0])
    expect(canonicalOf(card.w26_reversed_first3)).toBe(projections(iso)[1])
    // A decimal carries four bytes: of a 7-byte UID only the first four, which is not the card.
    expect(canonicalOf(String(card.msb_dec), 'iso14a-msb-dec')).toBe(iso.slice(0, 15))
    expect(canonicalOf(String(card.lsb_dec), 'iso14a-lsb-dec')).toBe(iso.slice(0, 15))
    expect(canonicalOf(card.uid.toLowerCase())).toBe(iso)
  })

  test.each(vectors.wiegand)('Wiegand: $name', (card) => {
    const form = `W${card.length}` as CardForm
    expect(canonicalOf(card.bits, form)).toBe(card.canonical)
    expect(canonicalOf(card.bits)).toBe(card.canonical)
    if (card.canonical === null || card.facility === undefined) return
    const printed = `${String(card.facility).padStart(3, '0')},${String(card.number).padStart(5, '0')}`
    expect(shortForm(card.canonical)).toBe(printed)
  })

  test.each(vectors.written)('$text as $format', ({ text, format, canonical }) => {
    if (!isCardForm(format)) throw new Error(`The vectors name an unknown form: ${format}`)
    expect(canonicalOf(text, format)).toBe(canonical)
    const reading = readCard(text, format)
    if (!reading.ok) expect(reading.why).toMatch(/^[A-Z0-9].*\.$/)
  })
})

describe('without a form', () => {
  test.each([
    ['em:6f007b3972', 'em:6F007B3972'],
    ['ISO14A:04af68dac85a80', 'iso14a:04AF68DAC85A80'],
    ['  w26:7B3972 ', 'w26:7B3972'],
    ['6f 00 7b 39 72', 'em:6F007B3972'],
    ['1e-a6-86-71', 'iso14a:1EA68671'],
    ['04:AF:68:DA:C8:5A:80', 'iso14a:04AF68DAC85A80'],
    ['Card UID: 1E A6 86 71', 'iso14a:1EA68671'],
    ['123,14706', 'w26:7B3972'],
    ['00123,14706', 'w34:007B3972'],
    ['0476749445490', 'em:6F007B3972'],
    // 14 digits above 40 bits can only be the UID of a 7-byte card.
    ['04123456789012', 'iso14a:04123456789012'],
    // Bytes set apart are hex, also when all of their digits are decimal ones.
    ['12 34 56 78', 'iso14a:12345678'],
  ])('%s is one card', (text, canonical) => expect(bare(text)).toBe(canonical))

  test.each([
    [
      '12023250',
      [
        'hex iso14a:12023250',
        '6H8D w26:B775D2',
        'uhppote w26:785AD2',
        'iso14a-msb-dec iso14a:00B775D2',
        'iso14a-lsb-dec iso14a:D275B700',
      ],
    ],
    [
      '0008075634',
      [
        'hex em:0008075634',
        '8H10D w34:007B3972',
        '6H10D w26:7B3972',
        'iso14a-msb-dec iso14a:007B3972',
        'iso14a-lsb-dec iso14a:72397B00',
      ],
    ],
    ['00270628517330', ['hex iso14a:00270628517330', '10H14D em:3F02B775D2']],
    ['514229873', ['iso14a-msb-dec iso14a:1EA68671', 'iso14a-lsb-dec iso14a:7186A61E']],
    ['827885', ['uhppote w26:086CED', 'iso14a-msb-dec iso14a:000CA1ED', 'iso14a-lsb-dec iso14a:EDA10C00']],
    // Ten digits that no decimal form can hold: still not taken on trust.
    ['9999999999', ['hex em:9999999999']],
  ])('%s may be several and is refused with its readings', (text, readings) => {
    expect(bare(text)).toEqual(readings)
  })

  test.each([
    '',
    ' ',
    '30166134113',
    '1234567890123456',
    '9999999999999',
    '6F007B39',
    '6F007B397',
    'em:6F007B39',
    'w26:007B3972',
  ])('"%s" is judged by its exact length', (text) =>
    expect(bare(text)).toEqual(text === '6F007B39' ? 'iso14a:6F007B39' : []),
  )

  test.each(Array.from({ length: 40 }, (_, index) => index + 1))(
    '%i digits are taken only when one card fits',
    (length) => {
      const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })
      fc.assert(
        fc.property(digits, (text) => {
          const reading = readCard(text)
          if (reading.ok) expect([9, 13, 14, 26, 34]).toContain(length)
          else expect(new Set(reading.readings.map((one) => one.canonical)).size).toBe(reading.readings.length)
        }),
      )
    },
  )
})

test('swapped data wires are named as the cause', () => {
  const inverted = Array.from('00111101100111001011100101', (bit) => (bit === '0' ? '1' : '0')).join('')
  const reading = readCard(inverted)
  expect(reading.ok ? '' : reading.why).toContain('D0 and D1')
  const flipped = readCard('10111101100111001011100101', 'W26')
  expect(flipped.ok ? '' : flipped.why).toContain('present the card again')
})

test('a text that is no card is refused in every form with a sentence, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: 'binary' })),
      fc.constantFrom(...CARD_FORMS, undefined),
      (text, form) => {
        const reading = readCard(text, form)
        if (reading.ok) expect(isCanonical(reading.canonical)).toBe(true)
        else expect(reading.why.endsWith('.')).toBe(true)
      },
    ),
    { numRuns: 2_000 },
  )
})

const hexDigits = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((all) => Buffer.from(all).toString('hex').toUpperCase())
const anyCard = fc.oneof(
  hexDigits(5).map((digits) => `em:${digits}`),
  hexDigits(4).map((digits) => `iso14a:${digits}`),
  hexDigits(7).map((digits) => `iso14a:${digits}`),
  hexDigits(3).map((digits) => `w26:${digits}`),
  hexDigits(4).map((digits) => `w34:${digits}`),
)

test('every written form of every card reads back as that card or as a shorter view of it', () => {
  fc.assert(
    fc.property(anyCard, (canonical) => {
      expect(isCanonical(canonical)).toBe(true)
      expect(canonicalOf(canonical)).toBe(canonical)
      expect(canonicalOf(canonical.toLowerCase(), 'canonical')).toBe(canonical)
      const views = [canonical, ...projections(canonical)]
      // The decimals of a 7-byte UID hold its first four bytes.
      if (canonical.startsWith('iso14a:')) views.push(canonical.slice(0, 15))
      for (const [form, text] of Object.entries(writtenForms(canonical))) {
        expect(isCardForm(form)).toBe(true)
        expect(views).toContain(canonicalOf(text, form as CardForm))
      }
    }),
    { numRuns: 2_000 },
  )
})

test('projections are lossy, shorter each time, and a projection of a projection is one of them', () => {
  fc.assert(
    fc.property(anyCard, (canonical) => {
      const shorter = projections(canonical)
      expect(shorter.every((one) => isCanonical(one) && isLossy(one) && one !== canonical)).toBe(true)
      if (!canonical.startsWith('iso14a:')) {
        for (const one of shorter) expect(shorter).toEqual(expect.arrayContaining(projections(one)))
      }
    }),
  )
  expect(projections('w34:007B3972')).toEqual(['w26:7B3972'])
  expect(projections('w26:7B3972')).toEqual([])
})

test('short cards show what they still know', () => {
  expect(Object.keys(writtenForms('w26:7B3972'))).toEqual(['6H8D', '2H3D,4H5D', 'W26', 'uhppote'])
  expect(Object.keys(writtenForms('w34:007B3972'))).toEqual([
    '8H10D',
    '6H8D',
    '2H3D,4H5D',
    '4H5D,4H5D',
    'W26',
    'W34',
    'uhppote',
  ])
  expect(shortForm('w34:007B3972')).toBe('0008075634')
  expect(shortForm('w26:7B3972')).toBe('123,14706')
  expect(shortForm('iso14a:1EA68671')).toBe('1E A6 86 71')
})

test('a text that is not an identity has no forms and no projections', () => {
  for (const text of ['', 'em:6f007b3972', 'em:6F', '0008075634', 'w26:7B3972\n', 'nfc:1EA68671']) {
    expect(isCanonical(text)).toBe(false)
    expect(writtenForms(text)).toEqual({})
    expect(projections(text)).toEqual([])
  }
})

test('a UID that a phone makes anew for each tap is known as such', () => {
  expect(vectors.enrolment.map(({ card }) => isRandomUid(card))).toEqual([true])
  expect(isRandomUid('iso14a:1EA68671')).toBe(false)
  expect(isRandomUid('iso14a:08AF68DAC85A80')).toBe(false)
  expect(isRandomUid('em:0812345678')).toBe(false)
})
