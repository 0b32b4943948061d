// One more card reader of Stripe's: by the words on its display, at a place that is there or a new one.
import { useState } from 'react'
import type { Reply } from '../../../preload/contract.ts'
import { Button } from '../../components/button.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { payReaderWords as words } from '../../messages/pay-readers-en.ts'
import { useDeed } from '../../state/deed.ts'

const NO_PLACE = { name: '', line1: '', postalCode: '', city: '', country: '' }
const FIELDS = [
  ['name', words.placeName],
  ['line1', words.street],
  ['postalCode', words.postalCode],
  ['city', words.city],
  ['country', words.country],
] as const

export function AddPayReader({ places }: { places: Reply<'payReaders.list'>['places'] }) {
  const [code, setCode] = useState('')
  const [label, setLabel] = useState('')
  const [chosen, setPlace] = useState<string | null>(null)
  const [newPlace, setNewPlace] = useState(NO_PLACE)
  const [added, setAdded] = useState<string | null>(null)
  const deed = useDeed()
  const place = chosen ?? places[0]?.id ?? ''

  async function add(): Promise<void> {
    setAdded(null)
    const where = place === '' ? { newPlace } : { place }
    const outcome = await deed.run('payReaders.add', { code, label, ...where }, 'payReaders.list', 'signUps.readers')
    if (!outcome.ok) return
    setAdded(outcome.value.label)
    setCode('')
    setLabel('')
    setPlace(null)
    setNewPlace(NO_PLACE)
  }

  return (
    <Form onSubmit={add} className="flex flex-col gap-4 border-t border-line pt-5">
      <div>
        <h3 className="text-14 font-semibold">{words.add}</h3>
        <p className="text-13 text-ink-3">{words.addAbout}</p>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label={words.code} help={words.codeHelp} value={code} onChange={(e) => setCode(e.target.value)} />
        <TextField label={words.label} value={label} onChange={(e) => setLabel(e.target.value)} />
        <SelectField label={words.place} value={place} onChange={(e) => setPlace(e.target.value)}>
          {places.map(({ id, name, address }) => (
            <option key={id} value={id}>
              {name}, {address}
            </option>
          ))}
          <option value="">{words.newPlace}</option>
        </SelectField>
        {place === '' &&
          FIELDS.map(([field, name]) => (
            <TextField
              key={field}
              label={name}
              maxLength={field === 'country' ? 2 : 200}
              value={newPlace[field]}
              onChange={(event) => setNewPlace({ ...newPlace, [field]: event.target.value })}
            />
          ))}
      </div>
      <RefusalLine refusal={deed.refusal} />
      {added !== null && (
        <Notice tone="note" role="status">
          {words.registered(added)}
        </Notice>
      )}
      <Button type="submit" disabled={deed.busy} className="self-start">
        {words.addButton}
      </Button>
    </Form>
  )
}
