// A new door: a Latchkey controller, whose key is shown afterwards, once; or a device of another make, which is looked at
// before anything on it is changed.
import { useState } from 'react'
import type { Args } from '../../../preload/contract.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckLine, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { deviceWords } from '../../messages/devices-en.ts'
import { doorWords } from '../../messages/doors-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { DeviceFields, type Driver, deviceArgs, type Where } from './device-fields.tsx'
import type { NewKey } from './door-key.tsx'

type Props = { open: boolean; onClose: () => void; onKey: (key: NewKey) => void }

export function AddDoor({ open, onClose, onKey }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={doorWords.addTitle} about={doorWords.addAbout}>
      <AddForm onClose={onClose} onKey={onKey} />
    </Dialog>
  )
}

function AddForm({ onClose, onKey }: Omit<Props, 'open'>) {
  const [id, setId] = useState('')
  const [name, setName] = useState('')
  const [driver, setDriver] = useState<Driver>('native')
  const [where, setWhere] = useState<Where>({})
  const deed = useDeed()

  async function add(): Promise<void> {
    const shown = name.trim() || id.trim()
    const args: Args<'doors.add'> = { id: id.trim(), driver, name: shown, ...deviceArgs(driver, where) }
    const outcome = await deed.run('doors.add', args, 'doors.list', 'doors.health')
    if (!outcome.ok) return
    const { key, password } = outcome.value
    if (key !== null) onKey({ name: shown, key, is: 'key' })
    else if (password !== undefined) onKey({ name: shown, key: password, is: 'password' })
    else onClose()
  }

  return (
    <Form onSubmit={add}>
      <fieldset className="-mx-2">
        <legend className="px-2 pb-1 text-13 font-medium text-ink-2">{deviceWords.kind}</legend>
        {(Object.keys(deviceWords.kinds) as Driver[]).map((kind) => (
          <CheckLine
            key={kind}
            type="radio"
            name="driver"
            checked={driver === kind}
            onChange={() => setDriver(kind)}
            label={deviceWords.kinds[kind][0]}
            help={deviceWords.kinds[kind][1]}
          />
        ))}
      </fieldset>
      <TextField
        label={doorWords.name}
        help={doorWords.nameHelp}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={doorWords.id}
        help={doorWords.idHelp}
        mono
        required
        value={id}
        onChange={(event) => setId(event.target.value)}
      />
      <DeviceFields driver={driver} where={where} onChange={setWhere} />
      <RefusalLine refusal={deed.refusal} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{commonWords.cancel}</Button>
        <Button rank="primary" type="submit" disabled={deed.busy}>
          {doorWords.addButton}
        </Button>
      </div>
    </Form>
  )
}
