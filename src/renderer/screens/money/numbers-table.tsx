// A table of figures: a name, then cells to the right, some of them shaded by how much they are.
import { cx } from '../../components/cx.ts'

export type NumberRow = {
  key: string
  head: string
  cells: readonly (string | ShadedCell)[]
}
/** `part` of the most, from 0 to 1: how dark. `full`: what is told of it beside the figure, to whoever points at it. */
export type ShadedCell = { words: string; part: number; full?: string }

type Props = {
  caption: string
  /** The first is that of the names. */
  heads: readonly string[]
  rows: readonly NumberRow[]
  /** Many narrow columns. */
  dense?: boolean
}

/** Figures stay readable on each, in light and in dark; on paper too. */
const SHADES = ['', 'bg-accent/10', 'bg-accent/20', 'bg-accent/30', 'bg-accent/40'] as const

export function NumberTable({ caption, heads, rows, dense = false }: Props) {
  const side = dense ? 'px-1' : 'pl-4'
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard.
    <section className="overflow-x-auto" aria-label={caption} tabIndex={0}>
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {heads.map((head, n) => (
              <th
                key={head}
                scope="col"
                className={cx(
                  'border-b border-line py-1.5 text-13 font-medium text-ink-3',
                  n === 0 ? 'text-left' : cx('text-right', side),
                )}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, head, cells }) => (
            <tr key={key} className="group">
              <th
                scope="row"
                className="border-b border-line py-1.5 text-left text-14 font-normal whitespace-nowrap group-last:border-b-0"
              >
                {head}
              </th>
              {cells.map((cell, n) => (
                <Cell key={heads[n + 1] ?? n} cell={cell} className={cx(side, dense ? 'text-13' : 'text-14')} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Cell({ cell, className }: { cell: string | ShadedCell; className: string }) {
  const shaded = typeof cell === 'string' ? null : cell
  const shade = shaded === null || shaded.part <= 0 ? 0 : Math.min(4, Math.ceil(shaded.part * 4))
  return (
    <td
      title={shaded?.full}
      className={cx(
        'figures border-b border-line py-1.5 text-right whitespace-nowrap group-last:border-b-0',
        SHADES[shade] ?? '',
        shaded !== null && '[print-color-adjust:exact]',
        className,
      )}
    >
      {typeof cell === 'string' ? cell : cell.words}
      {shaded?.full !== undefined && <span className="sr-only"> ({shaded.full})</span>}
    </td>
  )
}
