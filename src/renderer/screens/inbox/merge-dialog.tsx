// Two people side by side: one of them to keep, or two for good.
import type { InboxRow } from '../../../preload/shapes-inbox.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Moment } from '../../components/moment.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { StandingChip } from '../../components/state-chips.tsx'
import { inboxWords } from '../../messages/inbox-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
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
    <Dialog wide open={open} onClose={onClose} title={inboxWords.mergeTitle} about={inboxWords.mergeAbout}>
      <div className="flex flex-col gap-4">
        <RefusalLine refusal={deed.refusal} />
        <ul className="grid grid-cols-2 gap-3">
          {[a, b].map((person, index) => (
            <li key={person.id} className="flex flex-col gap-3 rounded-md border border-line p-3">
              <Side person={person} />
              <Button
                size="small"
                disabled={deed.busy}
                aria-label={inboxWords.keepThis(person.name)}
                onClick={() => void merge(person, index === 0 ? b.id : a.id)}
                className="mt-auto self-start"
              >
                {inboxWords.keep}
              </Button>
            </li>
          ))}
        </ul>
        <p className="text-13 text-ink-3">{inboxWords.moves}</p>
        <Button disabled={deed.busy} onClick={() => void keepApart(a.id, b.id)} className="self-start">
          {inboxWords.different}
        </Button>
      </div>
    </Dialog>
  )
}

/** All that tells two people apart, in the same place for both. */
function Side({ person }: { person: InboxRow['candidates'][number] }) {
  const { value: member } = useReading('members.get', { id: person.id })
  const { none } = inboxWords
  const facts: [string, string][] = [
    [inboxWords.emails, (member?.emails ?? [person.email ?? none]).join(', ') || none],
    [inboxWords.phone, member?.phone ?? none],
    [inboxWords.plans, member?.memberships.map(({ plan }) => plan).join(', ') || (person.plan ?? none)],
    [inboxWords.cards, member?.cards.map(({ short }) => short).join(', ') || none],
  ]
  const last = member?.visits[0]
  return (
    <>
      <p className="flex items-center gap-2">
        <Avatar person={person} size="small" />
        <span className="min-w-0 text-14 font-medium break-words">{person.name}</span>
      </p>
      {member !== null && (
        <p>
          <StandingChip standing={member.standing} barred={member.bar !== null} />
        </p>
      )}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-13">
        {facts.map(([label, fact]) => (
          <div key={label} className="contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="break-words">{fact}</dd>
          </div>
        ))}
        <div className="contents">
          <dt className="text-ink-3">{inboxWords.lastVisit}</dt>
          <dd>{last === undefined ? none : <Moment at={last.at} as="day" />}</dd>
        </div>
      </dl>
    </>
  )
}
