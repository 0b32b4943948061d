// What a plan gives besides doors and visits: a few lines, each with how many and when they are new.
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { PlanSaleView } from '../../../preload/shapes-plans.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { commonWords } from '../../messages/frame-en.ts'
import { planWords as words } from '../../messages/plans-en.ts'
import { fieldsOf, useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'

type Props = { plan: { id: string; name: string }; onClose: () => void }
/** `key` keeps a line what it is while others go; `id` is missing on a new one. */
type Line = { key: number; id?: string; name: string; amount: string; per: 'month' | 'term' }
const PERS = ['month', 'term'] as const

export function PlanGivesForm({ plan, onClose }: Props) {
  const { value, refusal } = useReading('plans.sale', { plan: plan.id })
  return (
    <Dialog open onClose={onClose} wide locked title={words.givesTitle(plan.name)} about={words.givesAbout}>
      <RefusalLine refusal={refusal} />
      {value === null ? refusal === null && <SkeletonRows rows={3} /> : <Lines sale={value} onClose={onClose} />}
    </Dialog>
  )
}

function Lines({ sale, onClose }: { sale: PlanSaleView; onClose: () => void }) {
  const [lines, setLines] = useState<readonly Line[]>(
    sale.allowances.map((one, key) => ({ ...one, amount: String(one.amount), key })),
  )
  const deed = useDeed()
  const faults = fieldsOf(deed.refusal)
  const put = (key: number, change: Partial<Line>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...change } : line)))
  const add = () =>
    setLines([...lines, { key: Math.max(-1, ...lines.map(({ key }) => key)) + 1, name: '', amount: '1', per: 'month' }])

  async function save(): Promise<void> {
    const allowances = lines.map(({ id, name, amount, per }) => ({
      ...(id === undefined ? {} : { id }),
      name,
      amount: Number(amount),
      per,
    }))
    const args = { plan: sale.plan, allowances }
    const outcome = await deed.run('plans.setAllowances', args, 'plans.sale', 'allowances.list')
    if (outcome.ok) onClose()
  }

  return (
    <Form onSubmit={save}>
      {lines.map((line, at) => (
        <fieldset key={line.key} className="flex items-start gap-3">
          <legend className="sr-only">{words.allowance(at + 1)}</legend>
          <div className="grid flex-1 grid-cols-1 gap-3 sm:grid-cols-[minmax(0,1fr)_96px_minmax(0,200px)]">
            <TextField
              label={words.allowanceName}
              placeholder={words.allowanceHint}
              required
              value={line.name}
              fault={faults?.[`name-${at}`]}
              onChange={(event) => put(line.key, { name: event.target.value })}
            />
            <TextField
              label={words.amount}
              type="number"
              min={1}
              max={1_000}
              required
              value={line.amount}
              onChange={(event) => put(line.key, { amount: event.target.value })}
            />
            <SelectField
              label={words.per}
              value={line.per}
              onChange={(event) => put(line.key, { per: PERS.find((one) => one === event.target.value) ?? 'month' })}
            >
              {PERS.map((one) => (
                <option key={one} value={one}>
                  {words.pers[one]}
                </option>
              ))}
            </SelectField>
          </div>
          <IconButton
            label={words.remove(at + 1)}
            className="mt-6"
            onClick={() => setLines(lines.filter(({ key }) => key !== line.key))}
          >
            <X className="size-4" />
          </IconButton>
        </fieldset>
      ))}
      <Button size="small" className="self-start" onClick={add}>
        <Plus className="size-4" />
        {words.add}
      </Button>
      <p className="text-13 text-ink-3">{words.shared}</p>
      <RefusalLine refusal={faults === null ? deed.refusal : null} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{commonWords.cancel}</Button>
        <Button rank="primary" type="submit" disabled={deed.busy}>
          {commonWords.save}
        </Button>
      </div>
    </Form>
  )
}
