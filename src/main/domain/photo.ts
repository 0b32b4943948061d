// What a photo of a person may be: a small square JPEG with nothing in the file but the picture (ITU-T T.81, annex B).

/** Sharp at 96 points on a screen that shows three pixels for one, and small enough for hundreds of people. */
export const PHOTO_SIDE = 320
/** Pure noise of that size is 74 KB at the quality that the page asks for; a face is 20. */
export const PHOTO_BYTES = 100 * 1_024

export type PhotoFault = 'too-big' | 'no-jpeg' | 'wrong-size' | 'more-inside'

const START = 0xd8
const END = 0xd9
const SCAN = 0xda
/** Baseline and progressive frames; tables, restart interval, and the scan itself. */
const FRAMES = [0xc0, 0xc1, 0xc2]
const PARTS = [...FRAMES, 0xc4, 0xdb, 0xdd, SCAN]

/** What stands against these bytes; null where nothing does. */
export function photoFault(bytes: Uint8Array): PhotoFault | null {
  if (bytes.length > PHOTO_BYTES) return 'too-big'
  if (bytes[0] !== 0xff || bytes[1] !== START) return 'no-jpeg'
  let side: number | null = null
  let at = 2
  while (bytes[at] === 0xff) {
    while (bytes[at] === 0xff) at += 1
    const marker = bytes[at] ?? 0
    at += 1
    if (marker === END) {
      if (at < bytes.length) return 'more-inside'
      return side === null ? 'no-jpeg' : side === PHOTO_SIDE ? null : 'wrong-size'
    }
    const length = pair(bytes, at)
    if (length < 2 || at + length > bytes.length) return 'no-jpeg'
    if (carriesMore(bytes, marker, at, length)) return 'more-inside'
    if (!PARTS.includes(marker) && !isApplication(marker)) return 'no-jpeg'
    if (FRAMES.includes(marker)) {
      if (side !== null) return 'no-jpeg'
      const [height, width] = [pair(bytes, at + 3), pair(bytes, at + 5)]
      side = height === width ? height : -1
    }
    at = marker === SCAN ? scanEnd(bytes, at + length) : at + length
  }
  return 'no-jpeg'
}

function pair(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
}

const isApplication = (marker: number) => marker >= 0xe0 && marker <= 0xef

/** A canvas writes a JFIF header without a picture in it, and at most the profile of its colours; cameras and programs write
 * place, time and names into the others, and comments. */
function carriesMore(bytes: Uint8Array, marker: number, at: number, length: number): boolean {
  const begins = (word: string) => [...word].every((letter, n) => bytes[at + 2 + n] === letter.charCodeAt(0))
  if (marker === 0xe0) return length !== 16 || !begins('JFIF\0')
  if (marker === 0xe2) return !begins('ICC_PROFILE\0')
  return isApplication(marker) || marker === 0xfe
}

/** Where the next marker stands: in a scan FF 00 is a byte of the picture, and FF D0 to D7 go on with it. */
function scanEnd(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length) {
    const next = bytes[at + 1] ?? 0
    if (bytes[at] === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
    at += 1
  }
  return at
}
