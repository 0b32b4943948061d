// "Extend until…": where, until which day, and why.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { localDay } from '../../format/moments.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { outageWords as words } from '../../messages/outage-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

const WEEK_MS = 7 * 86_400_000

export function ExtendOutage({ onDone }: { onDone: () => void }) {
  const doors = useReading('doors.list', {}).value
  const voice = useVoice()
  const [day, setDay] = useState(localDay(deskNow() + WEEK_MS, voice))
  const [door, setDoor] = useState('')
  const [why, setWhy] = useState('')
  const deed = useDeed()
  async function extend(): Promise<void> {
    const args = { door: door === '' ? null : door, until: day, why }
    const outcome = await deed.run('outage.extend', args, 'outage.forecast', 'members.get')
    if (outcome.ok) onDone()
  }
  return (
    <Form onSubmit={extend}>
      <p className="text-14 text-ink-2">{words.extendAbout}</p>
      <div className="flex gap-3">
        <TextField
          label={words.untilDay}
          type="date"
          required
          autoFocus
          value={day}
          onChange={(event) => setDay(event.target.value)}
          className="flex-1"
        />
        <SelectField
          label={words.where}
          value={door}
          onChange={(event) => setDoor(event.target.value)}
          className="flex-1"
        >
          <option value="">{words.everyDoor}</option>
          {doors?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField label={words.why} required value={why} onChange={(event) => setWhy(event.target.value)} />
      <RefusalLine refusal={deed.refusal} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>{commonWords.cancel}</Button>
        <Button rank="primary" type="submit" disabled={deed.busy}>
          {words.extendDo}
        </Button>
      </div>
    </Form>
  )
}
