// One sign-up: its steps at the left, the question in the middle, the bill at the right. Leaving it loses nothing.
import { Check } from 'lucide-react'
import { useState } from 'react'
import type { SignUp } from '../../../preload/shapes-sign-up.ts'
import { Button, buttonClass } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { SkeletonRows } from '../../components/later.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { signUpWords as words } from '../../messages/sign-up-en.ts'
import { useDeed } from '../../state/deed.ts'
import { openMember } from '../../state/panel.ts'
import { useHasPhoto } from '../../state/photos.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo } from '../../state/route.ts'
import { PhotoPart } from '../member/photo-part.tsx'
import { BillColumn } from './bill-column.tsx'
import { CardQuestion } from './card-question.tsx'
import { MissingQuestion } from './missing-question.tsx'
import { PayQuestion } from './pay-question.tsx'
import { PlanQuestion } from './plan-question.tsx'

const STEPS = ['person', 'plan', 'payment', 'card', 'finished'] as const

/** Choosing and the summary are one step for whoever stands there. */
const PLACE: Record<SignUp['step'], number> = {
  person: 0,
  plan: 1,
  summary: 2,
  payment: 2,
  card: 3,
  finished: 4,
  'given-up': 4,
}

export function SignUpPage({ id }: { id: string }) {
  const { value: signUp, refusal } = useReading('signUps.get', { id })
  const name = signUp?.member?.name ?? words.nobody
  return (
    <Page title={signUp === null ? words.title : words.titleFor(name)}>
      <RefusalLine refusal={refusal} />
      {signUp === null ? (
        refusal === null && <SkeletonRows rows={4} />
      ) : (
        <div className="grid items-start gap-5 wide:grid-cols-[160px_minmax(0,1fr)_280px]">
          <div className="flex flex-col gap-4">
            <Steps at={PLACE[signUp.step]} />
            {signUp.member !== null && <Face member={signUp.member} />}
          </div>
          <section className="card p-5" data-step={signUp.step}>
            <Question signUp={signUp} />
          </section>
          <div className="flex flex-col gap-4">
            <BillColumn signUp={signUp} />
            {PLACE[signUp.step] < 3 && <GiveUp signUp={signUp} />}
          </div>
        </div>
      )}
    </Page>
  )
}

function Question({ signUp }: { signUp: SignUp }) {
  const [again, setAgain] = useState(false)
  switch (signUp.step) {
    case 'person':
      return <MissingQuestion signUp={signUp} />
    case 'plan':
      return <PlanQuestion signUp={signUp} onDone={() => setAgain(false)} />
    case 'summary':
    case 'payment':
      if (again) return <PlanQuestion signUp={signUp} onDone={() => setAgain(false)} />
      return <PayQuestion signUp={signUp} onOtherPlan={() => setAgain(true)} />
    case 'card':
      return <CardQuestion signUp={signUp} />
    case 'finished':
      return <Finished signUp={signUp} />
    case 'given-up':
      return <Notice tone="still">{words.givenUp}</Notice>
  }
}

/** A photo may be taken whenever there is a moment for it, or not at all. */
function Face({ member }: { member: NonNullable<SignUp['member']> }) {
  const has = useHasPhoto(member.id)
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 wide:px-2">
      <PhotoPart member={{ ...member, archivedAt: null }} compare={false} />
      {!has && <p className="text-13 text-ink-3">{words.photo}</p>}
    </div>
  )
}

function Steps({ at }: { at: number }) {
  return (
    <ol className="flex gap-1 overflow-x-auto wide:flex-col">
      {STEPS.map((step, n) => (
        <li
          key={step}
          aria-current={n === at ? 'step' : undefined}
          className={cx(
            'flex min-h-9 items-center gap-2 rounded-md px-2 text-14 whitespace-nowrap',
            n === at ? 'bg-accent-soft font-semibold text-accent-ink' : 'text-ink-3',
          )}
        >
          <span
            aria-hidden="true"
            className="figures flex size-6 shrink-0 items-center justify-center rounded-full border border-line-strong text-13"
          >
            {n < at ? <Check className="size-4" /> : n + 1}
          </span>
          {words.steps[step]}
        </li>
      ))}
    </ol>
  )
}

function Finished({ signUp: { member, quantity } }: { signUp: SignUp }) {
  return (
    <div className="flex flex-col items-start gap-4">
      <p role="status" className="text-20 font-semibold">
        {words.done(member?.name ?? words.nobody)}
      </p>
      {quantity > 1 && <p className="text-14 text-ink-2">{words.coversMore(quantity)}</p>}
      <div className="flex flex-wrap gap-3">
        <a href={linkTo('sign-up')} className={buttonClass('primary')}>
          {words.another}
        </a>
        {member !== null && <Button onClick={() => openMember(member.id)}>{words.openPerson(member.name)}</Button>}
      </div>
    </div>
  )
}

function GiveUp({ signUp: { id } }: { signUp: SignUp }) {
  const [asked, setAsked] = useState(false)
  const deed = useDeed()
  return (
    <div className="flex flex-col gap-2">
      {asked ? (
        <Confirm
          ask={words.giveUpAsk}
          doIt={words.giveUp}
          busy={deed.busy}
          onDo={() => void deed.run('signUps.giveUp', { id }, 'signUps.get', 'signUps.list')}
          onKeep={() => setAsked(false)}
        />
      ) : (
        <Button rank="quiet" size="small" className="self-start" onClick={() => setAsked(true)}>
          {words.giveUp}
        </Button>
      )}
      <RefusalLine refusal={deed.refusal} />
    </div>
  )
}
