// A signature as it was drawn: strokes of points on a field of 600 by 200, whatever the screen was. What comes in may be
// anything, so it is parsed.

export const SIGNATURE_WIDTH = 600
export const SIGNATURE_HEIGHT = 200

/** Each point is x and y in whole units. */
export type Strokes = [number, number][][]

/** Somebody who signs for ten seconds with a pen of 60 points a second draws 600; more is no signature. */
export const MOST_POINTS = 3_000
/** As far as a pen goes for one short letter: less is a slip of the hand. */
const SHORTEST = 40

export type SignatureFault = 'empty' | 'too-much'

export function signatureFault(strokes: Strokes): SignatureFault | null {
  const points = strokes.reduce((sum, stroke) => sum + stroke.length, 0)
  if (points > MOST_POINTS) return 'too-much'
  return strokes.reduce((sum, stroke) => sum + lengthOf(stroke), 0) < SHORTEST ? 'empty' : null
}

function lengthOf(stroke: Strokes[number]): number {
  return stroke.reduce((sum, [x, y], n) => {
    const [beforeX, beforeY] = stroke[n - 1] ?? [x, y]
    return sum + Math.hypot(x - beforeX, y - beforeY)
  }, 0)
}

/** Null where the text is no list of strokes on the field. */
export function readStrokes(text: string): Strokes | null {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return null
  }
  return Array.isArray(read) && read.every(isStroke) ? read : null
}

function isStroke(stroke: unknown): stroke is Strokes[number] {
  return Array.isArray(stroke) && stroke.length > 0 && stroke.every(isPoint)
}

function isPoint(point: unknown): point is [number, number] {
  if (!Array.isArray(point) || point.length !== 2) return false
  const [x, y] = point
  return isWithin(x, SIGNATURE_WIDTH) && isWithin(y, SIGNATURE_HEIGHT)
}

function isWithin(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
}
