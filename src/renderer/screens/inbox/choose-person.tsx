// "Which of these, or someone new": a Stripe customer whom several people may be.
import { UserPlus } from 'lucide-react'
import type { InboxRow } from '../../../preload/shapes-inbox.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { PersonSearch } from '../../components/person-search.tsx'
import { frameWords } from '../../messages/frame-en.ts'
import { inboxWords } from '../../messages/inbox-en.ts'
import { useDeed } from '../../state/deed.ts'
import { createSearch } from '../../state/search.ts'
import { ABOUT_INBOX } from './about-inbox.ts'

const search = createSearch()

type Props = { row: InboxRow; open: boolean; onClose: () => void }

export function ChoosePerson({ row, open, onClose }: Props) {
  const deed = useDeed()
  async function claim(member: string | null): Promise<void> {
    const outcome = await deed.run('members.claimCustomer', { customer: row.subject, member }, ...ABOUT_INBOX)
    if (outcome.ok) onClose()
  }
  return (
    <Dialog open={open} onClose={onClose} title={inboxWords.chooseTitle} about={row.sentence}>
      <div className="flex flex-col gap-3">
        <RefusalLine refusal={deed.refusal} />
        {row.candidates.map((person) => (
          <button
            key={person.id}
            type="button"
            disabled={deed.busy}
            aria-label={inboxWords.chooseThis(person.name)}
            onClick={() => void claim(person.id)}
            className="flex items-center gap-3 rounded-md border border-line px-3 py-2.5 text-left hover:border-line-strong hover:bg-hover"
          >
            <Avatar person={person} size="small" />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-14 font-medium">{person.name}</span>
              <span className="block truncate text-13 text-ink-3">
                {person.plan ?? inboxWords.noPlan} · {person.email ?? inboxWords.noEmail}
              </span>
            </span>
          </button>
        ))}
        <PersonSearch
          search={search}
          floating={false}
          label={inboxWords.somebodyElse}
          hint={row.candidates.length === 0 ? frameWords.searchHint : inboxWords.somebodyElse}
          found={frameWords.searchFound}
          onTake={(person) => void claim(person.id)}
          nobody={inboxWords.nobodyFound}
        />
        <Button disabled={deed.busy} onClick={() => void claim(null)} className="self-start">
          <UserPlus className="size-4" />
          {inboxWords.someoneNew}
        </Button>
      </div>
    </Dialog>
  )
}
