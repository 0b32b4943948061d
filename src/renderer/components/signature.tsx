// A signature as it was drawn, on its field of 600 by 200.
import type { Strokes } from '../../preload/shapes-details.ts'

export const WIDTH = 600
export const HEIGHT = 200

export function Signature({ strokes, label }: { strokes: Strokes; label: string }) {
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      className="w-full max-w-80 rounded-md border border-line bg-surface text-ink"
    >
      <SignatureLines strokes={strokes} />
    </svg>
  )
}

export function SignatureLines({ strokes }: { strokes: Strokes }) {
  // A stroke of one point is a dot, which only a line of some length shows.
  const d = strokes.map((stroke) => stroke.map(([x, y], n) => `${n === 0 ? 'M' : 'L'}${x} ${y}`).join('') + dot(stroke))
  return (
    <path
      d={d.join('')}
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  )
}

function dot(stroke: Strokes[number]): string {
  return stroke.length === 1 ? 'h0.1' : ''
}
