// One more reader: a port from the list or typed by hand, and what kind of reader it is.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { settingWords } from '../../messages/settings-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'

const TYPED = 'typed by hand'

export function AddReader() {
  const { value: found } = useReading('readers.ports', {})
  const { value: profiles } = useReading('readers.profiles', {})
  const { value: doors } = useReading('doors.list', {})
  // A native controller has a reader of its own.
  const opened = (doors ?? []).filter(({ driver }) => driver !== 'native')
  const [choice, setChoice] = useState('')
  const [typed, setTyped] = useState('')
  const [profile, setProfile] = useState('')
  const [door, setDoor] = useState('')
  const deed = useDeed()
  const port = choice === TYPED ? typed.trim() : choice
  const kind = profile || (profiles?.[0]?.name ?? '')

  async function add(): Promise<void> {
    const args = { port, profile: kind, ...(door === '' ? {} : { door }) }
    const outcome = await deed.run('readers.add', args, 'readers.list', 'readers.ports')
    if (!outcome.ok) return
    setDoor('')
    setChoice('')
    setTyped('')
  }

  return (
    <form
      aria-label={settingWords.addReader}
      className="flex flex-col gap-4 border-t border-line pt-5"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <h3 className="text-14 font-semibold">{settingWords.addReader}</h3>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <SelectField label={settingWords.port} value={choice} onChange={(event) => setChoice(event.target.value)}>
          <option value="">{settingWords.portChoose}</option>
          {found?.ports.map(({ path, label }) => (
            <option key={path} value={path}>
              {label === path || label === '' ? path : `${path} (${label})`}
            </option>
          ))}
          <option value={TYPED}>{settingWords.portOther}</option>
        </SelectField>
        <SelectField label={settingWords.profile} value={kind} onChange={(event) => setProfile(event.target.value)}>
          {profiles?.map(({ name, about }) => (
            <option key={name} value={name}>
              {about === '' ? name : `${name}: ${about}`}
            </option>
          ))}
        </SelectField>
        {opened.length > 0 && (
          <SelectField label={settingWords.readerDoor} value={door} onChange={(event) => setDoor(event.target.value)}>
            <option value="">{settingWords.readerNoDoor}</option>
            {opened.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        {choice === TYPED && (
          <TextField
            label={settingWords.portTyped}
            placeholder={settingWords.portTypedHint}
            mono
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </div>
      {found?.sentence && <p className="text-13 text-ink-3">{found.sentence}</p>}
      <RefusalLine refusal={deed.refusal} />
      <div>
        <Button type="submit" disabled={deed.busy || port === '' || kind === ''}>
          {settingWords.addReaderButton}
        </Button>
      </div>
    </form>
  )
}
