// The upper half of the dialog: what the readers and the desk say while a card is awaited.
import { CircleAlert, Clock, CreditCard, Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CardWait } from '../../../preload/shapes-cards.ts'
import { Button, buttonClass } from '../../components/button.tsx'
import { waitWords as words } from '../../messages/card-wait-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { closeCardWait, present, useCardWait } from '../../state/card-wait.ts'
import { useDeed } from '../../state/deed.ts'
import { useDeskNow } from '../../state/lamps.ts'
import { linkTo } from '../../state/route.ts'
import { useDesk } from '../../state/voice.ts'

/** `how`: what whoever holds the card does now. */
export function Presenting({ how }: { how: string }) {
  const { wait, refusal } = useCardWait()
  const again = (
    <Button rank="primary" onClick={() => void present()}>
      {commonWords.again}
    </Button>
  )
  if (refusal !== null) {
    return <Told icon={<CircleAlert />} title={words.blocked} text={refusal.sentence} action={again} />
  }
  if (wait === null) return <Stage title={words.starting} text="" />
  switch (wait.state) {
    case 'waiting':
      return wait.readerReady ? <Waiting how={how} until={wait.until} sentence={wordOf(wait)} /> : <NoReader />
    case 'refused':
      return <Told icon={<CircleAlert />} title={words.refusedTitle} text={wait.sentence ?? ''} action={again} />
    case 'timed-out':
      return <Told icon={<Clock />} title={words.timedOut} text={wait.sentence ?? ''} action={again} />
    case 'cancelled':
      return <Told icon={<Clock />} title={words.cancelledTitle} text={wait.sentence ?? ''} action={again} />
    case 'done':
      return null
  }
}

/** What was said of a card that came while others are awaited; for a box it stands in a list of its own. */
function wordOf({ what, sentence }: CardWait): string | null {
  return what === 'stock' ? null : sentence
}

type WaitingProps = { how: string; until: string; sentence: string | null }

function Waiting({ how, until, sentence }: WaitingProps) {
  const now = useDeskNow(500)
  const seconds = Math.max(0, Math.round((Date.parse(until) - now) / 1_000))
  return (
    <Stage title={words.presentNow} text={how}>
      <p className="figures mt-1 text-14 text-ink-3">{words.secondsLeft(seconds)}</p>
      {sentence !== null && (
        <p role="alert" className="mt-3 text-14 font-medium text-grace-ink">
          {sentence}
        </p>
      )}
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
        {words.sample}
      </Button>
      {deed.refusal && <p className="mt-2 text-13 text-refused-ink">{deed.refusal.sentence}</p>}
    </>
  )
}

function NoReader() {
  return (
    <Told
      icon={<Unplug />}
      title={words.noReader}
      text={words.noReaderMore}
      action={
        <a href={linkTo('settings', 'readers')} onClick={closeCardWait} className={buttonClass('primary')}>
          {words.toSettings}
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
