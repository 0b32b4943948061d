// When the report goes by itself, and to whom.
import type { ReportMailState } from '../../../preload/shapes-report-mail.ts'
import { Button } from '../../components/button.tsx'
import { CheckLine, SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { byMailWords as words } from '../../messages/by-mail-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useDraft } from '../../state/draft.ts'
import { useVoice } from '../../state/voice.ts'

const DAYS = [1, 2, 3, 4, 5, 6, 7]
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
/** That year began with a Monday. */
const dayOf = (weekday: number) => Date.UTC(2024, 0, weekday)

type Props = Pick<ReportMailState, 'settings' | 'staff'> & { saved: boolean; onSaved: () => void }

function fieldsOf(settings: ReportMailState['settings']) {
  return { ...settings, to: settings.to.join(', ') }
}

export function ByMailForm({ settings, staff, saved, onSaved }: Props) {
  const { draft: form, change: set, changed } = useDraft(fieldsOf(settings))
  const deed = useDeed()
  const { locale } = useVoice()
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })

  async function save(): Promise<void> {
    const to = form.to.split(/[,;\s]+/).filter((address) => address !== '')
    const outcome = await deed.run('report.setMail', { ...form, to }, 'report.mail')
    if (!outcome.ok) return
    // As it is kept now.
    set(fieldsOf(outcome.value.settings))
    onSaved()
  }

  return (
    <Form onSubmit={save}>
      <CheckLine
        label={words.on}
        type="checkbox"
        checked={form.on}
        onChange={(event) => set({ on: event.target.checked })}
        className="-mx-2"
      />
      <div className="grid grid-cols-2 gap-4 sm:max-w-[360px]">
        <SelectField
          label={words.weekday}
          value={form.weekday}
          onChange={(event) => set({ weekday: Number(event.target.value) })}
        >
          {DAYS.map((day) => (
            <option key={day} value={day}>
              {weekday.format(dayOf(day))}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={words.hour}
          value={form.hour}
          onChange={(event) => set({ hour: Number(event.target.value) })}
        >
          {HOURS.map((hour) => (
            <option key={hour} value={hour}>
              {`${String(hour).padStart(2, '0')}:00`}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField
        label={words.to}
        help={words.toHelp}
        inputMode="email"
        value={form.to}
        onChange={(event) => set({ to: event.target.value })}
      />
      {form.to.trim() === '' && staff.length > 0 && (
        <Button size="small" className="self-start" onClick={() => set({ to: staff.join(', ') })}>
          {words.toStaff}
        </Button>
      )}
      <SaveRow deed={deed} saved={saved} changed={changed} />
    </Form>
  )
}
