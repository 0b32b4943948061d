// The rule to try, in plain words, beside what holds now. What is left as it is is not asked for.
import { Square } from 'lucide-react'
import { useState } from 'react'
import type { Settings } from '../../../preload/shapes.ts'
import type { RuleChangeAsked } from '../../../preload/shapes-what-if.ts'
import { Button } from '../../components/button.tsx'
import { CheckLine, SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/page.tsx'
import { sayCount } from '../../format/money.ts'
import { whatIfWords as words } from '../../messages/what-if-en.ts'
import { useVoice } from '../../state/voice.ts'
import { stopTrying, tryRule, useWhatIf } from '../../state/what-if.ts'
import { asTried, MoreRules, type Rule, ruleNow } from './what-if-more.tsx'

const METHODS = ['card', 'bank-debit', 'manual'] as const
const BACK = [30, 60, 90] as const

export function RuleForm({ settings }: { settings: Settings }) {
  const tried = useWhatIf(({ tried }) => tried)
  const [rule, setRule] = useState<Rule>(() => asTried(settings, tried?.change))
  const [days, setDays] = useState<number>(tried?.days ?? 90)
  const running = useWhatIf(({ id }) => id !== null)
  const set = (change: Partial<Rule>) => setRule({ ...rule, ...change })
  return (
    <Section title={words.title} about={words.about}>
      <Form onSubmit={() => tryRule({ days, change: changeOf(rule, settings) })}>
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
          {METHODS.map((method) => {
            const now = settings.graceDays[method]
            return (
              <TextField
                key={method}
                label={words.grace[method]}
                suffix={words.days}
                type="number"
                min={0}
                max={365}
                step={1}
                required
                value={rule.graceDays[method]}
                help={Number(rule.graceDays[method]) === now ? words.now(now) : words.isChanged(now)}
                onChange={({ target }) => set({ graceDays: { ...rule.graceDays, [method]: target.value } })}
              />
            )
          })}
        </div>
        <CheckLine
          className="-mx-2"
          type="checkbox"
          checked={rule.endOfDay}
          onChange={({ target }) => set({ endOfDay: target.checked })}
          label={words.endOfDay}
          help={words.endOfDayNow(settings.endOfDay)}
        />
        <MoreRules rule={rule} onChange={set} />
        <div className="flex flex-wrap items-end gap-3 print:hidden">
          <SelectField
            label={words.back}
            value={days}
            onChange={({ target }) => setDays(Number(target.value))}
            className="w-32"
          >
            {BACK.map((one) => (
              <option key={one} value={one}>
                {words.backDays(one)}
              </option>
            ))}
          </SelectField>
          <Button type="submit" rank="primary" disabled={running}>
            {words.tryIt}
          </Button>
          <Button rank="quiet" onClick={() => setRule(ruleNow(settings))}>
            {words.reset}
          </Button>
          {running && <Progress />}
        </div>
      </Form>
    </Section>
  )
}

function Progress() {
  const progress = useWhatIf((facts) => facts.progress)
  const { locale } = useVoice()
  const { done, of } = progress ?? { done: 0, of: 0 }
  return (
    <div className="flex min-h-10 min-w-64 flex-1 items-center gap-3">
      <div
        role="progressbar"
        aria-label={words.trying}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={of > 0 ? Math.round((100 * done) / of) : undefined}
        className="h-2 min-w-24 flex-1 overflow-hidden rounded-full bg-sunken"
      >
        <div className="h-full bg-accent-fill" style={{ width: `${of > 0 ? (100 * done) / of : 0}%` }} />
      </div>
      <span className="figures text-13 text-ink-3">
        {of > 0 ? words.done(sayCount(done, locale), sayCount(of, locale)) : words.trying}
      </span>
      <Button size="small" onClick={() => void stopTrying()}>
        <Square className="size-3.5" />
        {words.stop}
      </Button>
    </div>
  )
}

/** Only what differs from what holds now: the rest stays as it was at each swipe. */
function changeOf(rule: Rule, settings: Settings): RuleChangeAsked {
  const grace = METHODS.filter((method) => Number(rule.graceDays[method]) !== settings.graceDays[method])
  const { allowance, planHours, pauseOpens } = rule
  const pauses = Object.entries(pauseOpens).filter(
    ([kind, opens]) => opens !== settings.pauseOpens[kind as keyof typeof pauseOpens],
  )
  return {
    ...(grace.length > 0 && {
      graceDays: Object.fromEntries(grace.map((method) => [method, Number(rule.graceDays[method])])),
    }),
    ...(rule.endOfDay !== settings.endOfDay && { endOfDay: rule.endOfDay }),
    ...(pauses.length > 0 && { pauseOpens: Object.fromEntries(pauses) }),
    ...(allowance.days !== '' && { allowance: { door: allowance.door, days: Number(allowance.days) } }),
    ...(planHours.plan !== null &&
      planHours.door !== null && {
        planHours: { plan: planHours.plan, door: planHours.door, schedule: planHours.schedule },
      }),
  }
}
