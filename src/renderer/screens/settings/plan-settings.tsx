// Plans: each with what it is, costs and gives; new ones, the template, and what is wrong with them.
import { useState } from 'react'
import type { Plan } from '../../../preload/shapes.ts'
import type { PlanOffer } from '../../../preload/shapes-sign-up.ts'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { sayCount } from '../../format/money.ts'
import { sayPrice } from '../../format/price.ts'
import { accessWords } from '../../messages/access-en.ts'
import { planWords } from '../../messages/plans-en.ts'
import { salesWords as words } from '../../messages/sales-en.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'
import { NewPlan } from './new-plan.tsx'
import { PlanCheck } from './plan-check.tsx'
import { PlanForm } from './plan-form.tsx'
import { PlanGivesForm } from './plan-gives-form.tsx'
import { PlanSaleForm } from './plan-sale-form.tsx'
import { PlanTemplateDialog } from './plan-template.tsx'

type Asked = { what: 'costs' | 'gives'; plan: { id: string; name: string } } | 'template' | null

export function PlanSettings() {
  const { value: plans } = useReading('plans.list', {})
  const offers = useReading('signUps.plans', {}).value ?? []
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  if (plans === null) return null
  return (
    <Section title={words.plans} about={words.plansAbout} id="plan-list">
      {plans.length > 0 && (
        <ul className="mb-4 divide-y divide-line rounded-md border border-line">
          {plans.map((plan) => (
            <PlanLine
              key={plan.id}
              plan={plan}
              offer={offers.find(({ id }) => id === plan.id)}
              onAsk={(what) => setAsked({ what, plan })}
            />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-3">
        <NewPlan />
        <Button onClick={() => setAsked('template')}>{planWords.template}</Button>
      </div>
      {plans.length > 0 && <PlanCheck onChange={(plan) => setAsked({ what: 'costs', plan })} />}
      {asked === 'template' && <PlanTemplateDialog onClose={close} />}
      {asked !== null && asked !== 'template' && asked.what === 'costs' && (
        <PlanSaleForm plan={asked.plan} onClose={close} />
      )}
      {asked !== null && asked !== 'template' && asked.what === 'gives' && (
        <PlanGivesForm plan={asked.plan} onClose={close} />
      )}
    </Section>
  )
}

type LineProps = { plan: Plan; offer: PlanOffer | undefined; onAsk: (what: 'costs' | 'gives') => void }

function PlanLine({ plan, offer, onAsk }: LineProps) {
  const [open, setOpen] = useState(false)
  const hours = useReading('hours.list', {}).value ?? []
  const { locale } = useVoice()
  const facts = [
    words.members(sayCount(plan.members, locale)),
    offer?.price ? sayPrice(offer.price, locale) : undefined,
    hours.find(({ id }) => id === plan.hours)?.says,
    plan.visits === null ? undefined : accessWords.visitsOf(plan.visits, plan.visitsPer),
    offer?.listed === false ? planWords.unlisted : undefined,
  ].filter((fact) => fact !== undefined)
  return (
    <li className="flex flex-col gap-3 px-4 py-2.5">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <p className="min-w-0 flex-[1_1_200px]">
          <span className="block truncate text-14 font-medium">{plan.name}</span>
          <span className="block text-13 text-ink-3">{facts.join(' · ')}</span>
        </p>
        <div className="flex gap-1">
          <Button size="small" rank="quiet" aria-label={planWords.costsOf(plan.name)} onClick={() => onAsk('costs')}>
            {planWords.costs}
          </Button>
          <Button size="small" rank="quiet" aria-label={planWords.givesOf(plan.name)} onClick={() => onAsk('gives')}>
            {planWords.gives}
          </Button>
          <Button size="small" rank="quiet" aria-label={`${words.change}: ${plan.name}`} onClick={() => setOpen(!open)}>
            {words.change}
          </Button>
        </div>
      </div>
      {open && <PlanForm plan={plan} onDone={() => setOpen(false)} />}
    </li>
  )
}
