// Another plan: which, from when, and what it costs before anything is done.
import { useState } from 'react'
import type { ChangeMeaning } from '../../../preload/shapes-changes.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckLine, SelectField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { sayPrice } from '../../format/price.ts'
import { changeWords as words } from '../../messages/changes-en.ts'
import { useDeed } from '../../state/deed.ts'
import { renew, useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'
import { Bill, useFreshBill } from './change-bill.tsx'
import { CHANGED, type ChangeProps } from './change-forms.tsx'

const WHENS = [
  ['now', words.now, words.nowHelp],
  ['period-end', words.periodEnd, words.periodEndHelp],
] as const

export function ChangePlan({ membership: { id, plan: before }, onDone, onClose }: ChangeProps) {
  const { value: meaning, refusal } = useReading('changes.meaning', { id })
  const [plan, setPlan] = useState('')
  const [when, setWhen] = useState<'now' | 'period-end'>('now')
  const bill = useReading('changes.previewPlan', plan === '' ? null : { id, plan, when })
  useFreshBill()
  const deed = useDeed()

  async function change(): Promise<void> {
    if (bill.value === null) return
    const { due, asOf } = bill.value
    const outcome = await deed.run('changes.plan', { id, plan, when, due, asOf }, ...CHANGED)
    if (outcome.ok) onDone(outcome.value.says)
    // Where the amount has moved, the next preview shows it.
    else renew('changes.previewPlan')
  }

  return (
    <Dialog open onClose={onClose} title={words.planTitle(before)} about={words.planAbout}>
      <Form onSubmit={change}>
        <SelectField label={words.plan} value={plan} onChange={(event) => setPlan(event.target.value)}>
          <option value="" disabled>
            {meaning?.plans.length === 0 ? words.noPlans : words.choose}
          </option>
          {meaning?.plans.map((offer) => (
            <Offer key={offer.id} offer={offer} />
          ))}
        </SelectField>
        <fieldset className="-mx-2 flex flex-col">
          <legend className="mb-1 px-2 text-13 font-medium text-ink-2">{words.when}</legend>
          {WHENS.map(([value, label, help]) => (
            <CheckLine
              key={value}
              type="radio"
              name={`when-${id}`}
              checked={when === value}
              onChange={() => setWhen(value)}
              label={label}
              help={help}
            />
          ))}
        </fieldset>
        {plan !== '' && <Bill reading={bill} />}
        <RefusalLine refusal={deed.refusal ?? refusal} />
        <Button rank="primary" type="submit" disabled={deed.busy || bill.value === null} className="self-start">
          {words.change}
        </Button>
      </Form>
    </Dialog>
  )
}

function Offer({ offer: { id, name, price } }: { offer: ChangeMeaning['plans'][number] }) {
  const { locale } = useVoice()
  return <option value={id}>{price.amount === null ? name : `${name}, ${sayPrice(price, locale)}`}</option>
}
