// Which plans open something, and each in which hours: every plan, or those that are ticked.
import { useId } from 'react'
import type { Plan } from '../../../preload/shapes.ts'
import type { Hours, PlanAccess } from '../../../preload/shapes-access.ts'
import { CheckLine, inputClass } from '../../components/field.tsx'
import { sayCount } from '../../format/money.ts'
import { accessWords as words } from '../../messages/access-en.ts'
import { doorWords } from '../../messages/doors-en.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

type Props = {
  label: string
  /** What is ticked is kept while every plan is chosen. */
  every: boolean
  chosen: readonly PlanAccess[]
  onChange: (every: boolean, chosen: readonly PlanAccess[]) => void
}

export function PlanChoice({ label, every, chosen, onChange }: Props) {
  const plans = useReading('plans.list', {}).value
  const hours = useReading('hours.list', {}).value ?? []
  const name = useId()
  const without = (id: string) => chosen.filter(({ plan }) => plan !== id)
  return (
    <fieldset className="-mx-2">
      <legend className="sr-only">{label}</legend>
      <CheckLine
        type="radio"
        name={name}
        checked={every}
        onChange={() => onChange(true, chosen)}
        label={doorWords.plansEvery}
      />
      <CheckLine
        type="radio"
        name={name}
        checked={!every}
        onChange={() => onChange(false, chosen)}
        label={doorWords.plansSome}
      />
      <div className="ml-8">
        {plans?.length === 0 && <p className="px-2 text-14 text-ink-3">{doorWords.plansNone}</p>}
        {plans?.map((plan) => {
          const access = chosen.find((one) => one.plan === plan.id)
          return (
            <PlanChoiceLine
              key={plan.id}
              plan={plan}
              hours={hours}
              disabled={every}
              access={every ? undefined : access}
              onTick={(ticked) =>
                onChange(every, ticked ? [...without(plan.id), { plan: plan.id, hours: null }] : without(plan.id))
              }
              onHours={(id) => onChange(every, [...without(plan.id), { plan: plan.id, hours: id }])}
            />
          )
        })}
      </div>
    </fieldset>
  )
}

type LineProps = {
  plan: Plan
  hours: readonly Hours[]
  disabled: boolean
  access: PlanAccess | undefined
  onTick: (ticked: boolean) => void
  onHours: (id: string | null) => void
}

function PlanChoiceLine({ plan, hours, disabled, access, onTick, onHours }: LineProps) {
  const { locale } = useVoice()
  const own = hours.find(({ id }) => id === plan.hours)
  const inForce = hours.find(({ id }) => id === (access?.hours ?? plan.hours))
  return (
    <div>
      <CheckLine
        type="checkbox"
        disabled={disabled}
        checked={access !== undefined}
        onChange={({ target }) => onTick(target.checked)}
        label={
          <span className="flex justify-between gap-3">
            <span>{plan.name}</span>
            <span className="text-13 text-ink-3">
              {doorWords.planMembers(sayCount(plan.members, locale), plan.members === 1)}
            </span>
          </span>
        }
      />
      {access !== undefined && hours.length > 0 && (
        <div className="mr-2 mb-2 ml-10 flex flex-col gap-1">
          <select
            aria-label={words.hoursOf(plan.name)}
            className={inputClass}
            value={access.hours ?? ''}
            onChange={({ target }) => onHours(target.value === '' ? null : target.value)}
          >
            <option value="">{own === undefined ? words.allHours : words.ownHours(own.name)}</option>
            {hours.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          {inForce !== undefined && <p className="text-13 text-ink-3">{inForce.says}</p>}
        </div>
      )}
    </div>
  )
}
