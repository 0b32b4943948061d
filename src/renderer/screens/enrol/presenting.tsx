// The upper half of the dialog: what the readers and the desk say while a card is awaited.
import { CircleAlert, Clock, CreditCard, Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, buttonClass } from '../../components/button.tsx'
import { enrolWords } from '../../messages/cards-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { closeEnrol, type Person, present, useEnrol } from '../../state/enrol.ts'
import { useDeskNow } from '../../state/lamps.ts'
import { linkTo } from '../../state/route.ts'
import { useDesk } from '../../state/voice.ts'

export function Presenting({ member }: { member: Person }) {
  const { enrolment, refusal } = useEnrol()
  const again = (
    <Button rank="primary" onClick={() => void present(member)}>
      {commonWords.again}
    </Button>
  )
  if (refusal !== null) {
    return <Told icon={<CircleAlert />} title={enrolWords.blocked} text={refusal.sentence} action={again} />
  }
  if (enrolment === null) return <Stage title={enrolWords.starting} text="" />
  switch (enrolment.state) {
    case 'waiting':
      return enrolment.readerReady ? <Waiting until={enrolment.until} /> : <NoReader />
    case 'refused':
      return (
        <Told icon={<CircleAlert />} title={enrolWords.refusedTitle} text={enrolment.sentence ?? ''} action={again} />
      )
    case 'timed-out':
      return <Told icon={<Clock />} title={enrolWords.timedOut} text={enrolment.sentence ?? ''} action={again} />
    case 'cancelled':
      return <Told icon={<Clock />} title={enrolWords.cancelledTitle} text={enrolment.sentence ?? ''} action={again} />
    case 'done':
      return null
  }
}

function Waiting({ until }: { until: string }) {
  const now = useDeskNow(500)
  const seconds = Math.max(0, Math.round((Date.parse(until) - now) / 1_000))
  return (
    <Stage title={enrolWords.presentNow} text={enrolWords.presentHow}>
      <p className="figures mt-1 text-14 text-ink-3">{enrolWords.secondsLeft(seconds)}</p>
      <SampleCard />
    </Stage>
  )
}

/** A card that comes to a reader, calmly; it rests under reduced motion. */
function Stage({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center rounded-md bg-sunken px-4 pt-6 pb-5 text-center short:pt-4 short:pb-4">
      <div
        aria-hidden="true"
        className="relative mb-4 flex size-30 short:mb-2 short:size-24 items-center justify-center"
      >
        <span className="ripple absolute inset-0 rounded-full border-2 border-accent" />
        <span className="ripple ripple-late absolute inset-0 rounded-full border-2 border-accent" />
        <span className="approach flex size-20 short:size-16 items-center justify-center rounded-full bg-accent-soft text-accent-ink">
          <CreditCard className="size-9" strokeWidth={1.5} />
        </span>
      </div>
      <p role="status" className="text-20 font-semibold">
        {title}
      </p>
      <p className="text-14 text-ink-2">{text}</p>
      {children}
    </div>
  )
}

function SampleCard() {
  const demo = useDesk()?.demo ?? false
  const deed = useDeed()
  if (!demo) return null
  return (
    <>
      <Button className="mt-4" disabled={deed.busy} onClick={() => void deed.run('demo.present', {})}>
        {enrolWords.sample}
      </Button>
      {deed.refusal && <p className="mt-2 text-13 text-refused-ink">{deed.refusal.sentence}</p>}
    </>
  )
}

function NoReader() {
  return (
    <Told
      icon={<Unplug />}
      title={enrolWords.noReader}
      text={enrolWords.noReaderMore}
      action={
        <a href={linkTo('settings', 'readers')} onClick={closeEnrol} className={buttonClass('primary')}>
          {enrolWords.toSettings}
        </a>
      }
    />
  )
}

function Told({ icon, title, text, action }: { icon: ReactNode; title: string; text: string; action: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex flex-col items-center rounded-md bg-sunken px-6 pt-6 pb-5 text-center [&>svg]:mb-3 [&>svg]:size-10 [&>svg]:stroke-[1.5] [&>svg]:text-grace"
    >
      {icon}
      <p className="text-20 font-semibold">{title}</p>
      <p className="mt-1 mb-4 text-14 text-ink-2">{text}</p>
      {action}
    </div>
  )
}
