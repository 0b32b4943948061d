// One more reader: where it is, and then either a card held at it tells what it is, or whoever knows it says so.
import { useEffect, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { readerWords as words } from '../../messages/readers-en.ts'
import { useDeed } from '../../state/deed.ts'
import { beginReaderSearch, endReaderSearch, ourSearch, useReaderSearch } from '../../state/reader-search.ts'
import { renew, useReading } from '../../state/readings.ts'
import { FindReader } from './find-reader.tsx'
import { ReaderFields, type Settings } from './reader-fields.tsx'

const TYPED = 'typed by hand'

export function AddReader() {
  const { value: found } = useReading('readers.ports', {})
  const { value: profiles } = useReading('readers.profiles', {})
  const { value: doors } = useReading('doors.list', {})
  // A native controller has a reader of its own.
  const opened = (doors ?? []).filter(({ driver }) => driver !== 'native')
  const [choice, setChoice] = useState('')
  const [typed, setTyped] = useState('')
  const [door, setDoor] = useState('')
  const [knows, setKnows] = useState(false)
  const [kind, setKind] = useState('')
  const [settings, setSettings] = useState<Settings>({})
  const search = useReaderSearch(ourSearch)
  const refusal = useReaderSearch((facts) => facts.refusal)
  const deed = useDeed()
  const port = choice === TYPED ? typed.trim() : choice
  const special = (profiles ?? []).filter((profile) => profile.port === port)
  const fitting = special.length > 0 ? special : (profiles ?? []).filter((profile) => profile.port === null)
  const profile = fitting.find(({ name }) => name === kind) ?? fitting[0]

  useEffect(() => () => void endReaderSearch(), [])

  async function add(name: string, set: Settings): Promise<void> {
    // Two cannot have one port.
    if (search !== null) await endReaderSearch()
    const more = { ...(door === '' ? {} : { door }), ...(Object.keys(set).length === 0 ? {} : { settings: set }) }
    const outcome = await deed.run('readers.add', { port, profile: name, ...more }, 'readers.list', 'readers.ports')
    if (!outcome.ok) return
    setDoor('')
    setChoice('')
    setTyped('')
    setSettings({})
    setKnows(false)
  }

  function elsewhere(chosen: string): void {
    setChoice(chosen)
    deed.clear()
    void endReaderSearch()
  }

  return (
    <section aria-label={words.add} className="flex flex-col gap-4 border-t border-line pt-5">
      <h3 className="text-14 font-semibold">{words.add}</h3>
      <div className="grid grid-cols-1 items-end gap-4 sm:grid-cols-2">
        <SelectField label={words.port} value={choice} onChange={(event) => elsewhere(event.target.value)}>
          <option value="">{words.portChoose}</option>
          {found?.ports.map(({ path, label }) => (
            <option key={path} value={path}>
              {label === path || label === '' ? path : `${path} (${label})`}
            </option>
          ))}
          <option value="keyboard">{words.portTypes}</option>
          <option value="pcsc">{words.portPcsc}</option>
          <option value={TYPED}>{words.portOther}</option>
        </SelectField>
        <Button rank="quiet" className="justify-self-start" onClick={() => renew('readers.ports')}>
          {words.again}
        </Button>
        {choice === TYPED && (
          <TextField
            label={words.portTyped}
            placeholder={words.portTypedHint}
            mono
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        {opened.length > 0 && (
          <SelectField label={words.door} value={door} onChange={(event) => setDoor(event.target.value)}>
            <option value="">{words.noDoor}</option>
            {opened.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
      </div>
      {found?.sentence && <p className="text-13 text-ink-3">{found.sentence}</p>}
      {knows && profile !== undefined && (
        <Form onSubmit={() => add(profile.name, settings)}>
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
            <SelectField
              label={words.kind}
              className="sm:col-span-2"
              value={profile.name}
              onChange={(event) => {
                setKind(event.target.value)
                setSettings({})
              }}
            >
              {fitting.map(({ name, about }) => (
                <option key={name} value={name}>
                  {about}
                </option>
              ))}
            </SelectField>
            <p className="-mt-2 text-13 text-ink-3 sm:col-span-2">{profile.wiring}</p>
            <ReaderFields profile={profile} settings={settings} onChange={setSettings} />
          </div>
          <div className="flex flex-wrap gap-2">
            <Button rank="primary" type="submit" disabled={deed.busy || port === ''}>
              {words.use}
            </Button>
            <Button rank="quiet" onClick={() => setKnows(false)}>
              {words.unknown}
            </Button>
          </div>
        </Form>
      )}
      {!knows && search === null && (
        <div className="flex flex-wrap gap-2">
          <Button rank="primary" disabled={port === ''} onClick={() => void beginReaderSearch(port)}>
            {words.find}
          </Button>
          <Button rank="quiet" onClick={() => setKnows(true)}>
            {words.known}
          </Button>
        </div>
      )}
      {!knows && search !== null && (
        <FindReader
          search={search}
          busy={deed.busy}
          onUse={(guess) => void add(guess.profile, guess.settings)}
          onEnd={() => void endReaderSearch()}
          onAgain={() => void beginReaderSearch(port)}
        />
      )}
      {search === null && <RefusalLine refusal={refusal} />}
      <RefusalLine refusal={deed.refusal} />
    </section>
  )
}
