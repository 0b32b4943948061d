// Every way to make a card of the same bytes, the surest first: for whoever has a reader and does not know its kind.
import type { ReadCard, ReaderProfile, ReaderSettings } from './driver.ts'
import { createDebounce } from './frames/debounce.ts'

/** A way to read what was heard, and the card that it makes of it. */
export type Found = { profile: string; settings: ReaderSettings; card: string }

/** A checksum held: nothing else needs to be tried. */
const SURE = ['rdm6300', 'id12la', 'pn532', 'em18']
/** Lines in a format of their own: a number in any form may look so, hence they are offered beside the forms. */
const FORMATTED = ['parallax', 'twn3', 'wiegand-text']
/** Forms in which readers write; canonical texts and UHPPOTE numbers come from people and boards. */
const FORMS = [
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
  'iso14a-lsb-dec',
  'iso14a-msb-dec',
]

export function foundIn(
  bytes: Uint8Array,
  profiles: ReadonlyMap<string, ReaderProfile>,
  readCard: ReadCard,
  only?: 'wedge',
): Found[] {
  const cardOf = (name: string, settings: ReaderSettings): string | undefined => {
    const parser = profiles.get(name)?.parser?.({ ...profiles.get(name)?.defaults, ...settings }, readCard)
    if (!parser) return undefined
    const fed = only === 'wedge' ? Buffer.from([...bytes, 0x0d]) : bytes
    const reads = [parser.feed(fed, 0), parser.silence(parser.quiet)].flatMap((result) => result.reads)
    const isNew = createDebounce()
    return reads.findLast((read) => isNew(read))?.card
  }
  const tried = (name: string, settings: ReaderSettings): Found[] => {
    const card = cardOf(name, settings)
    return card === undefined ? [] : [{ profile: name, settings, card }]
  }

  if (only === undefined) {
    const [sure] = SURE.flatMap((name) => tried(name, {}))
    if (sure !== undefined) return [sure]
  }
  const formatted = only === undefined ? FORMATTED.flatMap((name) => tried(name, {})) : []
  const text = Buffer.from(bytes).toString('latin1')
  const label = /([A-Za-z][A-Za-z ]*[:=])\s*[0-9A-Fa-f]/.exec(text)?.[1]
  const ending: ReaderSettings = only === 'wedge' ? {} : endOf(text)
  const prefix: ReaderSettings = label === undefined ? {} : { prefix: label }
  const name = only ?? 'line'
  const plain = FORMS.flatMap((form) => tried(name, { form, ...prefix, ...ending }))
  const turned = tried(name, { form: 'hex', turned: true, ...prefix, ...ending })
  // A sketch of the usual kind needs no settings at all.
  const sketch = label?.toLowerCase() === 'card uid:' ? tried('mfrc522', {}) : []
  return onePerCard([...formatted, ...sketch, ...plain, ...turned])
}

/** Two ways to the same card are one choice; what differs only for other cards (a form with zeros in front) stays. */
function onePerCard(all: readonly Found[]): Found[] {
  return all.filter((one, index) => all.findIndex(({ card }) => card === one.card) === index)
}

function endOf(text: string): ReaderSettings {
  if (/[\r\n]/.test(text)) return {}
  if (text.includes('\x03')) return { end: 'etx' }
  if (text.includes('\t')) return { end: 'tab' }
  return { end: text.includes(';') ? 'semicolon' : 'silence' }
}
