// Two people side by side: one of them to keep, or two for good.
import type { InboxRow } from '../../../preload/shapes-inbox.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { inboxWords } from '../../messages/inbox-en.ts'
import { useDeed } from '../../state/deed.ts'
import { ABOUT_INBOX, type Merged } from './about-inbox.ts'

type Props = { row: InboxRow; open: boolean; onClose: () => void; onMerged: (merged: Merged) => void }

export function MergeDialog({ row, open, onClose, onMerged }: Props) {
  const deed = useDeed()
  const [a, b] = row.candidates
  if (a === undefined || b === undefined) return null

  async function merge(keep: { id: string; name: string }, from: string): Promise<void> {
    const outcome = await deed.run('members.merge', { keep: keep.id, from }, ...ABOUT_INBOX)
    if (!outcome.ok) return
    onMerged({ merge: outcome.value.merge, name: keep.name })
    onClose()
  }
  async function keepApart(one: string, other: string): Promise<void> {
    const outcome = await deed.run('members.different', { a: one, b: other }, ...ABOUT_INBOX)
    if (outcome.ok) onClose()
  }

  return (
    <Dialog open={open} onClose={onClose} title={inboxWords.mergeTitle} about={inboxWords.mergeAbout}>
      <div className="flex flex-col gap-4">
        <RefusalLine refusal={deed.refusal} />
        <ul className="grid grid-cols-2 gap-3">
          {[a, b].map((person, index) => (
            <li key={person.id} className="flex flex-col items-start gap-2 rounded-md border border-line p-3">
              <Avatar person={person} size="small" />
              <p className="w-full min-w-0">
                <span className="block truncate text-14 font-medium">{person.name}</span>
                <span className="block truncate text-13 text-ink-3">{person.plan ?? inboxWords.noPlan}</span>
                <span className="block truncate text-13 text-ink-3">{person.email ?? inboxWords.noEmail}</span>
              </p>
              <Button
                size="small"
                disabled={deed.busy}
                aria-label={inboxWords.keepThis(person.name)}
                onClick={() => void merge(person, index === 0 ? b.id : a.id)}
              >
                {inboxWords.keep}
              </Button>
            </li>
          ))}
        </ul>
        <Button rank="quiet" disabled={deed.busy} onClick={() => void keepApart(a.id, b.id)} className="self-start">
          {inboxWords.different}
        </Button>
      </div>
    </Dialog>
  )
}
