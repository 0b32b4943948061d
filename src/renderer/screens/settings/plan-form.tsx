// What a plan is called, how many people it covers, in which hours, how often, and whether before the first payment.
import { useState } from 'react'
import type { Plan } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { accessWords } from '../../messages/access-en.ts'
import { salesWords as words } from '../../messages/sales-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'

const PERIODS = ['month', 'term'] as const

export function PlanForm({ plan, onDone }: { plan: Plan; onDone: () => void }) {
  const known = useReading('hours.list', {}).value ?? []
  const [name, setName] = useState(plan.name)
  const [seats, setSeats] = useState(plan.seats === null ? '' : String(plan.seats))
  const [days, setDays] = useState(String(plan.provisionalDays))
  const [hours, setHours] = useState(plan.hours ?? '')
  const [visits, setVisits] = useState(plan.visits === null ? '' : String(plan.visits))
  const [visitsPer, setVisitsPer] = useState(plan.visitsPer)
  const deed = useDeed()

  async function save(): Promise<void> {
    const args = {
      id: plan.id,
      name,
      seats: seats === '' ? null : Number(seats),
      provisionalDays: Number(days),
      hours: hours === '' ? null : hours,
      visits: visits === '' ? null : Number(visits),
      visitsPer,
    }
    const changes = ['plans.list', 'mapping.get', 'members.list', 'hours.list', 'doors.list', 'members.get'] as const
    const outcome = await deed.run('plans.save', args, ...changes)
    if (outcome.ok) onDone()
  }

  return (
    <Form className="grid grid-cols-1 gap-4 pb-1 sm:grid-cols-3" onSubmit={save}>
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
      <SelectField label={accessWords.planHours} value={hours} onChange={(event) => setHours(event.target.value)}>
        <option value="">{accessWords.allHours}</option>
        {known.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </SelectField>
      <TextField
        label={accessWords.visits}
        type="number"
        min={1}
        max={1_000}
        placeholder={accessWords.visitsAny}
        value={visits}
        onChange={(event) => setVisits(event.target.value)}
      />
      <SelectField
        label={accessWords.visitsPer}
        disabled={visits === ''}
        value={visitsPer}
        onChange={(event) => setVisitsPer(PERIODS.find((one) => one === event.target.value) ?? 'month')}
      >
        {PERIODS.map((one) => (
          <option key={one} value={one}>
            {accessWords.per[one]}
          </option>
        ))}
      </SelectField>
      {visits !== '' && <p className="text-13 text-ink-3 sm:col-span-3">{accessWords.visitsHelp}</p>}
      <div className="flex flex-col items-start gap-3 sm:col-span-3">
        <RefusalLine refusal={deed.refusal} />
        <Button rank="primary" type="submit" disabled={deed.busy}>
          {words.save}
        </Button>
      </div>
    </Form>
  )
}
