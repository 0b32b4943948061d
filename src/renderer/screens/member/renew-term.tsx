// The one button of somebody whose manual term is over: its next term.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { useReading } from '../../state/readings.ts'
import { ManualForm } from './manual-form.tsx'

export function RenewTerm({ member, word }: { member: { id: string; name: string }; word: string }) {
  const { value } = useReading('members.get', { id: member.id })
  const [open, setOpen] = useState(false)
  const last = value?.memberships.find(({ kind, standing }) => kind === 'manual' && standing !== 'ended') ?? null
  return (
    <>
      <Button rank="primary" size="small" disabled={last === null} onClick={() => setOpen(true)}>
        {word}
      </Button>
      {open && last !== null && <ManualForm member={member} renew={last} open onClose={() => setOpen(false)} />}
    </>
  )
}
