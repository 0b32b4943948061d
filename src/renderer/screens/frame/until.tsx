// A moment that is awaited, with how long it is still to come.
import { useEffect } from 'react'
import { Moment } from '../../components/moment.tsx'
import { sayCountdown } from '../../format/moments.ts'
import { outageWords as words } from '../../messages/outage-en.ts'
import { useDeskNow } from '../../state/lamps.ts'
import { renew } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

/** "Sat 18:00, in 2 d 4 h"; once it has come the forecast is asked for again. `className` is for the moment. */
export function Until({ at, className = '' }: { at: string; className?: string }) {
  const { locale } = useVoice()
  const left = Date.parse(at) - useDeskNow(10_000)
  useEffect(() => {
    if (left <= 0) renew('outage.forecast')
  }, [left])
  return (
    <>
      <Moment at={at} className={className} />
      {/* Nobody wants to be told each minute that one has gone by. */}
      <span aria-hidden className="figures">
        , {words.inSpan(sayCountdown(left, locale))}
      </span>
    </>
  )
}
