// One worklist: what it is, how many and how much, the rows, as a file and on paper.
import { CircleCheck, Download, Hourglass, Printer } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { sayCount } from '../../format/money.ts'
import { worklistWords as words } from '../../messages/worklists-en.ts'
import { useDeed } from '../../state/deed.ts'
import { saveFile } from '../../state/save-file.ts'
import { useVoice } from '../../state/voice.ts'
import { type ListName, MOST, type Shown, STEP } from './worklists-rows.tsx'
import { WorkTable } from './worklists-table.tsx'

type Props = { list: ListName; shown: Shown | null; waiting: boolean; onMore: () => void; onWhole: () => void }

export function WorkList({ list, shown, waiting, onMore, onWhole }: Props) {
  const [printing, setPrinting] = useState(false)
  const isWhole = shown !== null && shown.rows.length >= Math.min(shown.total, MOST)
  // On paper stands the whole list: it is read before it is printed.
  useEffect(() => {
    if (!printing || !isWhole) return
    window.print()
    setPrinting(false)
  }, [printing, isWhole])
  function print(): void {
    if (!isWhole) onWhole()
    setPrinting(true)
  }
  return (
    <section aria-label={words.lists[list]} className="card print:border-0">
      <Head list={list} shown={shown} printing={printing} onPrint={print} />
      {shown === null ? (
        waiting && <SkeletonRows rows={6} />
      ) : shown.rows.length === 0 ? (
        <Empty
          icon={shown.notYet === null ? CircleCheck : Hourglass}
          title={shown.notYet === null ? words.empty[list] : words.notYet}
        >
          {shown.notYet ?? words.emptyMore[list]}
        </Empty>
      ) : (
        <>
          <WorkTable list={list} rows={shown.rows} />
          <Foot shown={shown} onMore={onMore} />
        </>
      )}
      {shown?.notes.map((note) => (
        <p key={note} className="border-t border-line px-5 py-3 text-13 text-ink-3">
          {note}
        </p>
      ))}
    </section>
  )
}

type HeadProps = Pick<Props, 'list' | 'shown'> & { printing: boolean; onPrint: () => void }

function Head({ list, shown, printing, onPrint }: HeadProps) {
  const deed = useDeed()
  async function download(): Promise<void> {
    const outcome = await deed.run('worklists.csv', { list })
    if (outcome.ok) saveFile(outcome.value.name, outcome.value.csv)
  }
  return (
    <div className="border-b border-line px-5 py-4 print:px-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h3 className="text-16 font-semibold print:hidden">{words.lists[list]}</h3>
        <p role="status" className="figures text-14 text-ink-2">
          {shown !== null && shown.total > 0 && shown.sum}
        </p>
        <div className="ml-auto flex gap-2 print:hidden">
          <Button size="small" disabled={deed.busy || !shown?.total} onClick={() => void download()}>
            <Download className="size-4" />
            {words.csv}
          </Button>
          <Button size="small" disabled={printing || !shown?.total} onClick={onPrint}>
            <Printer className="size-4" />
            {words.print}
          </Button>
        </div>
      </div>
      <p className="mt-1 max-w-[86ch] text-14 text-ink-3">{shown?.definition}</p>
      <RefusalLine refusal={deed.refusal} />
    </div>
  )
}

function Foot({ shown: { rows, total }, onMore }: { shown: Shown; onMore: () => void }) {
  const { locale } = useVoice()
  const more = total - rows.length
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-3 border-t border-line px-5 py-2 text-13 text-ink-3 print:px-0">
      <span className="figures">{words.shown(sayCount(rows.length, locale), sayCount(total, locale))}</span>
      {more > 0 && (
        <Button size="small" onClick={onMore} className="print:hidden">
          {words.more(sayCount(Math.min(STEP, more), locale))}
        </Button>
      )}
      <span className="print:hidden">{words.keysHint}</span>
    </div>
  )
}
