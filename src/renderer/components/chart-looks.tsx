// How the pieces of a chart look: a colour and a pattern each, and the key to them.
import type { Look, Series } from './chart-data.ts'

export function fillOf(id: string, look: Look): string {
  return `url(#${id}-${look})`
}

/** The patterns of one drawing; `id` is its own. */
export function Patterns({ id, series }: { id: string; series: readonly Series[] }) {
  const looks = [...new Set(series.map(({ look }) => look))]
  return (
    <defs>
      {looks.map((look) => (
        <pattern key={look} id={`${id}-${look}`} width={6} height={6} patternUnits="userSpaceOnUse">
          {DRAWN[look]}
        </pattern>
      ))}
    </defs>
  )
}

const DRAWN = {
  good: <rect width={6} height={6} className="fill-granted" />,
  plain: <rect width={6} height={6} className="fill-accent" />,
  open: (
    <>
      <rect width={6} height={6} className="fill-grace-soft" />
      <path d="M-1 7 7 -1M-1 1 1 -1M5 7 7 5" className="stroke-grace" strokeWidth={1.8} />
    </>
  ),
  bad: (
    <>
      <rect width={6} height={6} className="fill-refused-soft" />
      <circle cx={1.5} cy={1.5} r={1.3} className="fill-refused" />
      <circle cx={4.5} cy={4.5} r={1.3} className="fill-refused" />
    </>
  ),
} satisfies Record<Look, unknown>

export function Legend({ id, series }: { id: string; series: readonly Series[] }) {
  if (series.length < 2) return null
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-13 text-ink-2">
      {series.map(({ key, words, look }) => (
        <li key={key} className="flex items-center gap-2">
          <svg width={14} height={14} aria-hidden="true">
            <rect width={14} height={14} rx={2} fill={fillOf(id, look)} />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  )
}
