// Days on which no hours begin. Those that are over stay in the list, and out of sight.
import { X } from 'lucide-react'
import { useState } from 'react'
import type { Holiday } from '../../../preload/shapes-access.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { KeptList } from '../../components/kept-line.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { localDay, sayLongDate } from '../../format/moments.ts'
import { accessWords as words } from '../../messages/access-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

export function HolidayList() {
  const holidays = useReading('holidays.get', {}).value
  const [day, setDay] = useState('')
  const [name, setName] = useState('')
  const deed = useDeed()
  const voice = useVoice()
  if (holidays === null) return null
  const today = localDay(deskNow(), voice)
  const coming = holidays.filter((one) => one.day >= today)

  async function write(wanted: Holiday[]): Promise<boolean> {
    const outcome = await deed.run('holidays.set', { holidays: wanted }, 'holidays.get', 'members.get')
    return outcome.ok
  }
  async function add(): Promise<void> {
    if (!(await write([...(holidays ?? []), { day, name }]))) return
    setDay('')
    setName('')
  }

  return (
    <div className="flex flex-col gap-3 border-t border-line pt-5">
      <div>
        <h3 className="text-14 font-semibold">{words.holidays}</h3>
        <p className="text-14 text-ink-3">{words.holidaysAbout}</p>
      </div>
      {coming.length === 0 ? (
        <p className="text-14 text-ink-3">{words.noHolidays}</p>
      ) : (
        <KeptList>
          {coming.map((one) => {
            const said = sayLongDate(one.day, voice.locale)
            return (
              <li key={one.day} className="flex min-h-10 items-center gap-3 px-4 py-1 text-14">
                <span className="min-w-0 flex-1 truncate font-medium">{one.name}</span>
                <time dateTime={one.day} className="text-13 text-ink-2">
                  {said}
                </time>
                <IconButton
                  label={words.removeHoliday(one.name, said)}
                  disabled={deed.busy}
                  onClick={() => void write(holidays.filter((other) => other.day !== one.day))}
                >
                  <X className="size-4" />
                </IconButton>
              </li>
            )
          })}
        </KeptList>
      )}
      <Form className="grid grid-cols-1 items-start gap-3 sm:grid-cols-[11rem_1fr_auto]" onSubmit={add}>
        <TextField
          label={words.day}
          type="date"
          required
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
        <TextField
          label={words.holidayName}
          placeholder={words.holidayHint}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={deed.busy} className="sm:mt-6.5">
          {words.addHoliday}
        </Button>
      </Form>
      <RefusalLine refusal={deed.refusal} />
    </div>
  )
}
