// The figures of the report, each a button that opens its list; what each means is said by pointing at it, to a screen
// reader, and below for everybody.
import { ChevronRight } from 'lucide-react'
import { Tooltip } from 'radix-ui'
import { useId } from 'react'
import type { LapsedReport } from '../../../preload/shapes-report.ts'
import { cx } from '../../components/cx.ts'
import { Trend } from '../../components/trend.tsx'
import { sayCount, sayMoney } from '../../format/money.ts'
import { lateWords as words } from '../../messages/late-en.ts'
import { goTo, type LateView, lateLink, TILES, type TileName } from '../../state/late-view.ts'
import { useVoice } from '../../state/voice.ts'

type Props = { report: LapsedReport; view: LateView }
type Said = {
  figure: string
  below: string
  /** Of the twelve months; null where nobody wrote down how it was. */
  trend: number[] | null
}

export function LateTiles({ report, view }: Props) {
  const { locale } = useVoice()
  const tiles = TILES.filter((name) => name !== 'toCollect' || report.tiles.toCollect.count > 0)
  const said = tiles.map((name) => [name, sayTile(report, name, locale)] as const)
  // All of one size: the longest decides.
  const isLong = said.some(([, { figure }]) => figure.length > 10)
  return (
    <section aria-label={words.figures}>
      <Tooltip.Provider delayDuration={400}>
        <ul
          className={cx(
            'grid gap-2',
            tiles.length > 8 ? 'grid-cols-5 wide:grid-cols-9' : 'grid-cols-4 wide:grid-cols-8',
          )}
        >
          {said.map(([name, tile]) => (
            <li key={name} className="flex">
              <Tile
                {...tile}
                name={words.tiles[name]}
                means={report.definitions[name] ?? ''}
                isOpen={view.tile === name}
                isLong={isLong}
                onOpen={() => goTo(lateLink(view, { of: name }))}
              />
            </li>
          ))}
        </ul>
      </Tooltip.Provider>
      <details className="group mt-2 print:hidden">
        <summary className="inline-flex h-8 cursor-pointer list-none items-center gap-1 rounded-md pr-2 text-13 text-ink-3 hover:text-ink">
          <ChevronRight className="size-4 group-open:rotate-90" />
          {words.means}
        </summary>
        <Meanings report={report} tiles={tiles} />
      </details>
      <div className="mt-3 hidden print:block">
        <Meanings report={report} tiles={tiles} />
      </div>
    </section>
  )
}

function Meanings({ report, tiles }: Pick<Props, 'report'> & { tiles: readonly TileName[] }) {
  return (
    <dl className="grid gap-x-8 gap-y-2 pb-1 text-13 wide:grid-cols-2 print:grid-cols-2">
      {tiles.map((name) => (
        <div key={name}>
          <dt className="font-medium text-ink-2">{words.tiles[name]}</dt>
          <dd className="text-ink-3">{report.definitions[name]}</dd>
        </div>
      ))}
    </dl>
  )
}

type TileProps = Said & { name: string; means: string; isOpen: boolean; isLong: boolean; onOpen: () => void }

function Tile({ name, figure, below, trend, means, isOpen, isLong, onOpen }: TileProps) {
  const id = useId()
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button
          type="button"
          aria-pressed={isOpen}
          aria-describedby={id}
          onClick={onOpen}
          className={cx(
            'flex min-w-0 flex-1 flex-col items-start rounded-md border px-2.5 py-2.5 text-left',
            isOpen ? 'border-accent-fill bg-accent-soft' : 'border-line bg-surface hover:border-line-strong',
          )}
        >
          <span className={cx('text-13 font-medium', isOpen ? 'text-accent-ink' : 'text-ink-2')}>{name}</span>
          <span className={cx('figures font-semibold', isLong ? 'text-16' : 'text-20')}>{figure}</span>
          <span className="figures text-13 leading-4 text-ink-3">{below}</span>
          {trend !== null && <Trend values={trend} />}
          <span id={id} hidden>
            {means}
          </span>
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          sideOffset={6}
          collisionPadding={12}
          aria-label={means}
          className="arrives z-30 w-72 rounded-md border border-line bg-raised p-3 text-13 shadow-float print:hidden"
        >
          {means}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

function sayTile({ tiles, rate, daysToRecover, months }: LapsedReport, name: TileName, locale: string): Said {
  switch (name) {
    case 'rate': {
      const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
      return { figure: rate === null ? words.none : percent.format(rate), below: words.formula, trend: null }
    }
    case 'daysToRecover': {
      if (daysToRecover === null) return { figure: words.none, below: words.average, trend: null }
      const shown = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(daysToRecover)
      return { figure: words.days(shown, daysToRecover), below: words.average, trend: null }
    }
    default: {
      const { amount, count } = tiles[name]
      const trend =
        name === 'failed'
          ? months.map(({ recovered, inRecovery, lost }) => recovered + inRecovery + lost)
          : name === 'recovered' || name === 'lost'
            ? months.map((month) => month[name])
            : null
      return { figure: sayMoney(amount, locale), below: words.payments(sayCount(count, locale), count), trend }
    }
  }
}
