// The figures of now and of this month, and what each means.
import { ChevronRight } from 'lucide-react'
import type { MembershipNumbers } from '../../../preload/shapes-numbers.ts'
import { sayMonth } from '../../format/moments.ts'
import { sayCount, sayMoney } from '../../format/money.ts'
import { numbersWords as words } from '../../messages/numbers-en.ts'
import { useVoice } from '../../state/voice.ts'

type Name = keyof typeof words.tiles
const NAMES = Object.keys(words.tiles) as Name[]

export function NumberFigures({ numbers }: { numbers: MembershipNumbers }) {
  const { locale } = useVoice()
  const said = sayFigures(numbers, locale)
  return (
    <section aria-label={words.figures}>
      <dl className="grid grid-cols-3 gap-2 wide:grid-cols-6">
        {NAMES.map((name) => (
          <div key={name} className="rounded-md border border-line bg-surface px-3 py-2.5">
            <dt className="text-13 font-medium text-ink-2">{words.tiles[name]}</dt>
            <dd className="figures text-20 font-semibold">{said[name].figure}</dd>
            <dd className="text-13 leading-4 text-ink-3">{said[name].below}</dd>
          </div>
        ))}
      </dl>
      <details className="group mt-2 print:hidden">
        <summary className="inline-flex h-8 cursor-pointer list-none items-center gap-1 rounded-md pr-2 text-13 text-ink-3 hover:text-ink">
          <ChevronRight className="size-4 group-open:rotate-90" />
          {words.means}
        </summary>
        <Meanings numbers={numbers} />
      </details>
      <div className="mt-3 hidden print:block">
        <Meanings numbers={numbers} />
      </div>
    </section>
  )
}

function Meanings({ numbers }: { numbers: MembershipNumbers }) {
  return (
    <dl className="grid gap-x-8 gap-y-2 pb-1 text-13 wide:grid-cols-2">
      {NAMES.map((name) => (
        <div key={name}>
          <dt className="font-medium text-ink-2">{words.tiles[name]}</dt>
          <dd className="text-ink-3">{numbers.definitions[name]}</dd>
        </div>
      ))}
    </dl>
  )
}

function sayFigures({ months }: MembershipNumbers, locale: string): Record<Name, { figure: string; below: string }> {
  const [whole, now] = [months.at(-2), months.at(-1)]
  const count = (n: number | undefined) => ({ figure: sayCount(n ?? 0, locale), below: words.thisMonth })
  const unpriced = now?.unpriced ?? 0
  return {
    members: { ...count(now?.members), below: words.now },
    joined: count(now?.joined),
    left: count(now?.left),
    net: { figure: saySigned(now?.net ?? 0, locale), below: words.thisMonth },
    // Of the last month that is over: the one that runs would look better than it will be.
    churn: {
      figure: whole?.churn == null ? words.none : sayPercent(whole.churn, locale),
      below: whole === undefined ? '' : words.in(sayMonth(whole.month, locale)),
    },
    mrr: {
      figure: now === undefined ? words.none : sayMoney(now.mrr, locale),
      below: unpriced === 0 ? words.now : words.unpriced(sayCount(unpriced, locale), unpriced),
    },
  }
}

export function sayPercent(part: number, locale: string, digits = 1): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(part)
}

export function saySigned(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }).format(count)
}
