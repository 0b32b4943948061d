// Somebody was shown how: which induction, and how long it holds.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { inductionWords as words } from '../../messages/company-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'

type Props = { member: Pick<MemberPanel, 'id' | 'name' | 'inductions'>; onClose: () => void }

export function GiveInduction({ member, onClose }: Props) {
  // One that has run out can be given again, one that holds moved.
  const missing = member.inductions.find(({ given }) => given === null || given.over)
  const [induction, setInduction] = useState(missing?.id ?? member.inductions[0]?.id ?? '')
  const [until, setUntil] = useState('')
  const deed = useDeed()
  async function give(): Promise<void> {
    const args = { member: member.id, induction, until: until === '' ? null : until }
    const outcome = await deed.run('inductions.give', args, 'members.get', 'feed.why')
    if (outcome.ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={words.giveTitle(member.name)} about={words.giveAbout}>
      <Form onSubmit={give}>
        <SelectField label={words.which} value={induction} onChange={(event) => setInduction(event.target.value)}>
          {member.inductions.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField
          label={words.until}
          help={words.untilHelp}
          type="date"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
        <RefusalLine refusal={deed.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="primary" type="submit" disabled={deed.busy || induction === ''}>
            {words.doIt}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
