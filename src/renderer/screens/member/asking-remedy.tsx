// A button of a sentence that asks something first: for which door, for how long, and why; or whether that is meant.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { panelWords } from '../../messages/members-en.ts'
import { useReading } from '../../state/readings.ts'
import { ResumeForm } from './change-forms.tsx'
import { GiveAccess } from './give-access.tsx'
import { GiveInduction } from './give-induction.tsx'
import { LetInOnce } from './let-in-once.tsx'

type Props = {
  remedy: 'give-access' | 'give-induction' | 'let-in-once' | 'resume'
  rank: 'primary' | 'plain'
  member: { id: string; name: string }
  door: { id: string; name: string } | null
}

export function AskingRemedy({ remedy, rank, member, door }: Props) {
  const [open, setOpen] = useState(false)
  const { value } = useReading('members.get', { id: member.id })
  const onClose = () => setOpen(false)
  const paused = value?.memberships.find(({ can }) => can.includes('resume'))
  if (remedy === 'resume' && paused === undefined) return null
  return (
    <>
      <Button rank={rank} size="small" disabled={value === null} onClick={() => setOpen(true)}>
        {panelWords.remedies[remedy]}
      </Button>
      {open && remedy === 'let-in-once' && (
        <LetInOnce member={member} before={value?.letInOnce ?? 0} door={door} onClose={onClose} />
      )}
      {open && remedy === 'give-access' && (
        <GiveAccess member={member} until={null} door={door} open onClose={onClose} />
      )}
      {open && remedy === 'resume' && paused !== undefined && (
        <ResumeForm membership={paused} onDone={onClose} onClose={onClose} />
      )}
      {open && remedy === 'give-induction' && value !== null && <GiveInduction member={value} onClose={onClose} />}
    </>
  )
}
