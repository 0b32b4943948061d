// A new door with a Latchkey controller; its key is shown afterwards, once.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { doorWords } from '../../messages/doors-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
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
  const deed = useDeed()

  async function add(): Promise<void> {
    const shown = name.trim() || id.trim()
    const outcome = await deed.run('doors.add', { id: id.trim(), driver: 'native', name: shown }, 'doors.list')
    if (outcome.ok) onKey({ name: shown, key: outcome.value.key })
  }

  return (
    <Form onSubmit={add}>
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
      <RefusalLine refusal={deed.refusal} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{commonWords.cancel}</Button>
        <Button rank="primary" type="submit" disabled={deed.busy || id.trim() === ''}>
          {doorWords.addButton}
        </Button>
      </div>
    </Form>
  )
}
