// Membership numbers: who joined, left and stayed, what memberships bring, how often people come, and when.
import { Printer, Users } from 'lucide-react'
import type { MembershipNumbers } from '../../../preload/shapes-numbers.ts'
import { Button } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { inputClass } from '../../components/field.tsx'
import { Later } from '../../components/later.tsx'
import { Moment } from '../../components/moment.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { PillLinks } from '../../components/pill-links.tsx'
import { commonWords } from '../../messages/frame-en.ts'
import { numbersWords as words } from '../../messages/numbers-en.ts'
import { goTo } from '../../state/late-view.ts'
import { type NumbersView, numbersLink, useNumbersView } from '../../state/numbers-view.ts'
import { useSteadyReading } from '../../state/readings.ts'
import { useDesk } from '../../state/voice.ts'
import { CohortTable } from './numbers-cohorts.tsx'
import { NumberFigures } from './numbers-figures.tsx'
import { MonthsPart } from './numbers-months.tsx'
import { PlanTable } from './numbers-plans.tsx'
import { VisitsPart } from './numbers-visits.tsx'

export function NumbersPart() {
  const view = useNumbersView()
  const { value: numbers, refusal } = useSteadyReading('numbers.membership', view.which)
  if (numbers === null)
    return refusal === null ? (
      <Later>
        <div role="status" aria-label={commonWords.loading} className="breathe flex flex-col gap-5">
          <div className="card h-26" />
          <div className="card h-90" />
        </div>
      </Later>
    ) : (
      <RefusalLine refusal={refusal} />
    )
  return (
    <article className="print-sheet flex flex-col gap-5">
      <Head numbers={numbers} view={view} />
      <RefusalLine refusal={refusal} />
      {numbers.plans.length === 0 ? (
        <div className="card">
          <Empty icon={Users} title={words.nobody} />
        </div>
      ) : (
        <>
          <NumberFigures numbers={numbers} />
          <MonthsPart numbers={numbers} view={view} />
          <PlanTable numbers={numbers} />
          <CohortTable numbers={numbers} />
        </>
      )}
      <VisitsPart />
    </article>
  )
}

function Head({ numbers, view }: { numbers: MembershipNumbers; view: NumbersView }) {
  const space = useDesk()?.spaceName
  return (
    <header className="-mt-2 flex flex-wrap print:mt-0 items-center gap-3">
      <h2 className="hidden text-20 font-semibold print:block">
        {space}: {words.title}
        {numbers.plan !== null && `, ${numbers.plan.name}`}
      </h2>
      <p className="text-14 text-ink-2">
        {words.asOf} <Moment at={numbers.asOf} />
        <span className="hidden print:inline"> ({numbers.currency.toUpperCase()})</span>
      </p>
      <div className="ml-auto flex flex-wrap items-center gap-3 print:hidden">
        {numbers.currencies.length > 1 && (
          <PillLinks
            label={words.currencies}
            links={numbers.currencies.map((one) => ({
              key: one,
              words: one.toUpperCase(),
              href: numbersLink(view, { currency: one }),
              here: one === numbers.currency,
            }))}
          />
        )}
        <select
          aria-label={words.plan}
          value={numbers.plan?.id ?? ''}
          onChange={({ target }) => goTo(numbersLink(view, { plan: target.value }))}
          className={`${inputClass} h-8! w-auto!`}
        >
          <option value="">{words.everyPlan}</option>
          {numbers.plans.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <Button size="small" onClick={() => window.print()}>
          <Printer className="size-4" />
          {words.print}
        </Button>
      </div>
    </header>
  )
}
