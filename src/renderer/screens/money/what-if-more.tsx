// Rules that are tried less often: pauses, how long old data lasts, a plan's hours at a door. And what a rule is made of.
import type { Settings } from '../../../preload/shapes.ts'
import type { RuleChangeAsked } from '../../../preload/shapes-what-if.ts'
import { DoorSelect } from '../../components/door-select.tsx'
import { CheckLine, SelectField, TextField } from '../../components/field.tsx'
import { salesWords } from '../../messages/sales-en.ts'
import { whatIfWords as words } from '../../messages/what-if-en.ts'
import { useReading } from '../../state/readings.ts'

/** As it is typed. `days` empty: as it is; `plan` null: as it is. */
export type Rule = {
  graceDays: Record<'card' | 'bank-debit' | 'manual', string>
  endOfDay: boolean
  pauseOpens: Settings['pauseOpens']
  allowance: { door: string | null; days: string }
  planHours: { plan: string | null; door: string | null; schedule: string | null }
}

export function ruleNow(settings: Settings): Rule {
  const { card, 'bank-debit': debit, manual } = settings.graceDays
  return {
    graceDays: { card: String(card), 'bank-debit': String(debit), manual: String(manual) },
    endOfDay: settings.endOfDay,
    pauseOpens: settings.pauseOpens,
    allowance: { door: null, days: '' },
    planHours: { plan: null, door: null, schedule: null },
  }
}

/** What was tried last, so that whoever comes back finds it. */
export function asTried(settings: Settings, change: RuleChangeAsked = {}): Rule {
  const now = ruleNow(settings)
  const days = Object.entries(change.graceDays ?? {}).map(([method, one]) => [method, String(one)])
  return {
    ...now,
    graceDays: { ...now.graceDays, ...Object.fromEntries(days) },
    endOfDay: change.endOfDay ?? now.endOfDay,
    pauseOpens: { ...now.pauseOpens, ...(change.pauseOpens as Partial<Rule['pauseOpens']>) },
    allowance:
      change.allowance === undefined
        ? now.allowance
        : { door: change.allowance.door, days: String(change.allowance.days ?? '') },
    planHours: change.planHours ?? now.planHours,
  }
}

const KINDS = ['collection', 'requested', 'trial-end', 'system'] as const

export function MoreRules({ rule, onChange }: { rule: Rule; onChange: (change: Partial<Rule>) => void }) {
  const { allowance, planHours, pauseOpens } = rule
  const plans = useReading('plans.list', {}).value ?? []
  const schedules = useReading('hours.list', {}).value ?? []
  return (
    <details className="-mx-2">
      <summary className="w-fit cursor-pointer rounded-md px-2 py-1.5 text-14 font-medium text-ink-2 hover:bg-hover">
        {words.more}
      </summary>
      <div className="flex flex-col gap-4 px-2 pt-2">
        <fieldset className="-mx-2">
          <legend className="px-2 pb-1 text-13 font-medium text-ink-2">{words.pauses}</legend>
          {KINDS.map((kind) => (
            <CheckLine
              key={kind}
              type="checkbox"
              checked={pauseOpens[kind]}
              onChange={({ target }) => onChange({ pauseOpens: { ...pauseOpens, [kind]: target.checked } })}
              label={salesWords.pauseKinds[kind]}
            />
          ))}
        </fieldset>
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
          <TextField
            label={words.allowance}
            suffix={words.days}
            help={words.allowanceHelp}
            type="number"
            min={0}
            max={365}
            value={allowance.days}
            onChange={({ target }) => onChange({ allowance: { ...allowance, days: target.value } })}
          />
          <DoorSelect
            label={words.allowanceDoor}
            none={words.everyDoor}
            chosen={allowance.door}
            onChoose={(door) => onChange({ allowance: { ...allowance, door } })}
          />
        </div>
        <fieldset className="grid grid-cols-1 gap-4 sm:grid-cols-3">
          <legend className="pb-1 text-13 font-medium text-ink-2">{words.hours}</legend>
          <SelectField
            label={words.plan}
            value={planHours.plan ?? ''}
            onChange={({ target }) => onChange({ planHours: { ...planHours, plan: target.value || null } })}
          >
            <option value="">{words.noPlan}</option>
            {plans.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <DoorSelect
            label={words.hoursDoor}
            none={words.chooseDoor}
            chosen={planHours.door}
            onChoose={(door) => onChange({ planHours: { ...planHours, door } })}
          />
          <SelectField
            label={words.hoursIn}
            value={planHours.schedule ?? ''}
            onChange={({ target }) => onChange({ planHours: { ...planHours, schedule: target.value || null } })}
          >
            <option value="">{words.allHours}</option>
            {schedules.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        </fieldset>
      </div>
    </details>
  )
}
