// A new member at the desk; whoever shares the email or phone is shown first.
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { MemberRow } from '../../../preload/shapes.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { StandingChip } from '../../components/state-chips.tsx'
import { agreementWords as words } from '../../messages/agreements-en.ts'
import { useDeed } from '../../state/deed.ts'
import { openMember } from '../../state/panel.ts'

export function NewMember() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <UserPlus className="size-4" />
        {words.newMember}
      </Button>
      {open && <NewDialog onClose={() => setOpen(false)} />}
    </>
  )
}

function NewDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [phone, setPhone] = useState('')
  const [alike, setAlike] = useState<MemberRow[]>([])
  const deed = useDeed()
  // Whoever was like somebody else need not be like this one.
  const type = (set: (text: string) => void) => (event: { target: { value: string } }) => {
    set(event.target.value)
    setAlike([])
  }

  async function create(same?: string): Promise<void> {
    const args = {
      name,
      emails: email.trim() === '' ? [] : [email],
      phone: phone.trim() || null,
      ...(same === undefined ? {} : { same }),
    }
    const outcome = await deed.run('members.create', args, 'members.list', 'desk.status', 'inbox.list')
    if (!outcome.ok) return
    const { member, candidates } = outcome.value
    setAlike(candidates)
    if (member === null) return
    onClose()
    openMember(member.id)
  }

  return (
    <Dialog open onClose={onClose} locked title={words.newTitle} about={words.newAbout}>
      <Form onSubmit={create}>
        <TextField label={words.name} required value={name} onChange={(event) => setName(event.target.value)} />
        <TextField label={words.email} type="email" value={email} onChange={type(setEmail)} />
        <TextField label={words.phone} value={phone} onChange={type(setPhone)} />
        <RefusalLine refusal={deed.refusal} />
        {alike.length === 0 ? (
          <Button rank="primary" type="submit" disabled={deed.busy} className="self-start">
            {words.create}
          </Button>
        ) : (
          <fieldset className="flex flex-col gap-2" aria-label={words.alike}>
            <p className="text-14 font-medium">{words.alike}</p>
            {alike.map((person) => (
              <button
                key={person.id}
                type="button"
                aria-label={words.alikeThis(person.name)}
                onClick={() => void create(person.id)}
                className="flex items-center gap-3 rounded-md border border-line px-3 py-2 text-left hover:border-line-strong hover:bg-hover"
              >
                <Avatar person={person} size="small" />
                <span className="min-w-0 flex-1 truncate text-14 font-medium">{person.name}</span>
                <StandingChip standing={person.standing} />
              </button>
            ))}
            <Button disabled={deed.busy} onClick={() => void create('new')} className="self-start">
              {words.alikeNew}
            </Button>
          </fieldset>
        )}
      </Form>
    </Dialog>
  )
}
