// How long a door goes by old data when Stripe is silent: the grace of the payment method, or days of its own.
import { useState } from 'react'
import type { Door } from '../../../preload/shapes-doors.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckLine, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { sayCount } from '../../format/money.ts'
import { doorWords } from '../../messages/doors-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { outageWords as words } from '../../messages/outage-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useVoice } from '../../state/voice.ts'

export function DoorAllowance({ door }: { door: Door }) {
  const [open, setOpen] = useState(false)
  const { locale } = useVoice()
  const days = door.allowanceDays
  return (
    <div className="flex items-end justify-between gap-3">
      <div className="min-w-0">
        <p className="text-13 text-ink-3">{words.allowance}</p>
        <p className="text-14">{words.allowanceOf(days, sayCount(days ?? 0, locale))}</p>
      </div>
      <Button size="small" aria-label={words.changeAllowance(door.name)} onClick={() => setOpen(true)}>
        {doorWords.change}
      </Button>
      {open && <AllowanceDialog door={door} onClose={() => setOpen(false)} />}
    </div>
  )
}

function AllowanceDialog({ door, onClose }: { door: Door; onClose: () => void }) {
  const [own, setOwn] = useState(door.allowanceDays !== null)
  const [days, setDays] = useState(String(door.allowanceDays ?? 1))
  const deed = useDeed()
  async function save(): Promise<void> {
    const args = { id: door.id, days: own ? Number(days) : null }
    const outcome = await deed.run('doors.setAllowance', args, 'doors.list', 'members.get', 'outage.forecast')
    if (outcome.ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={words.allowanceTitle(door.name)} about={words.allowanceAbout}>
      <Form onSubmit={save}>
        <fieldset className="-mx-2">
          <legend className="sr-only">{words.allowance}</legend>
          <CheckLine
            type="radio"
            name="allowance"
            checked={!own}
            onChange={() => setOwn(false)}
            label={words.allowanceGrace}
          />
          <CheckLine
            type="radio"
            name="allowance"
            checked={own}
            onChange={() => setOwn(true)}
            label={words.allowanceOwn}
          />
        </fieldset>
        {own && (
          <TextField
            label={words.allowanceDays}
            type="number"
            min={0}
            max={365}
            step={1}
            required
            value={days}
            onChange={(event) => setDays(event.target.value)}
            className="ml-8 w-32"
          />
        )}
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
