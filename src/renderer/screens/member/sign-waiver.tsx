// Signing the waiver that is in force, by somebody who is a member already.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import type { MemberWaiver } from '../../../preload/shapes-details.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { type SignedBy, UNSIGNED, WaiverFields } from '../../components/waiver-fields.tsx'
import { waiverWords as words } from '../../messages/details-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'

type Props = {
  member: MemberPanel
  present: NonNullable<MemberWaiver['present']>
  signer: MemberWaiver['signer']
  onClose: () => void
}

export function SignWaiver({ member: { id, name }, present, signer, onClose }: Props) {
  const [signed, setSigned] = useState<SignedBy>({ name: signer.name, drawn: UNSIGNED })
  const deed = useDeed()
  function sign(news: SignedBy): void {
    deed.clear()
    setSigned(news)
  }
  async function save(): Promise<void> {
    const args = { id, version: present.version, as: signer.as, name: signed.name, strokes: signed.drawn }
    const outcome = await deed.run('members.signWaiver', args, 'members.waiver', 'members.details', 'inbox.list')
    if (outcome.ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} locked wide title={words.signTitle(name)} about={words.signAbout}>
      <Form onSubmit={save}>
        <WaiverFields present={present} signer={signer} signed={signed} onSign={sign} />
        <RefusalLine refusal={deed.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="primary" type="submit" disabled={deed.busy}>
            {words.done}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
