// What is to change of a membership, the dialog of what somebody has chosen to do to it, and what came of it.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import type { ChangeAct } from '../../../preload/shapes-changes.ts'
import { Button } from '../../components/button.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { changeWords as words } from '../../messages/changes-en.ts'
import { useDeed } from '../../state/deed.ts'
import { linkTo } from '../../state/route.ts'
import { CancelForm, CHANGED, type ChangeProps, KeepForm, PauseForm, ResumeForm } from './change-forms.tsx'
import { ChangePlan } from './change-plan.tsx'

type Props = {
  membership: MemberPanel['memberships'][number]
  member: { id: string }
  act: ChangeAct | null
  onClose: () => void
}

export function MembershipChanges({ membership, member, act, onClose }: Props) {
  const [says, setSays] = useState<string | null>(null)
  function done(sentence: string): void {
    setSays(sentence)
    onClose()
  }
  return (
    <>
      {membership.pendingChange !== null && <Pending membership={membership} onDone={setSays} />}
      {says !== null && (
        <Notice tone="note" role="status">
          {says}
        </Notice>
      )}
      {membership.can.includes('renew') && <Renew member={member} />}
      {act !== null && <Chosen act={act} membership={membership} onDone={done} onClose={onClose} />}
    </>
  )
}

function Chosen({ act, ...props }: ChangeProps & { act: ChangeAct }) {
  switch (act) {
    case 'plan':
      return <ChangePlan {...props} />
    case 'pause':
      return <PauseForm {...props} />
    case 'resume':
      return <ResumeForm {...props} />
    case 'keep':
      return <KeepForm {...props} />
    case 'cancel':
    case 'cancel-now':
      return <CancelForm {...props} now={act === 'cancel-now'} />
    case 'take-back':
    case 'renew':
      return null
  }
}

function Pending({ membership: { id, pendingChange, can }, onDone }: Pick<ChangeProps, 'membership' | 'onDone'>) {
  const deed = useDeed()
  async function takeBack(): Promise<void> {
    const outcome = await deed.run('changes.takeBack', { id }, ...CHANGED)
    if (outcome.ok) onDone(outcome.value.says)
  }
  return (
    <Notice
      tone="still"
      action={
        can.includes('take-back') && (
          <Button size="small" disabled={deed.busy} onClick={() => void takeBack()}>
            {words.acts['take-back']}
          </Button>
        )
      }
    >
      <span className="font-medium">{words.pending}: </span>
      {pendingChange}
      <RefusalLine refusal={deed.refusal} />
    </Notice>
  )
}

/** The sign-up begins with the person and the plan that they had. */
function Renew({ member }: { member: { id: string } }) {
  const deed = useDeed()
  async function renew(): Promise<void> {
    const outcome = await deed.run('signUps.start', { member: member.id }, 'signUps.list')
    if (outcome.ok && outcome.value.signUp !== null) window.location.hash = linkTo('sign-up', outcome.value.signUp.id)
  }
  return (
    <div className="flex flex-col gap-2">
      <Button size="small" className="self-start" disabled={deed.busy} onClick={() => void renew()}>
        {words.acts.renew}
      </Button>
      <RefusalLine refusal={deed.refusal} />
    </div>
  )
}
