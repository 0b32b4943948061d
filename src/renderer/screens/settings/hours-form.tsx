// A week in a few lines: days as toggles, from when to when.
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { Hours, HoursWindow } from '../../../preload/shapes-access.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { Dialog } from '../../components/dialog.tsx'
import { inputClass, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { accessWords as words } from '../../messages/access-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'

/** `key` keeps a line what it is while others go. */
type Line = HoursWindow & { key: number }

const WEEKDAYS = [1, 2, 3, 4, 5]

/** `hours` null: new ones. */
export function HoursForm({ hours, onClose }: { hours: Hours | null; onClose: () => void }) {
  const [name, setName] = useState(hours?.name ?? '')
  const [lines, setLines] = useState<readonly Line[]>(
    (hours?.windows ?? [{ days: WEEKDAYS, from: '09:00', to: '18:00' }]).map((one, key) => ({ ...one, key })),
  )
  const deed = useDeed()

  async function save(): Promise<void> {
    const windows = lines.map(({ days, from, to }) => ({ days, from: from.trim(), to: to.trim() }))
    const args = { name, windows, ...(hours === null ? {} : { id: hours.id }) }
    const outcome = await deed.run('hours.save', args, 'hours.list', 'doors.list', 'members.get')
    if (outcome.ok) onClose()
  }
  const put = (key: number, change: Partial<HoursWindow>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...change } : line)))
  const add = () => {
    const free = words.dayNames.map((_, at) => at + 1).filter((day) => !lines.some(({ days }) => days.includes(day)))
    const key = Math.max(-1, ...lines.map((line) => line.key)) + 1
    setLines([...lines, { days: free, from: '10:00', to: '16:00', key }])
  }

  return (
    <Dialog open onClose={onClose} wide title={hours?.name ?? words.hoursTitle} about={words.hoursDialogAbout}>
      <Form onSubmit={save}>
        <TextField
          label={words.hoursName}
          placeholder={words.hoursNameHint}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <ul className="flex flex-col gap-3">
          {lines.map((line, at) => (
            <SpanLine
              key={line.key}
              n={at + 1}
              span={line}
              onChange={(change) => put(line.key, change)}
              onRemove={lines.length > 1 ? () => setLines(lines.filter(({ key }) => key !== line.key)) : null}
            />
          ))}
        </ul>
        <Button size="small" className="self-start" onClick={add}>
          <Plus className="size-4" />
          {words.addSpan}
        </Button>
        <p className="text-13 text-ink-3">{words.hoursHelp}</p>
        <RefusalLine refusal={deed.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="primary" type="submit" disabled={deed.busy}>
            {commonWords.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

type SpanProps = {
  n: number
  span: HoursWindow
  onChange: (change: Partial<HoursWindow>) => void
  /** null: the only one stays. */
  onRemove: (() => void) | null
}

function SpanLine({ n, span, onChange, onRemove }: SpanProps) {
  const { days, from, to } = span
  return (
    <li>
      <fieldset className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-line p-3">
        <legend className="sr-only">{words.span(n)}</legend>
        <div className="flex gap-1">
          {words.dayShort.map((short, at) => (
            <DayToggle
              key={short}
              short={short}
              name={words.dayNames[at] ?? short}
              on={days.includes(at + 1)}
              onToggle={() =>
                onChange({
                  days: days.includes(at + 1) ? days.filter((day) => day !== at + 1) : [...days, at + 1].sort(),
                })
              }
            />
          ))}
        </div>
        <div className="flex items-center gap-2">
          <ClockField label={words.from} value={from} onChange={(text) => onChange({ from: text })} />
          <span aria-hidden="true" className="text-ink-3">
            –
          </span>
          <ClockField label={words.to} value={to} onChange={(text) => onChange({ to: text })} />
        </div>
        {onRemove !== null && (
          <IconButton label={words.removeSpan(n)} className="ml-auto" onClick={onRemove}>
            <X className="size-4" />
          </IconButton>
        )}
      </fieldset>
    </li>
  )
}

function DayToggle({ short, name, on, onToggle }: { short: string; name: string; on: boolean; onToggle: () => void }) {
  return (
    <button
      type="button"
      aria-label={name}
      aria-pressed={on}
      onClick={onToggle}
      className={cx(
        'h-10 w-11 rounded-md border text-13 font-medium',
        on
          ? 'border-accent-fill bg-accent-fill text-on-accent'
          : 'border-line-strong bg-surface text-ink-2 hover:bg-hover',
      )}
    >
      {short}
    </button>
  )
}

/** In 24 hours, as everywhere here: a browser's own field would follow its own habits. */
function ClockField({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  return (
    <div className="w-18">
      <input
        aria-label={label}
        inputMode="numeric"
        maxLength={5}
        placeholder="09:00"
        autoComplete="off"
        className={cx(inputClass, 'figures px-1 text-center')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
