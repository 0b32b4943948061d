// The demo says that it is one, lets its clock go forward, and its doors be cut off.
import { FlaskConical } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { sayLongDay } from '../../format/moments.ts'
import { frameWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useDeskNow } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'
import { DemoDoors } from './demo-doors.tsx'
import { Strip } from './strip.tsx'

const DAYS = [1, 7, 40]
/** Less than this is a clock that was never moved. */
const AHEAD_MS = 3_600_000

export function DemoStrip() {
  const now = useDeskNow(10_000)
  const voice = useVoice()
  const deed = useDeed()
  const moving = useDeed()
  const doors = useReading('demo.doors', {}).value ?? []
  const ahead = now - Date.now() > AHEAD_MS
  const cut = doors.filter((door) => door.cut).map(({ name }) => name)
  const said = [
    moving.refusal?.sentence ?? deed.refusal?.sentence,
    moving.busy ? frameWords.demoMoving : ahead ? frameWords.demoToday(sayLongDay(now, voice)) : null,
    cut.length > 0 ? frameWords.demoCutOff(cut) : null,
  ]
  return (
    <Strip
      tone="still"
      icon={FlaskConical}
      action={
        <div className="flex flex-wrap items-center gap-1">
          <fieldset className="flex items-center gap-1" aria-label={frameWords.demoForward}>
            {DAYS.map((days) => (
              <Button
                key={days}
                size="small"
                rank="quiet"
                disabled={moving.busy}
                onClick={() =>
                  void moving.run('demo.clock', { by: `+${days}d` }, 'desk.get', 'desk.status', 'desk.todo')
                }
              >
                {frameWords.demoDays(days)}
              </Button>
            ))}
          </fieldset>
          {doors.length > 0 && <DemoDoors doors={doors} deed={deed} />}
        </div>
      }
    >
      <span className="font-medium">{frameWords.demoStrip}</span>
      <span className="ml-3 text-ink-2">{said.filter((text) => text != null).join(' ')}</span>
    </Strip>
  )
}
