// A field to sign in, by finger, pen or mouse. Whoever uses the keyboard types the name instead.
import { type PointerEvent, useRef } from 'react'
import type { Strokes } from '../../preload/shapes-details.ts'
import { waiverWords as words } from '../messages/details-en.ts'
import { HEIGHT, SignatureLines, WIDTH } from './signature.tsx'

/** Points that lie closer than this to the one before are left out: nobody sees them, and a slow pen sends thousands. */
const CLOSE = 4

type Props = { strokes: Strokes; onDraw: (strokes: Strokes) => void }

export function SignaturePad({ strokes, onDraw }: Props) {
  const pen = useRef<number | null>(null)
  /** Ahead of what is drawn: a quick pen sends several points between two drawings. */
  const ahead = useRef(strokes)
  ahead.current = strokes

  function add(next: Strokes): void {
    ahead.current = next
    onDraw(next)
  }

  function pointOf({ clientX, clientY, currentTarget }: PointerEvent<SVGSVGElement>): [number, number] {
    const { left, top, width, height } = currentTarget.getBoundingClientRect()
    const within = (value: number, most: number) => Math.round(Math.min(Math.max(value, 0), 1) * most)
    return [within((clientX - left) / width, WIDTH), within((clientY - top) / height, HEIGHT)]
  }
  function begin(event: PointerEvent<SVGSVGElement>): void {
    if (pen.current !== null || event.button !== 0) return
    event.preventDefault()
    pen.current = event.pointerId
    event.currentTarget.setPointerCapture(event.pointerId)
    add([...ahead.current, [pointOf(event)]])
  }
  function draw(event: PointerEvent<SVGSVGElement>): void {
    const stroke = ahead.current.at(-1)
    const last = stroke?.at(-1)
    if (pen.current !== event.pointerId || stroke === undefined || last === undefined) return
    const point = pointOf(event)
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) < CLOSE) return
    add([...ahead.current.slice(0, -1), [...stroke, point]])
  }
  function end(event: PointerEvent<SVGSVGElement>): void {
    if (pen.current === event.pointerId) pen.current = null
  }

  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-13 font-medium text-ink-2">{words.sign}</p>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={words.field}
        data-signature
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
        className="w-full cursor-crosshair touch-none rounded-md border border-line-strong bg-surface text-ink"
      >
        <line x1="30" x2={WIDTH - 30} y1="155" y2="155" className="stroke-line-strong" strokeDasharray="4 6" />
        <SignatureLines strokes={strokes} />
      </svg>
    </div>
  )
}
