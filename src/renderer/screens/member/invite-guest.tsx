// A guest for somebody: a person who is here already, or someone new.
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { PersonSearch } from '../../components/person-search.tsx'
import { localDay } from '../../format/moments.ts'
import { companyWords as words } from '../../messages/company-en.ts'
import { commonWords, frameWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { createSearch } from '../../state/search.ts'
import { useVoice } from '../../state/voice.ts'

const search = createSearch()
const CHANGED = ['members.get', 'members.list', 'inbox.list', 'feed.why'] as const

/** `id` null: someone new, who is written down when they are invited. */
type Guest = { id: string | null; name: string }

export function InviteGuest({ host, onClose }: { host: { id: string; name: string }; onClose: () => void }) {
  const voice = useVoice()
  const [guest, setGuest] = useState<Guest | null>(null)
  const [until, setUntil] = useState(localDay(deskNow(), voice))
  const deed = useDeed()

  async function invite({ id: known, name }: Guest): Promise<void> {
    const id = known ?? (await writeDown(name))
    if (id === null) return
    setGuest({ id, name })
    const outcome = await deed.run('guests.invite', { host: host.id, guest: id, until }, ...CHANGED)
    if (outcome.ok) onClose()
  }
  async function writeDown(name: string): Promise<string | null> {
    const outcome = await deed.run('members.create', { name, emails: [], phone: null, same: 'new' })
    return outcome.ok ? (outcome.value.member?.id ?? null) : null
  }
  function someoneNew(name: string): void {
    search.clear()
    setGuest({ id: null, name })
  }

  return (
    <Dialog open onClose={onClose} title={words.inviteTitle(host.name)} about={words.inviteAbout(host.name)}>
      <Form onSubmit={() => (guest === null ? undefined : invite(guest))}>
        {guest !== null && (
          <p className="flex items-center gap-3 rounded-md border border-line px-3 py-2 text-14 font-medium">
            <Avatar person={{ id: guest.id ?? guest.name, name: guest.name }} size="small" />
            {guest.id === null ? words.someoneNew(guest.name) : guest.name}
          </p>
        )}
        <PersonSearch
          search={search}
          floating={false}
          label={words.find}
          hint={words.find}
          found={frameWords.searchFound}
          onTake={({ id, name }) => setGuest({ id, name })}
          nobody={(text) => (
            <span className="flex flex-wrap items-center justify-between gap-3">
              {words.nobody(text)}
              <Button size="small" onClick={() => someoneNew(text)}>
                <UserPlus className="size-4" />
                {words.someoneNew(text)}
              </Button>
            </span>
          )}
        />
        <TextField
          label={words.until}
          type="date"
          required
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
        <RefusalLine refusal={deed.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="primary" type="submit" disabled={deed.busy || guest === null}>
            {words.doInvite}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
