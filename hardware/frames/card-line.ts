// What a line of a reader says of a card: plain numbers in a form, bits of Wiegand, bits of a TWN3 (docs/readers.md).
import type { ReadCard, ReaderSettings } from '../driver.ts'
import { bytesOfHex, hexOf } from './bytes.ts'
import type { LineReader } from './lines.ts'

/** A number in the reader's form, after its prefix. */
export function plainLine(settings: ReaderSettings, readCard: ReadCard): LineReader {
  const { form = 'hex', turned = false, prefix = '' } = settings
  return (line) => {
    if (!line.toLowerCase().startsWith(prefix.toLowerCase())) return null
    const text = line.slice(prefix.length).trim()
    return judged(readCard(turned ? turnedHex(text) : text, form))
  }
}

/** `26:` and bits, hex of the raw 26 or 34 bits, or facility code and number. */
export function wiegandLine({ form = '2H3D,4H5D' }: ReaderSettings, readCard: ReadCard): LineReader {
  return (line) => {
    const bits = /^(26|34):([01]+)$/.exec(line)
    if (bits !== null) return judged(readCard(bits[2] ?? '', `W${bits[1]}`))
    const pair = /^(\d{1,5})\s*,\s*(\d{1,5})$/.exec(line)
    if (pair !== null) {
      const width = form === '4H5D,4H5D' ? 5 : 3
      return judged(readCard(`${(pair[1] ?? '').padStart(width, '0')},${(pair[2] ?? '').padStart(5, '0')}`, form))
    }
    if (/^[01]{7,}$/.test(line)) return { why: 'These are bits whose beginning is missing.' }
    // The digits that the bits need, so that two of them stay empty in front.
    const length = /^[0-9A-Fa-f]{7}$/.test(line) ? 26 : /^[0-9A-Fa-f]{9}$/.test(line) ? 34 : 0
    const raw = Number.parseInt(line, 16)
    if (length === 0 || raw >= 2 ** length)
      return { why: 'This is neither 26: or 34: and bits, nor 7 or 9 hex digits, nor facility code and number.' }
    return judged(readCard(raw.toString(2).padStart(length, '0'), `W${length}`))
  }
}

/** One byte says how many bits there are, and they follow with their first bit leftmost. */
export function countedBitsLine(_settings: ReaderSettings, readCard: ReadCard): LineReader {
  return (line) => {
    if (!/^[0-9A-Fa-f]{4,}$/.test(line) || line.length % 2 !== 0)
      return { why: 'A character is not a hex digit, or one is missing.' }
    const [count = 0, ...bytes] = bytesOfHex(line)
    if (bytes.length !== Math.ceil(count / 8)) return { why: 'There are not as many bits as the line says.' }
    if (count === 32 || count === 40 || count === 56) return judged(readCard(hexOf(bytes), 'hex'))
    const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
    if (count === 26 || count === 34) return judged(readCard(bits.slice(0, count), `W${count}`))
    return { why: `A card of ${count} bits is of no kind that Latchkey knows.` }
  }
}

/** Two hex digits a byte, in the other order; what is not hex stays. */
export function turnedHex(text: string): string {
  const digits = text.replace(/[ :-]/g, '')
  return /^([0-9A-Fa-f]{2})+$/.test(digits) ? (digits.match(/../g) ?? []).reverse().join('') : text
}

function judged(read: ReturnType<ReadCard>): { card: string } | { why: string } {
  return read.ok ? { card: read.canonical } : { why: read.why }
}
