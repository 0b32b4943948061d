// A moment as people say it, exact for whoever points at it.
import { sayDay, sayExactly, sayLastDay, sayMoment, sayTime, sayUntil } from '../format/moments.ts'
import { deskNow } from '../state/lamps.ts'
import { useVoice } from '../state/voice.ts'

type Props = { at: string; as?: 'moment' | 'day' | 'last-day' | 'time' | 'until'; className?: string }

export function Moment({ at, as = 'moment', className }: Props) {
  const voice = useVoice()
  const ms = Date.parse(at)
  const say = { moment: sayMoment, day: sayDay, 'last-day': sayLastDay, time: sayTimeOnly, until: sayUntil }[as]
  return (
    <time dateTime={at} title={sayExactly(ms, voice)} className={className}>
      {say(ms, deskNow(), voice)}
    </time>
  )
}

function sayTimeOnly(at: number, _now: number, voice: Parameters<typeof sayTime>[1]): string {
  return sayTime(at, voice)
}
