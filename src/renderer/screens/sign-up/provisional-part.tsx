// A card before anything is paid: offered while Stripe cannot be reached, and what the one that was given opens.
import type { SignUp } from '../../../preload/shapes-sign-up.ts'
import { Button } from '../../components/button.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { signUpWords as words } from '../../messages/sign-up-en.ts'
import { openEnrol } from '../../state/card-wait.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'

export function ProvisionalPart({ signUp: { id, member, provisional } }: { signUp: SignUp }) {
  const given = provisional?.given ?? false
  const { value } = useReading('members.get', given && member !== null ? { id: member.id } : null)
  const card = value?.cards.find(({ state }) => state === 'active') ?? null
  const deed = useDeed()
  if (provisional === null) return null
  return (
    <>
      <Notice
        tone="grace"
        role="status"
        action={
          !given ? (
            <Button
              className="h-11"
              disabled={deed.busy}
              onClick={() => void deed.run('signUps.provisional', { id }, 'signUps.get', 'signUps.list', 'desk.todo')}
            >
              {words.provisionalGive}
            </Button>
          ) : card === null ? (
            <Button className="h-11" onClick={() => openEnrol(member)}>
              {words.provisionalCard}
            </Button>
          ) : (
            <span className="text-14 font-medium">{words.provisionalHas(card.short)}</span>
          )
        }
      >
        {provisional.sentence}
      </Notice>
      <RefusalLine refusal={deed.refusal} />
    </>
  )
}
