// Strips under the top bar, only while something matters to everybody.
import { CirclePause, KeyRound, LoaderCircle, Tags, TriangleAlert, Unplug } from 'lucide-react'
import { buttonClass } from '../../components/button.tsx'
import { sayMoment } from '../../format/moments.ts'
import { sayCount } from '../../format/money.ts'
import { frameWords } from '../../messages/frame-en.ts'
import { linkWords } from '../../messages/link-en.ts'
import { useLamps } from '../../state/lamps.ts'
import { useLink } from '../../state/link.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo } from '../../state/route.ts'
import { useDesk, useVoice } from '../../state/voice.ts'
import { DemoStrip } from './demo-strip.tsx'
import { OrderStrips } from './order-strips.tsx'
import { Forecast, OutageButton, OutageStrip } from './outage-strip.tsx'
import { Strip } from './strip.tsx'

/** Plans that are named; the others are counted. */
const SHOWN = 4

export function Strips() {
  const demo = useDesk()?.demo ?? false
  return (
    <div role="status" className="col-start-2 row-start-2">
      <LostStrip />
      <OrderStrips />
      <DeskStrip />
      {demo && <DemoStrip />}
    </div>
  )
}

function LostStrip() {
  const { state, lostAt } = useLink()
  const voice = useVoice()
  if (state === 'open' || lostAt === null) return null
  return (
    <Strip tone="refused" icon={Unplug}>
      {linkWords.lostStrip(sayMoment(lostAt, Date.now(), voice))}
    </Strip>
  )
}

/** One at a time, the most urgent first: what stops the sync, what was given up on, what waits for a decision. */
function DeskStrip() {
  const lamps = useLamps((facts) => facts.lamps)
  if (lamps === null) return null
  const { sync, pausesToReview, confirmPlans } = lamps
  if (sync.gapDays !== null)
    return (
      <Strip tone="note" icon={LoaderCircle} spins>
        {frameWords.gapStrip(sync.gapDays)}
      </Strip>
    )
  // Between two tries the phase is that of a sync; what is amiss is so all the same.
  if (sync.phase !== 'idle' && (sync.phase !== 'syncing' || sync.error !== null)) return <SyncStrip />
  if (sync.dead > 0)
    return (
      <Strip
        tone="grace"
        icon={TriangleAlert}
        action={to(linkTo('inbox', undefined, { show: 'dead-letter' }), frameWords.deadButton)}
      >
        {frameWords.deadStrip(sync.dead)}
      </Strip>
    )
  if (pausesToReview > 0)
    return (
      <Strip tone="note" icon={CirclePause} action={to(linkTo('settings', 'pauses'), frameWords.pausesButton)}>
        {frameWords.pausesStrip(pausesToReview)}
      </Strip>
    )
  if (confirmPlans) return <PlansStrip />
  return <SyncStrip />
}

function PlansStrip() {
  const { value } = useReading('mapping.get', {})
  const { locale } = useVoice()
  const names = [...new Set(value?.prices.flatMap(({ plan }) => (plan === null ? [] : [plan.name])))]
  const more = names.length - SHOWN
  const shown = more > 1 ? [...names.slice(0, SHOWN), frameWords.plansMore(sayCount(more, locale))] : names
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(shown)
  return (
    <Strip tone="note" icon={Tags} action={to(linkTo('settings', 'plans'), frameWords.plansButton)}>
      {frameWords.plansStrip(list)}
    </Strip>
  )
}

function to(href: string, words: string) {
  return (
    <a href={href} className={buttonClass('plain', 'small')}>
      {words}
    </a>
  )
}

function SyncStrip() {
  const sync = useLamps((facts) => facts.lamps?.sync)
  const voice = useVoice()
  if (sync === undefined) return null
  const toKey = (words: string) => to(linkTo('settings', 'stripe'), words)
  if (sync.phase === 'no-key') {
    return (
      <Strip tone="grace" icon={KeyRound} action={toKey(frameWords.noKeyButton)}>
        {sync.error ?? frameWords.noKeyStrip}
      </Strip>
    )
  }
  if (sync.phase === 'first-load' && sync.progress !== null) {
    const { step, read } = sync.progress
    return (
      <Strip tone="note" icon={LoaderCircle} spins>
        {frameWords.firstLoad(frameWords.things[step] ?? frameWords.thingsElse, sayCount(read, voice.locale))}
      </Strip>
    )
  }
  if (sync.offlineSince !== null) return <OutageStrip since={Date.parse(sync.offlineSince)} />
  if (sync.phase === 'failed' || (sync.phase === 'syncing' && sync.error !== null)) {
    return (
      <Strip
        tone="refused"
        icon={KeyRound}
        action={
          <span className="flex gap-2">
            {sync.lastCompleteAt !== null && <OutageButton />}
            {toKey(frameWords.failedButton)}
          </span>
        }
      >
        {sync.error ?? frameWords.failedStrip} {sync.lastCompleteAt !== null && <Forecast />}
      </Strip>
    )
  }
  return null
}
