// Above the list: what it is, how many and how much, as a file, on paper.
import { Download, Printer, X } from 'lucide-react'
import type { Ref } from 'react'
import type { LateRows } from '../../../preload/shapes-report.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { sayMonth } from '../../format/moments.ts'
import { sayCount, sayMoney } from '../../format/money.ts'
import { lateWords as words } from '../../messages/late-en.ts'
import { useDeed } from '../../state/deed.ts'
import { goTo, type LateView, lateLink } from '../../state/late-view.ts'
import { useReading } from '../../state/readings.ts'
import { saveFile } from '../../state/save-file.ts'
import { useVoice } from '../../state/voice.ts'

type Props = {
  head: Ref<HTMLDivElement>
  view: LateView
  currency: string
  about: LateRows | null
  printing: boolean
  onPrint: () => void
}

export function ListHead({ head, view, currency, about, printing, onPrint }: Props) {
  const deed = useDeed()
  const { which } = view
  const narrowed = useNarrowed(view, currency)
  const whole = about && wholeOf(about, view)
  async function download(): Promise<void> {
    const outcome = await deed.run('report.csv', { ...which, currency })
    if (outcome.ok) saveFile(outcome.value.name, outcome.value.csv)
  }
  return (
    // Below it some rows come into view as well.
    <div ref={head} className="scroll-mt-4 scroll-mb-72">
      <div className="flex min-h-16 flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3 print:px-0">
        <h3 className="text-16 font-semibold">
          {words.lists[which.list]}
          {narrowed !== null && <span className="font-normal text-ink-2">, {narrowed}</span>}
        </h3>
        {narrowed !== null && (
          <IconButton
            label={words.showAll}
            className="-ml-3 print:hidden"
            onClick={() => goTo(lateLink(view, { of: { list: which.list } }))}
          >
            <X className="size-4" />
          </IconButton>
        )}
        <p role="status" className="figures text-14 text-ink-2">
          {whole !== null && <SumLine say={words.sum} {...whole} />}
        </p>
        {about !== null && about.putOff.count > 0 && <PutOff view={view} {...about.putOff} />}
        <div className="ml-auto flex gap-2 print:hidden">
          <Button size="small" disabled={deed.busy || !whole?.count} onClick={() => void download()}>
            <Download className="size-4" />
            {words.csv}
          </Button>
          <Button size="small" disabled={printing || about === null} onClick={onPrint}>
            <Printer className="size-4" />
            {words.print}
          </Button>
        </div>
      </div>
      <RefusalLine refusal={deed.refusal} />
    </div>
  )
}

/** Of the figure, whether its rows are shown or put off. */
function wholeOf({ total, sum, putOff }: LateRows, { withPutOff }: LateView): Omit<SumProps, 'say'> {
  if (withPutOff) return { count: total, sum }
  return { count: total + putOff.count, sum: { ...sum, minor: sum.minor + putOff.amount.minor } }
}

/** What is put off is out of the way until its day, and still part of the figure. */
function PutOff({ view, count, amount }: { view: LateView } & LateRows['putOff']) {
  const { withPutOff } = view
  return (
    <p className="figures flex items-center gap-2 text-14 text-ink-2">
      <SumLine say={words.ofItPutOff} count={count} sum={amount} />
      <Button
        size="small"
        rank="quiet"
        className="print:hidden"
        aria-pressed={withPutOff}
        onClick={() => goTo(lateLink(view, { withPutOff: !withPutOff }))}
      >
        {withPutOff ? words.hidePutOff : words.showPutOff}
      </Button>
    </p>
  )
}

type SumProps = {
  say: (payments: string, sum: string) => string
  count: number
  sum: { minor: number; currency: string }
}

export function SumLine({ say, count, sum }: SumProps) {
  const { locale } = useVoice()
  return <>{say(words.payments(sayCount(count, locale), count), sayMoney(sum, locale))}</>
}

/** What narrows the list, in words; null where nothing does. */
function useNarrowed({ which }: LateView, currency: string): string | null {
  const { locale } = useVoice()
  const report = useReading('report.lapsed', { currency }).value
  const wordsOf = (list: 'reasons' | 'methods', key: string) =>
    report?.[list].find((one) => one.key === key)?.words ?? key
  if (which.month !== undefined) return words.dueIn(sayMonth(which.month, locale))
  if (which.bucket !== undefined) return words.overdue(which.bucket)
  if (which.reason !== undefined) return wordsOf('reasons', which.reason)
  if (which.method !== undefined) return wordsOf('methods', which.method)
  return null
}
