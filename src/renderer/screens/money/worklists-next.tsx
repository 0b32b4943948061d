// The one button of a row: what keeps a door open or mends a leak, done here or where it can be done.
import { useState } from 'react'
import type { CallName } from '../../../preload/contract.ts'
import type { NextAction } from '../../../preload/shapes-worklists.ts'
import { Button, buttonClass } from '../../components/button.tsx'
import { worklistWords as words } from '../../messages/worklists-en.ts'
import { useDeed } from '../../state/deed.ts'
import { openMember } from '../../state/panel.ts'
import { renew } from '../../state/readings.ts'
import { linkTo } from '../../state/route.ts'
import { takePayment } from '../../state/taking.ts'
import { GiveAccess } from '../member/give-access.tsx'
import { ManualForm } from '../member/manual-form.tsx'

const ABOUT: CallName[] = ['worklists.weekend', 'worklists.leaks', 'members.get']

type Props = {
  member: { id: string; name: string }
  next: NextAction
  /** Tab stops at the row in turn alone. */
  inTurn: boolean
  onFocus: () => void
}

export function WorkNext({ member, next, inTurn, onFocus }: Props) {
  const [open, setOpen] = useState(false)
  const [done, setDone] = useState<string | null>(null)
  const deed = useDeed()
  const word = words.actions[next.do]
  const common = { onFocus, tabIndex: inTurn ? 0 : -1, 'aria-label': words.actionFor(word, member.name) }
  if (next.do === 'look-at-door' || next.do === 'write') {
    const away = next.do === 'write'
    return (
      <a
        {...common}
        {...(away ? { href: next.mailto, target: '_blank', rel: 'noreferrer' } : { href: linkTo('doors') })}
        className={buttonClass('plain', 'small')}
      >
        {word}
      </a>
    )
  }

  async function act(): Promise<void> {
    switch (next.do) {
      case 'send-link': {
        const outcome = await deed.run('payments.mail', { member: member.id, invoice: next.invoice })
        if (outcome.ok) setDone(words.sent)
        return
      }
      case 'end-permission': {
        const outcome = await deed.run('access.end', { id: next.permission }, ...ABOUT)
        if (outcome.ok) setDone(words.ended)
        return
      }
      case 'take-payment':
        return takePayment(member)
      case 'renew':
      case 'extend':
        return setOpen(true)
      default:
        return openMember(member.id)
    }
  }
  function close(): void {
    setOpen(false)
    renew(...ABOUT)
  }
  return (
    <>
      {done === null ? (
        <Button {...common} size="small" disabled={deed.busy} onClick={() => void act()}>
          {word}
        </Button>
      ) : (
        <span role="status" className="inline-flex h-8 items-center text-13 text-granted-ink">
          {done}
        </span>
      )}
      {deed.refusal !== null && (
        <p role="alert" className="mt-1 text-13 text-refused-ink">
          {deed.refusal.sentence}
        </p>
      )}
      {open && next.do === 'renew' && (
        <ManualForm
          member={member}
          renew={{ id: next.membership, plan: next.plan, paidUntil: next.paidUntil }}
          open
          onClose={close}
        />
      )}
      {open && next.do === 'extend' && <GiveAccess member={member} until={null} open onClose={close} />}
    </>
  )
}
