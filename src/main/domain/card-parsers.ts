// Card numbers as prints, readers and people write them, form by form, to a card identity (docs/cards.md).

/** `why` is one plain sentence that says what to do. */
export type Parsed = { canonical: string } | { why: string }

export const PARSERS = {
  hex: (text) => bareHex(text),
  '10H13D': (text) => decimal(text, 13, 'em', 5),
  '10H14D': (text) => decimal(text, 14, 'em', 5),
  '8H10D': (text) => decimal(text, 10, 'w34', 4),
  '6H10D': (text) => decimal(text, 10, 'w26', 3),
  '6H8D': (text) => decimal(text, 8, 'w26', 3),
  '2H3D,4H5D': (text) => pair(text, 3, 'w26', 1),
  '4H5D,4H5D': (text) => pair(text, 5, 'w34', 2),
  W26: (text) => wiegand(text, 26),
  W34: (text) => wiegand(text, 34),
  uhppote: (text) =>
    /^\d{1,8}$/.test(text)
      ? pair(text.padStart(8, '0').replace(/^.../, '$&,'), 3, 'w26', 1)
      : { why: 'A UHPPOTE number has at most 8 digits: the facility code and the five digits of the card number.' },
  'iso14a-msb-dec': (text) => uidDecimal(text, (uid) => uid),
  'iso14a-lsb-dec': (text) => uidDecimal(text, reversed),
  mfrc522: (text) => {
    // Sketches print "Card UID: 1E A6 86 71", "UID tag : 1E A6 86 71" or the bytes alone.
    const parsed = bareHex(text.replace(/^((card|picc) )?uid( tag)?\s*:\s*/i, ''))
    if ('canonical' in parsed && parsed.canonical.startsWith('iso14a:')) return parsed
    if (!/^\d{4,21}$/.test(text)) return { why: 'The sketch should print 4 or 7 bytes as hex, such as 1E A6 86 71.' }
    return {
      why: 'Decimal bytes run together can be cut in several ways; make the sketch print two hex digits a byte.',
    }
  },
} satisfies Record<string, (text: string) => Parsed>

/** Two digits a byte, any case; between bytes nothing, a space, a colon or a dash. */
export function plainHex(text: string): string | null {
  return /^[0-9a-f]{2}([ :-]?[0-9a-f]{2})*$/i.test(text) ? text.replace(/[ :-]/g, '').toUpperCase() : null
}

function bareHex(text: string): Parsed {
  const digits = plainHex(text)
  if (digits?.length === 10) return { canonical: `em:${digits}` }
  if (digits?.length === 8 || digits?.length === 14) return { canonical: `iso14a:${digits}` }
  return { why: 'A card in hex has 10 digits (125 kHz), or 8 or 14 (13.56 MHz); check that none is missing.' }
}

function decimal(text: string, width: number, tech: string, bytes: number): Parsed {
  if (!/^\d+$/.test(text) || text.length !== width) {
    return { why: `This form has exactly ${width} digits; type them all, the zeros in front too.` }
  }
  const value = Number(text)
  // Without the number: a reader's sentence is kept in the program's log.
  if (value >= 256 ** bytes) return { why: 'The number is too large for this form; check the digits and the form.' }
  return { canonical: `${tech}:${hex(value, bytes)}` }
}

/** `123,14706` or `00123,14706`: facility code and card number. */
function pair(text: string, width: number, tech: string, facilityBytes: number): Parsed {
  const match = /^(\d+)\s*,\s*(\d{5})$/.exec(text)
  if (match?.[1]?.length !== width) {
    return { why: `This form is ${width} digits, a comma and 5 digits; type the zeros in front too.` }
  }
  const [facility, number] = [Number(match[1]), Number(match[2])]
  const most = 256 ** facilityBytes - 1
  if (facility > most) return { why: `The facility code goes up to ${most}; check the digits.` }
  if (number > 65_535) return { why: 'The card number goes up to 65535; check the digits.' }
  return { canonical: `${tech}:${hex(facility, facilityBytes)}${hex(number, 2)}` }
}

export function wiegand(text: string, length: number): Parsed {
  if (!/^[01]+$/.test(text) || text.length !== length) return { why: `This form is ${length} characters, each 0 or 1.` }
  const data = text.slice(1, -1)
  const right = wiegandBits(data)
  if (text === right) return { canonical: `w${length}:${hex(Number.parseInt(data, 2), data.length / 8)}` }
  // Swapped data wires invert every bit, and then both parities fail at once (monkeyboard #36).
  return text[0] !== right[0] && text.at(-1) !== right.at(-1)
    ? { why: 'Both parity bits are wrong; the data wires D0 and D1 of the reader are probably swapped.' }
    : { why: 'A parity bit is wrong, so the number was not read cleanly; present the card again.' }
}

function uidDecimal(text: string, order: (uid: string) => string): Parsed {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (value < 256 ** 4) return { canonical: `iso14a:${order(hex(value, 4))}` }
  return { why: 'A decimal UID is a number of at most 10 digits, up to 4294967295; check the digits.' }
}

/** Even parity over the first half before the data, odd parity over the second half after it. */
export function wiegandBits(data: string): string {
  const ones = (half: string) => half.replaceAll('0', '').length % 2
  return `${ones(data.slice(0, data.length / 2))}${data}${1 - ones(data.slice(data.length / 2))}`
}

function hex(value: number, bytes: number): string {
  const digits = value.toString(16).toUpperCase()
  return digits.padStart(bytes * 2, '0')
}

/** The bytes in the other order. */
export function reversed(digits: string): string {
  return (digits.match(/../g) ?? []).reverse().join('')
}
