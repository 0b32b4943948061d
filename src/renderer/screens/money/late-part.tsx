// Late payments: figures, one chart at a time, and the list behind whatever was chosen of them.
import { CircleCheck } from 'lucide-react'
import { Empty } from '../../components/empty.tsx'
import { Later } from '../../components/later.tsx'
import { Moment } from '../../components/moment.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { PillLinks } from '../../components/pill-links.tsx'
import { sayCount } from '../../format/money.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { lateWords as words } from '../../messages/late-en.ts'
import { lateLink, useLateView } from '../../state/late-view.ts'
import { useSteadyReading } from '../../state/readings.ts'
import { useDesk, useVoice } from '../../state/voice.ts'
import { LateCharts } from './late-charts.tsx'
import { LateList } from './late-list.tsx'
import { LateTiles } from './late-tiles.tsx'

export function LatePart() {
  const view = useLateView()
  const { locale } = useVoice()
  const space = useDesk()?.spaceName
  const { currency } = view
  const { value: report, refusal } = useSteadyReading('report.lapsed', currency === undefined ? {} : { currency })
  if (report === null) return refusal === null ? <Loading /> : <RefusalLine refusal={refusal} />
  if (report.currencies.length === 0)
    return (
      <div className="card">
        <Empty icon={CircleCheck} title={words.never}>
          {words.neverMore}
        </Empty>
      </div>
    )
  return (
    <article className="print-sheet print-dense flex flex-col gap-5">
      <header className="-mt-2 flex flex-wrap items-center justify-between gap-3">
        <h2 className="hidden text-20 font-semibold print:block">
          {space}: {words.title}
        </h2>
        <p className="text-14 text-ink-2">
          {words.asOf} <Moment at={report.asOf} />
          {report.people > 0 && <>: {words.owing(sayCount(report.people, locale), report.people)}</>}
          <span className="hidden print:inline"> ({report.currency.toUpperCase()})</span>
        </p>
        {report.currencies.length > 1 && (
          <PillLinks
            label={words.currencies}
            links={report.currencies.map((one) => ({
              key: one,
              words: one.toUpperCase(),
              href: lateLink(view, { currency: one, of: view.tile ?? 'atRisk' }),
              here: one === report.currency,
            }))}
          />
        )}
      </header>
      <RefusalLine refusal={refusal} />
      <LateTiles report={report} view={view} />
      <LateCharts report={report} view={view} />
      <LateList view={view} currency={report.currency} />
    </article>
  )
}

const PLACES = Array.from({ length: 8 }, (_, place) => place)

function Loading() {
  return (
    <Later>
      <div role="status" aria-label={commonWords.loading} className="breathe flex flex-col gap-5">
        <div className="grid grid-cols-4 gap-2 wide:grid-cols-8">
          {PLACES.map((place) => (
            <div key={place} className="card h-26" />
          ))}
        </div>
        <div className="card h-90" />
        <div className="card h-60" />
      </div>
    </Later>
  )
}
