// Access by a person's word: until a day, for a reason.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DoorSelect } from '../../components/door-select.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { localDay } from '../../format/moments.ts'
import { agreementWords as words } from '../../messages/agreements-en.ts'
import { onceWords } from '../../messages/company-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'

const WEEK_MS = 7 * 86_400_000

type Props = {
  member: { id: string; name: string }
  /** To begin with: the moment to which they have paid. */
  until: string | null
  /** The door that it is about, where it is about one. */
  door?: { id: string } | null
  open: boolean
  onClose: () => void
}

export function GiveAccess({ member, until, door = null, open, onClose }: Props) {
  const voice = useVoice()
  const first = until === null ? deskNow() + WEEK_MS : Date.parse(until) - 1
  const [day, setDay] = useState(localDay(first, voice))
  const [at, setAt] = useState(door?.id ?? null)
  const [why, setWhy] = useState(until === null ? '' : words.paidDays)
  const deed = useDeed()
  async function give(): Promise<void> {
    const args = { member: member.id, until: day, why, ...(at === null ? {} : { door: at }) }
    const outcome = await deed.run('access.give', args, 'members.get', 'inbox.list', 'feed.why')
    if (outcome.ok) onClose()
  }
  return (
    <Dialog open={open} onClose={onClose} title={words.giveTitle(member.name)} about={words.giveAbout}>
      <Form onSubmit={give}>
        <TextField
          label={words.untilDay}
          type="date"
          required
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
        <TextField label={words.why} required value={why} onChange={(event) => setWhy(event.target.value)} />
        <DoorSelect label={onceWords.door} none={onceWords.everyDoor} chosen={at} onChoose={setAt} />
        <RefusalLine refusal={deed.refusal} />
        <Button rank="primary" type="submit" disabled={deed.busy} className="self-start">
          {words.give}
        </Button>
      </Form>
    </Dialog>
  )
}
