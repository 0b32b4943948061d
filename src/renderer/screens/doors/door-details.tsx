// What a door is called and how it works: card form, seconds, which way its reader is, whether it lets anybody in twice.
import { useState } from 'react'
import type { Door } from '../../../preload/shapes-doors.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckLine, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { accessWords as words } from '../../messages/access-en.ts'
import { doorWords } from '../../messages/doors-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'

const DIRECTIONS = [null, 'in', 'out'] as const

export function DoorDetails({ door, onClose }: { door: Door; onClose: () => void }) {
  const [name, setName] = useState(door.name)
  const [format, setFormat] = useState(door.format ?? '')
  const [seconds, setSeconds] = useState(String(door.openMs / 1_000))
  const [direction, setDirection] = useState(door.direction)
  const [antiPassback, setAntiPassback] = useState(door.antiPassback)
  const deed = useDeed()

  async function save(): Promise<void> {
    const args = {
      id: door.id,
      name,
      format: format.trim() === '' ? null : format.trim(),
      openMs: Math.round(Number(seconds) * 1_000),
      direction,
      antiPassback: antiPassback && direction !== 'out',
    }
    const outcome = await deed.run('doors.set', args, 'doors.list', 'members.get')
    if (outcome.ok) onClose()
  }

  return (
    <Dialog open onClose={onClose} title={words.detailsTitle(door.name)} about={words.detailsAbout}>
      <Form onSubmit={save}>
        <TextField label={doorWords.name} required value={name} onChange={(event) => setName(event.target.value)} />
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={words.format}
            help={words.formatHelp}
            value={format}
            onChange={(event) => setFormat(event.target.value)}
          />
          <TextField
            label={words.openFor}
            suffix={words.seconds}
            type="number"
            min={1}
            max={30}
            step={0.5}
            required
            value={seconds}
            onChange={(event) => setSeconds(event.target.value)}
          />
        </div>
        <fieldset className="-mx-2">
          <legend className="px-2 pb-1 text-13 font-medium text-ink-2">{words.direction}</legend>
          {DIRECTIONS.map((one) => (
            <CheckLine
              key={one ?? 'none'}
              type="radio"
              name="direction"
              checked={direction === one}
              onChange={() => setDirection(one)}
              label={words.directions[one ?? 'none']}
              help={one === 'out' ? words.directionOutHelp : undefined}
            />
          ))}
        </fieldset>
        <CheckLine
          className="-mx-2"
          type="checkbox"
          disabled={direction === 'out'}
          checked={antiPassback && direction !== 'out'}
          onChange={(event) => setAntiPassback(event.target.checked)}
          label={words.antiPassback}
          help={words.antiPassbackHelp}
        />
        <RefusalLine refusal={deed.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="primary" type="submit" disabled={deed.busy}>
            {commonWords.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
