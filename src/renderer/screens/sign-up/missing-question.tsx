// What this space asks for and is not known yet of somebody who is here already.
import { useState } from 'react'
import type { Reply } from '../../../preload/contract.ts'
import type { MemberPanel } from '../../../preload/shapes.ts'
import type { AskedDetails } from '../../../preload/shapes-details.ts'
import type { SignUp } from '../../../preload/shapes-sign-up.ts'
import { Button } from '../../components/button.tsx'
import { DetailFields } from '../../components/detail-fields.tsx'
import { Form } from '../../components/form.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { detailWords as words } from '../../messages/details-en.ts'
import { signUpWords } from '../../messages/sign-up-en.ts'
import { useDeed } from '../../state/deed.ts'
import { detailsIn, typedFrom, useSaid } from '../../state/detail-form.ts'
import { useReading } from '../../state/readings.ts'

export function MissingQuestion({ signUp }: { signUp: SignUp }) {
  const who = signUp.member === null ? null : { id: signUp.member.id }
  const asked = useReading('details.asked', {}).value
  const known = useReading('members.details', who)
  const panel = useReading('members.get', who)
  if (asked === null || known.value === null || panel.value === null)
    return known.refusal === null ? <SkeletonRows rows={4} /> : <RefusalLine refusal={known.refusal} />
  return <Missing signUp={signUp} asked={asked} known={known.value} member={panel.value} />
}

type Props = { signUp: SignUp; asked: AskedDetails; known: Reply<'members.details'>; member: MemberPanel }

function Missing({ signUp: { id }, asked, known, member }: Props) {
  const [typed, setTyped] = useState(() => ({
    ...typedFrom(known),
    email: member.emails[0] ?? '',
    phone: member.phone ?? '',
  }))
  const deed = useDeed()
  const said = useSaid(deed.refusal)

  async function save(): Promise<void> {
    const { email, phone } = typed
    const details = detailsIn(typed)
    await deed.run('signUps.details', { id, email, phone, details }, 'signUps.get', 'members.get', 'members.details')
  }

  return (
    <Form onSubmit={save}>
      <div>
        <h2 className="text-20 font-semibold">{words.missingTitle(member.name)}</h2>
        <p className="mt-1 text-14 text-ink-2">{words.missingMore}</p>
      </div>
      <DetailFields
        asked={asked}
        typed={typed}
        onType={(news) => setTyped((before) => ({ ...before, ...news }))}
        said={said}
      />
      <RefusalLine refusal={said === null ? deed.refusal : null} />
      <Button rank="primary" type="submit" disabled={deed.busy} className="h-11 self-start">
        {signUpWords.next}
      </Button>
    </Form>
  )
}
