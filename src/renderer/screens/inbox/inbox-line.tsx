// One row of the inbox: whose, what happened, since when, and its one button.
import { X } from 'lucide-react'
import { useState } from 'react'
import type { InboxRow } from '../../../preload/shapes-inbox.ts'
import { Button, buttonClass, IconButton } from '../../components/button.tsx'
import { InvoiceLink } from '../../components/invoice-link.tsx'
import { Moment } from '../../components/moment.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { inboxWords } from '../../messages/inbox-en.ts'
import { openEnrol } from '../../state/card-wait.ts'
import { useDeed } from '../../state/deed.ts'
import { openMember } from '../../state/panel.ts'
import { linkTo } from '../../state/route.ts'
import { GiveAccess } from '../member/give-access.tsx'
import { ManualForm } from '../member/manual-form.tsx'
import { isMailAction, MailButtons } from '../settings/mail-buttons.tsx'
import { ABOUT_INBOX, type Merged } from './about-inbox.ts'
import { ChoosePerson } from './choose-person.tsx'
import { MergeDialog } from './merge-dialog.tsx'

/** Where a row is mended on another page. */
function elsewhere({ action, subject }: InboxRow): string | null {
  if (action === 'open-list') return linkTo('members', undefined, { show: subject })
  if (action === 'map-price') return linkTo('settings', 'plans')
  if (action === 'review-pauses') return linkTo('settings', 'pauses')
  return null
}

type Props = { row: InboxRow; onMerged: (merged: Merged) => void; onPutAway: (row: InboxRow) => void }

export function InboxLine({ row, onMerged, onPutAway }: Props) {
  const [dialog, setDialog] = useState(false)
  const deed = useDeed()
  const link = elsewhere(row)
  const word = inboxWords.actions[row.action]

  async function putAway(): Promise<void> {
    const outcome = await deed.run('inbox.putAway', { id: row.id }, 'inbox.list')
    if (outcome.ok) onPutAway(row)
  }

  function act(): void {
    switch (row.action) {
      case 'enrol-card':
        return openEnrol(row.member)
      case 'try-again':
        return void deed.run('sync.tryAgain', { subject: row.subject }, ...ABOUT_INBOX)
      case 'put-away':
        return void putAway()
      case 'merge':
      case 'choose-person':
      case 'give-access-until':
      case 'add-membership':
      case 'renew-term':
        return setDialog(true)
      default:
        if (row.member !== null) openMember(row.member.id)
    }
  }

  return (
    <li tabIndex={-1} data-waiting className="-outline-offset-2 flex scroll-mb-24 flex-col gap-2 px-5 py-3.5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-[1_1_340px]">
          <p className="flex flex-wrap items-baseline gap-x-2 text-13 text-ink-3">
            <span className="font-medium text-ink-2">
              {inboxWords.kinds[row.kind]}
              <Dot />
            </span>
            <span className="inline-block first-letter:uppercase">
              {row.step}
              <Dot />
            </span>
            <span>
              {inboxWords.since} <Moment at={row.since} as="day" />
            </span>
          </p>
          <p className="mt-0.5 text-14">{row.sentence}</p>
          {row.detail !== null && <p className="mt-0.5 text-13 break-words text-ink-3">{row.detail}</p>}
        </div>
        {isMailAction(row.action) ? (
          <MailButtons id={row.subject} action={row.action} sentence={row.sentence} member={row.member} deed={deed} />
        ) : (
          <div className="flex shrink-0 items-center gap-1">
            {row.action === 'open-invoice' ? (
              <InvoiceLink url={row.subject} word={word} label={`${word}: ${row.sentence}`} rank="plain" />
            ) : link === null ? (
              <Button size="small" disabled={deed.busy} onClick={act} aria-label={`${word}: ${row.sentence}`}>
                {word}
              </Button>
            ) : (
              <a href={link} className={buttonClass('plain', 'small')} aria-label={`${word}: ${row.sentence}`}>
                {word}
              </a>
            )}
            <IconButton
              label={inboxWords.putAwayOf(row.sentence)}
              title={inboxWords.putAway}
              disabled={deed.busy}
              onClick={({ detail }) => {
                // The second click of two would meet the row that has come up.
                if (detail < 2) void putAway()
              }}
            >
              <X className="size-4" />
            </IconButton>
          </div>
        )}
      </div>
      <RefusalLine refusal={deed.refusal} />
      {row.action === 'choose-person' && <ChoosePerson row={row} open={dialog} onClose={() => setDialog(false)} />}
      {row.action === 'merge' && (
        <MergeDialog row={row} open={dialog} onClose={() => setDialog(false)} onMerged={onMerged} />
      )}
      {dialog && row.member !== null && (row.action === 'add-membership' || row.action === 'renew-term') && (
        <ManualForm
          member={row.member}
          renew={row.action === 'renew-term' ? { id: row.subject, plan: row.member.name, paidUntil: row.until } : null}
          open
          onClose={() => setDialog(false)}
        />
      )}
      {row.action === 'give-access-until' && row.member !== null && (
        <GiveAccess member={row.member} until={row.until} open={dialog} onClose={() => setDialog(false)} />
      )}
    </li>
  )
}

/** At the end of what it follows, so that no line begins with it. */
function Dot() {
  return (
    <span aria-hidden className="ml-2 text-ink-3">
      ·
    </span>
  )
}
