// The list behind a figure or a piece of a chart: its sum is that of the figure. Here is worked.
import { ListChecks } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { LateRows } from '../../../preload/shapes-report.ts'
import { Button } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { sayCount } from '../../format/money.ts'
import { lateWords as words } from '../../messages/late-en.ts'
import type { LateView } from '../../state/late-view.ts'
import { type Reading, renew, useSteadyReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'
import { LateActions } from './late-actions.tsx'
import { ListHead, SumLine } from './late-list-head.tsx'
import { LateTable } from './late-table.tsx'

const STEP = 100
/** As many as the desk tells at once. */
const MOST = 1_000

export function LateList({ view, currency }: { view: LateView; currency: string }) {
  const list = JSON.stringify({ ...view.which, currency })
  const [limit, setLimit] = useState(STEP)
  const [printing, setPrinting] = useState(false)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const hideSnoozed = !view.withPutOff
  const asked = { ...view.which, currency, sort: view.sort, hideSnoozed, limit: printing ? MOST : limit }
  const reading = useSteadyReading('report.rows', asked)
  const { value, refusal } = reading
  usePrint(printing, reading, () => setPrinting(false))
  const head = useRef<HTMLDivElement>(null)
  const before = useRef(list)
  // Another list begins with nothing chosen, and comes into view.
  useEffect(() => {
    if (before.current === list) return
    before.current = list
    setChosen(new Set())
    setLimit(STEP)
    head.current?.scrollIntoView({ block: 'nearest' })
  }, [list])

  const rows = value?.rows ?? []
  const selected = rows.filter(({ id }) => chosen.has(id))
  return (
    <section aria-label={words.lists[view.which.list]} className="card print:border-0">
      <ListHead
        head={head}
        view={view}
        currency={currency}
        about={value}
        onPrint={() => setPrinting(true)}
        printing={printing}
      />
      <RefusalLine refusal={refusal} />
      {value === null ? (
        refusal === null && <SkeletonRows rows={6} />
      ) : rows.length === 0 ? (
        <Empty icon={ListChecks} title={words.nobody}>
          {hideSnoozed && value.putOff.count > 0 ? words.allPutOff : words.nobodyMore}
        </Empty>
      ) : (
        <>
          <LateTable rows={rows} view={view} list={list} chosen={chosen} onChoose={setChosen} />
          <Foot value={value} onMore={() => setLimit(Math.min(MOST, limit + STEP))} />
        </>
      )}
      <div
        className={
          selected.length > 0
            ? 'sticky bottom-0 z-10 flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 rounded-b-md border-t border-line bg-raised px-5 py-2 shadow-float print:hidden'
            : 'contents'
        }
      >
        {selected.length > 0 && (
          <>
            <p role="status" className="text-14 font-medium">
              <SumLine
                say={words.selected}
                count={selected.length}
                sum={{ minor: selected.reduce((sum, { amount }) => sum + amount.minor, 0), currency }}
              />
            </p>
            <Button size="small" rank="quiet" onClick={() => setChosen(new Set())}>
              {words.clear}
            </Button>
          </>
        )}
        <LateActions
          rows={selected}
          onDone={() => {
            setChosen(new Set())
            renew('report.lapsed', 'report.rows', 'members.get')
          }}
        />
      </div>
    </section>
  )
}

/** Prints once all rows are there that can be. */
function usePrint(printing: boolean, { value, refusal }: Reading<LateRows>, onDone: () => void): void {
  const done = useRef(onDone)
  done.current = onDone
  useEffect(() => {
    if (!printing || (value === null && refusal === null)) return
    if (refusal === null && value !== null && value.rows.length < Math.min(value.total, MOST)) return
    if (refusal === null) window.print()
    done.current()
  }, [printing, value, refusal])
}

function Foot({ value: { rows, total }, onMore }: { value: LateRows; onMore: () => void }) {
  const { locale } = useVoice()
  const more = Math.min(STEP, total - rows.length, MOST - rows.length)
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-3 border-t border-line px-5 py-2 text-13 text-ink-3">
      <span className="figures">{words.shown(sayCount(rows.length, locale), sayCount(total, locale))}</span>
      {more > 0 && (
        <Button size="small" onClick={onMore} className="print:hidden">
          {words.more(sayCount(more, locale))}
        </Button>
      )}
      <span className="print:hidden">{words.keysHint}</span>
    </div>
  )
}
