// Changes of what a person told of themselves; email and phone have a place of their own.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import type { MemberDetails } from '../../../preload/shapes-details.ts'
import { Button } from '../../components/button.tsx'
import { DetailFields } from '../../components/detail-fields.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { detailWords as words } from '../../messages/details-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { detailsIn, typedFrom, useSaid } from '../../state/detail-form.ts'
import { useReading } from '../../state/readings.ts'

type Props = { member: MemberPanel; known: MemberDetails; onClose: () => void }

export function EditDetails({ member: { id, name }, known, onClose }: Props) {
  const asked = useReading('details.asked', {}).value
  const [typed, setTyped] = useState(() => typedFrom(known))
  const deed = useDeed()
  const said = useSaid(deed.refusal)
  async function save(): Promise<void> {
    const args = { id, changes: detailsIn(typed) }
    const outcome = await deed.run('members.setDetails', args, 'members.details', 'members.waiver', 'members.timeline')
    if (outcome.ok) onClose()
  }
  if (asked === null) return null
  return (
    <Dialog open onClose={onClose} locked wide title={words.editTitle(name)} about={words.editAbout}>
      <Form onSubmit={save}>
        <DetailFields
          asked={asked}
          typed={typed}
          onType={(news) => setTyped((before) => ({ ...before, ...news }))}
          said={said}
          without={['email', 'phone']}
          allOpen
        />
        <RefusalLine refusal={said === null ? deed.refusal : null} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="primary" type="submit" disabled={deed.busy}>
            {words.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
