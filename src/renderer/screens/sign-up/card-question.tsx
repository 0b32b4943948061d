// Paid or agreed: nothing that comes now can undo it. A card at once, or later.
import { CircleCheck } from 'lucide-react'
import type { SignUp } from '../../../preload/shapes-sign-up.ts'
import { Button, buttonClass } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { RefusalLine } from '../../components/notice.tsx'
import { signUpWords as words } from '../../messages/sign-up-en.ts'
import { openEnrol } from '../../state/card-wait.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo } from '../../state/route.ts'
import { UnruledMinor } from '../member/unruled-minor.tsx'

export function CardQuestion({ signUp: { id, member, paid, receipt } }: { signUp: SignUp }) {
  const { value } = useReading('members.get', member === null ? null : { id: member.id })
  const card = value?.cards.find(({ state }) => state === 'active') ?? null
  const deed = useDeed()
  const finish = (canonical: string | null) =>
    void deed.run('signUps.finish', { id, card: canonical }, 'signUps.get', 'signUps.list')
  return (
    <div className="flex flex-col items-start gap-4">
      <p role="status" className="flex items-center gap-2 text-20 font-semibold">
        <CircleCheck className="size-6 text-granted" />
        {words.cardTitle[paid ?? 'paid']}
      </p>
      <p className="text-14 text-ink-2">{card === null ? words.cardMore : card.short}</p>
      {value !== null && <UnruledMinor member={value} />}
      <RefusalLine refusal={deed.refusal} />
      <div className="flex flex-wrap gap-3">
        {card === null ? (
          <>
            <Button rank="primary" className="h-11" disabled={member === null} onClick={() => openEnrol(member)}>
              {words.enrol}
            </Button>
            <Button className="h-11" disabled={deed.busy} onClick={() => finish(null)}>
              {words.cardLater}
            </Button>
          </>
        ) : (
          <Button rank="primary" className="h-11" disabled={deed.busy} onClick={() => finish(card.canonical)}>
            {words.finish}
          </Button>
        )}
        {receipt !== null && (
          <a href={linkTo('cash', receipt)} className={cx(buttonClass(), 'h-11')}>
            {words.printReceipt}
          </a>
        )}
      </div>
    </div>
  )
}
