// Plans: their names, how many people each covers, and whether it opens before the first payment is through.
import { useState } from 'react'
import type { Plan } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { sayCount } from '../../format/money.ts'
import { salesWords as words } from '../../messages/sales-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

export function PlanSettings() {
  const { value: plans } = useReading('plans.list', {})
  if (plans === null || plans.length === 0) return null
  return (
    <Section title={words.plans} about={words.plansAbout} id="plan-list">
      <ul className="divide-y divide-line rounded-md border border-line">
        {plans.map((plan) => (
          <PlanLine key={`${plan.id} ${plan.name} ${plan.seats} ${plan.provisionalDays}`} plan={plan} />
        ))}
      </ul>
    </Section>
  )
}

function PlanLine({ plan }: { plan: Plan }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState(plan.name)
  const [seats, setSeats] = useState(plan.seats === null ? '' : String(plan.seats))
  const [days, setDays] = useState(String(plan.provisionalDays))
  const deed = useDeed()
  const { locale } = useVoice()

  async function save(): Promise<void> {
    const args = { id: plan.id, name, seats: seats === '' ? null : Number(seats), provisionalDays: Number(days) }
    const outcome = await deed.run('plans.save', args, 'plans.list', 'mapping.get', 'members.list')
    if (outcome.ok) setOpen(false)
  }

  return (
    <li className="flex flex-col gap-3 px-4 py-2.5">
      <div className="flex items-center justify-between gap-3">
        <p className="min-w-0">
          <span className="block truncate text-14 font-medium">{plan.name}</span>
          <span className="block text-13 text-ink-3">{words.members(sayCount(plan.members, locale))}</span>
        </p>
        <Button size="small" rank="quiet" aria-label={`${words.change}: ${plan.name}`} onClick={() => setOpen(!open)}>
          {words.change}
        </Button>
      </div>
      {open && (
        <form
          className="grid grid-cols-1 items-end gap-4 pb-1 sm:grid-cols-[1fr_7rem_9rem_auto]"
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <TextField label={words.name} required value={name} onChange={(event) => setName(event.target.value)} />
          <TextField
            label={words.seats}
            type="number"
            min={1}
            placeholder={words.seatsByStripe}
            value={seats}
            onChange={(event) => setSeats(event.target.value)}
          />
          <TextField
            label={words.provisional}
            type="number"
            min={0}
            max={60}
            required
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
          <Button rank="primary" type="submit" disabled={deed.busy}>
            {words.save}
          </Button>
        </form>
      )}
      <RefusalLine refusal={deed.refusal} />
    </li>
  )
}
