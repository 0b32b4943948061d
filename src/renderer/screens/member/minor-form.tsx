// Rules for somebody under age: until when, with whom, in which hours.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckLine, SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { PeoplePicker } from '../../components/people-picker.tsx'
import { companyWords as words } from '../../messages/company-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { createSearch } from '../../state/search.ts'

const search = createSearch()

export function MinorForm({ member, onClose }: { member: MemberPanel; onClose: () => void }) {
  const { minor } = member
  const { value: details } = useReading('members.details', { id: member.id })
  const [typed, setOfAge] = useState(minor?.ofAge)
  const ofAge = typed ?? details?.ofAgeOn ?? ''
  const [guardianNeeded, setNeeded] = useState(minor?.guardianNeeded ?? true)
  const [guardians, setGuardians] = useState<{ id: string; name: string }[]>(minor?.guardians ?? [])
  const [hours, setHours] = useState(minor?.hours?.id ?? '')
  const known = useReading('hours.list', {}).value ?? []
  const deed = useDeed()
  async function save(): Promise<void> {
    const ids = guardians.map(({ id }) => id)
    const args = { member: member.id, ofAge, guardianNeeded, hours: hours || null, guardians: ids }
    const outcome = await deed.run('members.setMinor', args, 'members.get', 'feed.why', 'inbox.list')
    if (outcome.ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} locked title={words.minorTitle(member.name)} about={words.minorAbout}>
      <Form onSubmit={save}>
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={words.ofAge}
            type="date"
            required
            value={ofAge}
            onChange={(event) => setOfAge(event.target.value)}
          />
          <SelectField label={words.hours} value={hours} onChange={(event) => setHours(event.target.value)}>
            <option value="">{words.allHours}</option>
            {known.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        </div>
        <CheckLine
          type="checkbox"
          className="-mx-2"
          checked={guardianNeeded}
          onChange={({ target }) => setNeeded(target.checked)}
          label={words.guardianNeeded}
        />
        {guardianNeeded && (
          <fieldset>
            <legend className="mb-1.5 text-13 font-medium text-ink-2">{words.guardians}</legend>
            <PeoplePicker
              search={search}
              label={words.find}
              nobody={words.nobody}
              remove={words.remove}
              chosen={guardians}
              onChange={setGuardians}
            />
          </fieldset>
        )}
        <RefusalLine refusal={deed.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="primary" type="submit" disabled={deed.busy}>
            {words.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
