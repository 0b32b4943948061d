// Whose word outranks payments for good: keys of doors, and a bar. Both are a manager's.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckLine, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { sayDay, sayLastDay } from '../../format/moments.ts'
import { agreementWords as words } from '../../messages/agreements-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

const EVERY_DOOR = '*'
const CHANGED = ['members.get', 'feed.why'] as const

export function KeysAndBar({ member }: { member: MemberPanel }) {
  const [asked, setAsked] = useState<'keys' | 'bar' | null>(null)
  const deed = useDeed()
  const voice = useVoice()
  const names = useReading('doors.list', {}).value
  const { id, keys, bar } = member
  const day = (at: string, say = sayDay) => say(Date.parse(at), deskNow(), voice)
  const held = keys.includes(EVERY_DOOR)
    ? words.everyDoor
    : keys.map((key) => names?.find((door) => door.id === key)?.name ?? key).join(', ')
  return (
    <div className="flex flex-col gap-2">
      {keys.length > 0 && <p className="text-14">{words.keyholder(held)}</p>}
      {bar !== null && (
        <Notice
          tone="refused"
          action={
            <Button
              size="small"
              disabled={deed.busy}
              onClick={() => void deed.run('members.liftBar', { member: id }, ...CHANGED)}
            >
              {words.liftBar}
            </Button>
          }
        >
          <span className="font-medium">
            {words.barred(day(bar.since), bar.until === null ? null : day(bar.until, sayLastDay))}
          </span>
          <details className="text-13">
            <summary>{words.barWhy}</summary>
            <p>{words.accessBy(bar.why, bar.by)}</p>
          </details>
        </Notice>
      )}
      <div className="flex gap-2">
        <Button size="small" rank="quiet" onClick={() => setAsked('keys')}>
          {words.keys}
        </Button>
        {bar === null && (
          <Button size="small" rank="quiet" onClick={() => setAsked('bar')}>
            {words.bar}
          </Button>
        )}
      </div>
      <RefusalLine refusal={deed.refusal} />
      {asked === 'keys' && <Keys member={member} onClose={() => setAsked(null)} />}
      {asked === 'bar' && <Bar member={member} onClose={() => setAsked(null)} />}
    </div>
  )
}

type Props = { member: MemberPanel; onClose: () => void }

function Keys({ member, onClose }: Props) {
  const doors = useReading('doors.list', {}).value
  const [every, setEvery] = useState(member.keys.includes(EVERY_DOOR))
  const [chosen, setChosen] = useState<readonly string[]>(member.keys.filter((key) => key !== EVERY_DOOR))
  const deed = useDeed()
  async function save(): Promise<void> {
    const wanted = every ? [EVERY_DOOR] : [...chosen]
    const outcome = await deed.run('members.setKeys', { member: member.id, doors: wanted }, ...CHANGED)
    if (outcome.ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={words.keysTitle(member.name)} about={words.keysAbout}>
      <Form onSubmit={save}>
        <fieldset className="-mx-2">
          <legend className="sr-only">{words.keys}</legend>
          <CheckLine
            type="checkbox"
            checked={every}
            onChange={({ target }) => setEvery(target.checked)}
            label={words.everyDoorNow}
          />
          {doors?.map(({ id, name }) => (
            <CheckLine
              key={id}
              type="checkbox"
              disabled={every}
              checked={every || chosen.includes(id)}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
              }
              label={name}
            />
          ))}
        </fieldset>
        <RefusalLine refusal={deed.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="primary" type="submit" disabled={deed.busy || doors === null}>
            {commonWords.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

function Bar({ member, onClose }: Props) {
  const [why, setWhy] = useState('')
  const deed = useDeed()
  async function bar(): Promise<void> {
    const outcome = await deed.run('members.bar', { member: member.id, why }, ...CHANGED)
    if (outcome.ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={words.barTitle(member.name)} about={words.barAbout}>
      <Form onSubmit={bar}>
        <TextField label={words.why} required value={why} onChange={(event) => setWhy(event.target.value)} />
        <RefusalLine refusal={deed.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="danger" type="submit" disabled={deed.busy}>
            {words.bar}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
