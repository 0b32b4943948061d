// An event: when, at which doors, for whom, for how many at most.
import { useState } from 'react'
import type { SpaceEventRow } from '../../../preload/shapes-company.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { PeoplePicker } from '../../components/people-picker.tsx'
import { localMinute } from '../../format/moments.ts'
import { companyWords, eventWords as words } from '../../messages/company-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'
import { createSearch } from '../../state/search.ts'
import { useVoice } from '../../state/voice.ts'
import { AllOrSome } from './all-or-some.tsx'

const HOUR_MS = 3_600_000
const search = createSearch()

/** `known` null: a new one. */
export function EventForm({ known, onClose }: { known: SpaceEventRow | null; onClose: () => void }) {
  const voice = useVoice()
  const [next] = useState(() => (Math.floor(deskNow() / HOUR_MS) + 1) * HOUR_MS)
  const choices = useReading('doors.list', {}).value ?? []
  const [name, setName] = useState(known?.name ?? '')
  const [from, setFrom] = useState(localMinute(known === null ? next : Date.parse(known.from), voice))
  const end = known === null ? next + 3 * HOUR_MS : Date.parse(known.until)
  const [until, setUntil] = useState(localMinute(end, voice))
  const [everyDoor, setEveryDoor] = useState(known === null || known.doors.length === 0)
  const [doors, setDoors] = useState<readonly string[]>(known?.doors.map(({ id }) => id) ?? [])
  const [everyone, setEveryone] = useState(known === null || known.members === null)
  const [people, setPeople] = useState<{ id: string; name: string }[]>(known?.members ?? [])
  const [heads, setHeads] = useState(String(known?.heads ?? ''))
  const deed = useDeed()

  async function save(): Promise<void> {
    const args = {
      ...{ name, from, until },
      doors: everyDoor ? [] : [...doors],
      members: everyone ? null : people.map(({ id }) => id),
      heads: heads === '' ? null : Number(heads),
      ...(known === null ? {} : { id: known.id }),
    }
    const outcome = await deed.run('events.save', args, 'events.list', 'members.get')
    if (outcome.ok) onClose()
  }

  return (
    <Dialog open onClose={onClose} locked wide title={known?.name ?? words.addTitle} about={words.addAbout}>
      <Form onSubmit={save}>
        <TextField label={words.name} required value={name} onChange={({ target }) => setName(target.value)} />
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={words.from}
            type="datetime-local"
            required
            value={from}
            onChange={({ target }) => setFrom(target.value)}
          />
          <TextField
            label={words.until}
            type="datetime-local"
            required
            value={until}
            onChange={({ target }) => setUntil(target.value)}
          />
        </div>
        <AllOrSome
          legend={words.doors}
          all={words.everyDoor}
          some={words.someDoors}
          isAll={everyDoor}
          onAll={setEveryDoor}
          choices={choices}
          chosen={doors}
          onChoose={setDoors}
        />
        <AllOrSome
          legend={words.people}
          all={words.everyone}
          some={words.someone}
          isAll={everyone}
          onAll={setEveryone}
        />
        {!everyone && (
          <PeoplePicker
            search={search}
            label={words.find}
            nobody={companyWords.nobody}
            remove={companyWords.remove}
            chosen={people}
            onChange={setPeople}
          />
        )}
        <TextField
          label={words.heads}
          help={words.headsHelp}
          type="number"
          min={1}
          value={heads}
          onChange={({ target }) => setHeads(target.value)}
        />
        {/* The form may be longer than the window: what was answered and what to press stay in sight. */}
        <div className="sticky -bottom-6 -mx-6 -mb-6 flex flex-col gap-4 bg-raised px-6 pt-2 pb-6">
          <RefusalLine refusal={deed.refusal} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{commonWords.cancel}</Button>
            <Button rank="primary" type="submit" disabled={deed.busy || (!everyDoor && doors.length === 0)}>
              {known === null ? words.doIt : commonWords.save}
            </Button>
          </div>
        </div>
      </Form>
    </Dialog>
  )
}
