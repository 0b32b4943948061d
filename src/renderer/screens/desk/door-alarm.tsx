// A door that somebody has to go and look at, and the button for whoever has.
import { DoorOpen, FileQuestionMark, Flame, KeyRound, type LucideIcon, PlugZap, Siren } from 'lucide-react'
import type { DoorAlarm } from '../../../preload/shapes-doors.ts'
import { Button } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { RefusalLine } from '../../components/notice.tsx'
import { sayMoment } from '../../format/moments.ts'
import { deskWords } from '../../messages/desk-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'

const LOOKS: Record<DoorAlarm['kind'], ['refused' | 'grace', LucideIcon]> = {
  fire: ['refused', Flame],
  'exit-refused': ['refused', KeyRound],
  forced: ['refused', Siren],
  'open-too-long': ['grace', DoorOpen],
  'events-lost': ['grace', FileQuestionMark],
  'power-on': ['grace', PlugZap],
}

export function DoorAlarmLine({ alarm: { door, kind, at } }: { alarm: DoorAlarm }) {
  const voice = useVoice()
  const deed = useDeed()
  const [tone, Icon] = LOOKS[kind]
  const { told, todo } = deskWords.alarms[kind](door.name, sayMoment(Date.parse(at), deskNow(), voice))
  return (
    <li
      data-alarm={kind}
      className={cx('flex flex-col gap-2 px-5 py-3', tone === 'refused' ? 'bg-refused-soft' : 'bg-grace-soft')}
    >
      <div className="flex items-center gap-4">
        <span className="flex min-w-9 justify-end">
          <Icon
            className={cx('size-5', tone === 'refused' ? 'text-refused-ink' : 'text-grace-ink')}
            strokeWidth={2.25}
          />
        </span>
        <p className="min-w-0 flex-1 text-14">
          <span className="font-medium">{told}</span> <span className="text-ink-2">{todo}</span>
        </p>
        <Button
          size="small"
          aria-label={deskWords.alarmSeenOf(told)}
          disabled={deed.busy}
          onClick={() => void deed.run('doors.seen', { door: door.id, kind }, 'doors.alarms')}
        >
          {deskWords.alarmSeen}
        </Button>
      </div>
      <RefusalLine refusal={deed.refusal} />
    </li>
  )
}
