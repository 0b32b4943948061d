// One card, one identity: `tech:HEX`, whatever a reader, a print or a person makes of it (docs/cards.md).
// Never a bare number: width and leading zeros carry meaning, and one number may stand for several cards.
import { PARSERS, type Parsed, plainHex, reversed, wiegand, wiegandBits } from './card-parsers.ts'

export const CARD_FORMS = [
  'canonical',
  'hex',
  '10H13D',
  '10H14D',
  '8H10D',
  '6H10D',
  '6H8D',
  '2H3D,4H5D',
  '4H5D,4H5D',
  'W26',
  'W34',
  'uhppote',
  'iso14a-msb-dec',
  'iso14a-lsb-dec',
  'mfrc522',
] as const
export type CardForm = (typeof CARD_FORMS)[number]

export type Reading = { form: CardForm; canonical: string }

/** `why` is one plain sentence that says what to do; `readings` lists what an ambiguous text may be. */
export type CardReading = { ok: true; canonical: string } | { ok: false; why: string; readings: Reading[] }

export function isCardForm(text: string): text is CardForm {
  return (CARD_FORMS as readonly string[]).includes(text)
}

/** Exact lengths in bytes: em 5, iso14a 4 or 7, w26 3, w34 4. */
export function isCanonical(text: string): boolean {
  return /^(em:[0-9A-F]{10}|iso14a:([0-9A-F]{8}|[0-9A-F]{14})|w26:[0-9A-F]{6}|w34:[0-9A-F]{8})$/.test(text)
}

/** With a form the text must be of that form; without one, only a text that can be one card alone is taken. */
export function readCard(text: string, form?: CardForm): CardReading {
  const card = text.trim()
  if (form !== undefined) {
    const parsed = FORMS[form](card)
    return 'canonical' in parsed ? { ok: true, ...parsed } : { ok: false, why: parsed.why, readings: [] }
  }
  const readings = allReadings(card)
  const only = readings[0]
  if (only === undefined) return { ok: false, why: whyNothing(card), readings }
  // Bare 8 and 10 digits are what most prints and readers show, in half a dozen forms: never taken on trust.
  if (readings.length === 1 && !/^(\d{8}|\d{10})$/.test(card)) return { ok: true, canonical: only.canonical }
  const forms = readings.map((reading) => reading.form).join(', ')
  return { ok: false, why: `${card} may stand for different cards; say which form it has: ${forms}.`, readings }
}

/** For readers, whose profile says the form. */
export function readCardInForm(text: string, form: string): CardReading {
  return isCardForm(form)
    ? readCard(text, form)
    : { ok: false, why: 'The reader is set to a form that Latchkey does not know; add it anew.', readings: [] }
}

/** Every identity that the text may be, each once, under the first form that gives it. */
function allReadings(card: string): Reading[] {
  const readings: Reading[] = []
  for (const form of CARD_FORMS) {
    const parsed = FORMS[form](card)
    if (!('canonical' in parsed)) continue
    if (!readings.some((reading) => reading.canonical === parsed.canonical)) readings.push({ form, ...parsed })
  }
  return readings
}

function whyNothing(card: string): string {
  if (/^[01]+$/.test(card) && (card.length === 26 || card.length === 34)) {
    const parsed = wiegand(card, card.length)
    if ('why' in parsed) return parsed.why
  }
  return 'This is not a card number in any form that Latchkey knows; present the card at a reader instead.'
}

const FORMS: Record<CardForm, (text: string) => Parsed> = {
  canonical: (text) => {
    const match = /^(em|iso14a|w26|w34):(.*)$/i.exec(text)
    const canonical = `${match?.[1]?.toLowerCase()}:${plainHex(match?.[2]?.trim() ?? '')}`
    if (isCanonical(canonical)) return { canonical }
    return { why: 'Write the card as em: and 10 hex digits, iso14a: and 8 or 14, w26: and 6, or w34: and 8.' }
  },
  ...PARSERS,
}

/** What prints and readers show of the card, as far as the identity knows it. */
export function writtenForms(canonical: string): Partial<Record<CardForm, string>> {
  const { tech, digits } = parts(canonical)
  const [w34, w26] = shortened(canonical)
  if (tech === 'iso14a') {
    const first4 = digits.slice(0, 8)
    return {
      hex: digits,
      'iso14a-msb-dec': padded(first4, 0),
      'iso14a-lsb-dec': padded(reversed(first4), 0),
      ...(w26 && { W26: wiegandOf(w26) }),
      ...(w34 && { W34: wiegandOf(w34) }),
    }
  }
  return {
    ...(tech === 'em' && { '10H13D': padded(digits, 13) }),
    ...(w34 && { '8H10D': padded(w34, 10) }),
    ...(w26 && { '6H8D': padded(w26, 8), '2H3D,4H5D': `${padded(w26.slice(0, 2), 3)},${padded(w26.slice(2), 5)}` }),
    ...(w34 && { '4H5D,4H5D': `${padded(w34.slice(0, 4), 5)},${padded(w34.slice(4), 5)}` }),
    ...(w26 && { W26: wiegandOf(w26) }),
    ...(w34 && { W34: wiegandOf(w34) }),
    ...(w26 && { uhppote: `${Number(`${padded(w26.slice(0, 2), 3)}${padded(w26.slice(2), 5)}`)}` }),
  }
}

/** How a reader of that form shows the card, also in forms that are printed on none; undefined where it cannot. */
export function writtenIn(canonical: string, form: CardForm): string | undefined {
  const { tech, digits } = parts(canonical)
  switch (form) {
    case 'canonical':
      return canonical
    case 'hex':
      return tech === 'em' || tech === 'iso14a' ? digits : undefined
    case '10H14D':
      return tech === 'em' ? padded(digits, 14) : undefined
    case '6H10D':
      return writtenForms(canonical)['6H8D']?.padStart(10, '0')
    case 'mfrc522':
      return tech === 'iso14a' ? `Card UID: ${shortForm(canonical)}` : undefined
    default:
      return writtenForms(canonical)[form]
  }
}

/** True for an identity that has lost bytes on its way: other cards may share it. */
export function isLossy(canonical: string): boolean {
  return canonical.startsWith('w26:') || canonical.startsWith('w34:')
}

/** Decimals of a UID hold four bytes, and of a card of seven its first four: what was read so may be a part of one. */
export function mayBePart(canonical: string, form: CardForm | undefined): boolean {
  const decimal = form === 'iso14a-msb-dec' || form === 'iso14a-lsb-dec'
  return decimal && parts(canonical).digits.length === 8
}

/** Every shorter identity that a reader could show of this card, the longer first. */
export function projections(canonical: string): string[] {
  const [w34, w26] = shortened(canonical)
  const all = [...(w34 ? [`w34:${w34}`] : []), ...(w26 ? [`w26:${w26}`] : [])]
  return all.filter((projection) => projection !== canonical)
}

/** The number that is most often printed on such a card, for a person to compare. */
export function shortForm(canonical: string): string {
  const { tech, digits } = parts(canonical)
  if (tech === 'iso14a') return digits.replace(/(..)(?=.)/g, '$1 ')
  const forms = writtenForms(canonical)
  return forms['8H10D'] ?? forms['2H3D,4H5D'] ?? canonical
}

/** Phones make a 4-byte UID that begins 08 anew for each tap: such a card cannot be enrolled. */
export function isRandomUid(canonical: string): boolean {
  return /^iso14a:08[0-9A-F]{6}$/.test(canonical)
}

/** The bytes that 34 and 26 bits carry: the last of an EM4100, the first of a UID turned round. */
function shortened(canonical: string): [w34: string | null, w26: string | null] {
  const { tech, digits } = parts(canonical)
  switch (tech) {
    case 'em':
      return [digits.slice(2), digits.slice(4)]
    case 'iso14a':
      return [reversed(digits.slice(0, 8)), reversed(digits.slice(0, 6))]
    case 'w34':
      return [digits, digits.slice(2)]
    case 'w26':
      return [null, digits]
    default:
      return [null, null]
  }
}

function parts(canonical: string): { tech: string; digits: string } {
  const [tech = '', digits = ''] = isCanonical(canonical) ? canonical.split(':') : []
  return { tech, digits }
}

function wiegandOf(digits: string): string {
  return wiegandBits(
    Number.parseInt(digits, 16)
      .toString(2)
      .padStart(digits.length * 4, '0'),
  )
}

function padded(digits: string, width: number): string {
  return Number.parseInt(digits, 16).toString().padStart(width, '0')
}
