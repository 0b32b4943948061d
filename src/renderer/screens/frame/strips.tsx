// Strips under the top bar, only while something matters to everybody.
import { CloudOff, KeyRound, LoaderCircle, Unplug } from 'lucide-react'
import { buttonClass } from '../../components/button.tsx'
import { sayMoment, saySpan } from '../../format/moments.ts'
import { sayCount } from '../../format/money.ts'
import { frameWords } from '../../messages/frame-en.ts'
import { linkWords } from '../../messages/link-en.ts'
import { useDeskNow, useLamps } from '../../state/lamps.ts'
import { useLink } from '../../state/link.ts'
import { linkTo } from '../../state/route.ts'
import { useDesk, useVoice } from '../../state/voice.ts'
import { DemoStrip } from './demo-strip.tsx'
import { Strip } from './strip.tsx'

export function Strips() {
  const demo = useDesk()?.demo ?? false
  return (
    <div role="status" className="col-start-2 row-start-2">
      <LostStrip />
      <SyncStrip />
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

function SyncStrip() {
  const sync = useLamps((facts) => facts.lamps?.sync)
  const voice = useVoice()
  const now = useDeskNow(10_000)
  if (sync === undefined) return null
  const toKey = (words: string) => (
    <a href={linkTo('settings', 'stripe')} className={buttonClass('plain', 'small')}>
      {words}
    </a>
  )
  if (sync.phase === 'no-key') {
    return (
      <Strip tone="grace" icon={KeyRound} action={toKey(frameWords.noKeyButton)}>
        {sync.error ?? frameWords.noKeyStrip}
      </Strip>
    )
  }
  if (sync.phase === 'failed') {
    return (
      <Strip tone="refused" icon={KeyRound} action={toKey(frameWords.failedButton)}>
        {sync.error ?? frameWords.failedStrip}
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
  if (sync.offlineSince !== null) {
    const since = Date.parse(sync.offlineSince)
    return (
      <Strip tone="grace" icon={CloudOff}>
        {frameWords.offlineStrip(sayMoment(since, now, voice), saySpan(now - since, voice.locale))}
      </Strip>
    )
  }
  return null
}
