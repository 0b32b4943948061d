// What a person told of themselves, opened on purpose; and how they stand with the waiver.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { waiverWords, detailWords as words } from '../../messages/details-en.ts'
import { useReading } from '../../state/readings.ts'
import { EditDetails } from './edit-details.tsx'
import { KnownDetails } from './known-details.tsx'
import { Part } from './part.tsx'
import { SignWaiver } from './sign-waiver.tsx'

export function DetailsPart({ member }: { member: MemberPanel }) {
  const [shown, setShown] = useState(false)
  const [editing, setEditing] = useState(false)
  const { value, refusal } = useReading('members.details', shown ? { id: member.id } : null)
  return (
    <Part
      title={words.part}
      aside={
        <div className="flex gap-2">
          {value !== null && shown && member.archivedAt === null && (
            <Button size="small" onClick={() => setEditing(true)}>
              {words.change}
            </Button>
          )}
          <Button size="small" rank="quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {shown ? words.hide : words.show}
          </Button>
        </div>
      }
    >
      <WaiverLine member={member} />
      {!shown && <p className="text-14 text-ink-3">{words.partMore}</p>}
      {shown && value === null && refusal === null && <SkeletonRows rows={2} />}
      {shown && value !== null && <KnownDetails details={value} />}
      <RefusalLine refusal={refusal} />
      {editing && value !== null && <EditDetails member={member} known={value} onClose={() => setEditing(false)} />}
    </Part>
  )
}

function WaiverLine({ member }: { member: MemberPanel }) {
  const [signing, setSigning] = useState(false)
  const { value, refusal } = useReading('members.waiver', { id: member.id })
  if (value === null || value.sentence === null) return <RefusalLine refusal={refusal} />
  const { sentence, due, present, signer } = value
  return (
    <div className="mb-3">
      <Notice
        tone={due ? 'note' : 'still'}
        action={
          due &&
          member.archivedAt === null && (
            <Button size="small" onClick={() => setSigning(true)}>
              {waiverWords.signNew}
            </Button>
          )
        }
      >
        {sentence}
      </Notice>
      {signing && present !== null && (
        <SignWaiver member={member} present={present} signer={signer} onClose={() => setSigning(false)} />
      )}
    </div>
  )
}
