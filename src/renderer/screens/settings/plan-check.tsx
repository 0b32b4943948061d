// What is wrong with the plans, held against Stripe: asked only once somebody opens it.
import { CircleCheck, Info, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { PlanLint } from '../../../preload/shapes-plans.ts'
import { Button } from '../../components/button.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { planWords as words } from '../../messages/plans-en.ts'
import { renew, useReading } from '../../state/readings.ts'
import { CreateInStripe } from './create-in-stripe.tsx'

type Finding = PlanLint['findings'][number]

export function PlanCheck({ onChange }: { onChange: (plan: { id: string; name: string }) => void }) {
  const [open, setOpen] = useState(false)
  const { value, refusal } = useReading('plans.lint', open ? {} : null)
  return (
    <div className="mt-4 flex flex-col gap-3">
      <Button
        className="self-start"
        aria-expanded={open}
        onClick={() => {
          if (open) renew('plans.lint')
          setOpen(true)
        }}
      >
        {open ? words.checkAgain : words.check}
      </Button>
      {open && (
        <div role="status" className="flex flex-col gap-3">
          {value === null && refusal === null && <p className="text-14 text-ink-3">{words.checking}</p>}
          <RefusalLine refusal={refusal} />
          {value !== null && value.findings.length === 0 && (
            <p className="flex items-center gap-2 text-14 text-granted-ink">
              <CircleCheck className="size-4" />
              {words.allWell}
            </p>
          )}
          {value !== null && value.findings.length > 0 && (
            <ul className="divide-y divide-line rounded-md border border-line">
              {value.findings.map((finding) => (
                <FindingLine key={`${finding.kind} ${finding.sentence}`} finding={finding} onChange={onChange} />
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  )
}

function FindingLine({
  finding: { level, sentence, plan, canCreate },
  onChange,
}: {
  finding: Finding
  onChange: (plan: { id: string; name: string }) => void
}) {
  const [Icon, ink, word] =
    level === 'problem' ? [TriangleAlert, 'text-grace-ink', words.problem] : [Info, 'text-ink-3', words.hint]
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <p className="flex min-w-0 flex-[1_1_300px] items-start gap-2 text-14">
        <Icon className={`mt-0.5 size-4 shrink-0 ${ink}`} strokeWidth={2.25} />
        <span>
          <span className="sr-only">{word}: </span>
          {sentence}
        </span>
      </p>
      {plan !== null && canCreate && <CreateInStripe plan={plan} />}
      {plan !== null && (
        <Button size="small" rank="quiet" aria-label={words.costsOf(plan.name)} onClick={() => onChange(plan)}>
          {words.costs}
        </Button>
      )}
    </li>
  )
}
