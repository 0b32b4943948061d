// One pass by a person's word: for a reason, at one door or whichever comes first.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DoorSelect } from '../../components/door-select.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { onceWords as words } from '../../messages/company-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'

type Props = {
  member: { id: string; name: string }
  /** How often they were let in so lately. */
  before: number
  door: { id: string; name: string } | null
  onClose: () => void
}

export function LetInOnce({ member, before, door, onClose }: Props) {
  const [why, setWhy] = useState('')
  const [at, setAt] = useState(door?.id ?? null)
  const deed = useDeed()
  async function letIn(): Promise<void> {
    const outcome = await deed.run('access.letInOnce', { member: member.id, door: at, why }, 'members.get', 'feed.why')
    if (outcome.ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={words.title(member.name)} about={words.about}>
      <Form onSubmit={letIn}>
        <TextField
          label={words.why}
          placeholder={words.whyHint}
          required
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        />
        <DoorSelect label={words.door} none={words.anyDoor} chosen={at} onChoose={setAt} />
        {before > 0 && <p className="text-13 text-ink-3">{words.before(before)}</p>}
        <RefusalLine refusal={deed.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="primary" type="submit" disabled={deed.busy}>
            {words.doIt}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
