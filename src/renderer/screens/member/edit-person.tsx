// Who a person is: name, phone, emails; put away and brought back.
import { X } from 'lucide-react'
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { agreementWords as words } from '../../messages/agreements-en.ts'
import { useDeed } from '../../state/deed.ts'

const CHANGED = ['members.get', 'members.list', 'inbox.list', 'desk.status'] as const

export function EditPerson({ member }: { member: MemberPanel }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {words.edit}
      </Button>
      {open && <EditDialog member={member} onClose={() => setOpen(false)} />}
    </>
  )
}

function EditDialog({ member, onClose }: { member: MemberPanel; onClose: () => void }) {
  const [name, setName] = useState(member.name)
  const [phone, setPhone] = useState(member.phone ?? '')
  const [email, setEmail] = useState('')
  const [asked, setAsked] = useState(false)
  const deed = useDeed()

  async function save(): Promise<void> {
    const more = email.trim() === '' ? {} : { addEmail: email }
    const args = { id: member.id, name, phone: phone.trim() || null, ...more }
    const outcome = await deed.run('members.update', args, ...CHANGED)
    if (outcome.ok) onClose()
  }
  async function archive(): Promise<void> {
    const outcome = await deed.run('members.archive', { id: member.id }, ...CHANGED)
    if (outcome.ok) onClose()
    else setAsked(false)
  }

  return (
    <Dialog open onClose={onClose} locked title={words.editTitle(member.name)} about={words.editAbout}>
      <Form onSubmit={save}>
        <TextField label={words.name} required value={name} onChange={(event) => setName(event.target.value)} />
        <TextField label={words.phone} value={phone} onChange={(event) => setPhone(event.target.value)} />
        {member.emails.length > 0 && (
          <ul className="divide-y divide-line rounded-md border border-line">
            {member.emails.map((one) => (
              <li key={one} className="flex min-h-10 items-center justify-between gap-3 px-3 text-14">
                <span className="truncate">{one}</span>
                <IconButton
                  label={words.removeEmail(one)}
                  disabled={deed.busy}
                  onClick={() => void deed.run('members.update', { id: member.id, removeEmail: one }, ...CHANGED)}
                >
                  <X className="size-4" />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        <TextField
          label={words.newEmail}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <RefusalLine refusal={deed.refusal} />
        {asked ? (
          <Confirm
            ask={words.archiveAsk}
            doIt={words.archive}
            busy={deed.busy}
            onDo={() => void archive()}
            onKeep={() => setAsked(false)}
          />
        ) : (
          <div className="flex justify-between gap-3">
            <Button rank="primary" type="submit" disabled={deed.busy}>
              {words.save}
            </Button>
            <Button rank="quiet" onClick={() => setAsked(true)}>
              {words.archive}
            </Button>
          </div>
        )}
      </Form>
    </Dialog>
  )
}
