// What is done about a mail that did not go: sent again, arrived after all, told at the desk, or put aside.
import { X } from 'lucide-react'
import type { CallName } from '../../../preload/contract.ts'
import type { MailAction } from '../../../preload/shapes-mail.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { mailWords as words } from '../../messages/mail-en.ts'
import type { Deed } from '../../state/deed.ts'
import { openMember } from '../../state/panel.ts'

const CHANGES: CallName[] = ['outbox.list', 'inbox.list', 'desk.todo', 'desk.status', 'members.timeline']

/** `member`: whom it is about. */
type Props = {
  id: string
  action: MailAction
  sentence: string
  member: { id: string; name: string } | null
  deed: Deed
}

export function isMailAction(action: string): action is MailAction {
  return Object.hasOwn(words.actions, action)
}

export function MailButtons({ id, action, sentence, member, deed }: Props) {
  const word = words.actions[action]
  const putAside = (arrived: boolean) =>
    void deed.run('outbox.putAside', { id, ...(arrived ? { arrived } : {}) }, ...CHANGES)
  const act = () => (action === 'told-at-desk' ? putAside(false) : void deed.run('outbox.retry', { id }, ...CHANGES))
  return (
    <div className="flex shrink-0 items-center gap-1">
      {action === 'send-mail-again' && member !== null && (
        <Button size="small" onClick={() => openMember(member.id)} aria-label={words.openOf(member.name)}>
          {words.open}
        </Button>
      )}
      {action === 'ask-whether-arrived' && (
        <Button
          size="small"
          disabled={deed.busy}
          onClick={() => putAside(true)}
          aria-label={`${words.arrived}: ${sentence}`}
        >
          {words.arrived}
        </Button>
      )}
      <Button size="small" disabled={deed.busy} onClick={act} aria-label={`${word}: ${sentence}`}>
        {word}
      </Button>
      {action !== 'told-at-desk' && (
        <IconButton
          label={words.putAsideOf(sentence)}
          title={words.putAside}
          disabled={deed.busy}
          onClick={() => putAside(false)}
        >
          <X className="size-4" />
        </IconButton>
      )}
    </div>
  )
}
