// The demo says that it is one, and lets its clock go forward.
import { FlaskConical } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { sayLongDay } from '../../format/moments.ts'
import { frameWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useDeskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'
import { Strip } from './strip.tsx'

const DAYS = [1, 7, 40]
/** Less than this is a clock that was never moved. */
const AHEAD_MS = 3_600_000

export function DemoStrip() {
  const now = useDeskNow(10_000)
  const voice = useVoice()
  const deed = useDeed()
  const ahead = now - Date.now() > AHEAD_MS
  return (
    <Strip
      tone="still"
      icon={FlaskConical}
      action={
        <fieldset className="flex items-center gap-1" aria-label={frameWords.demoForward}>
          {DAYS.map((days) => (
            <Button
              key={days}
              size="small"
              rank="quiet"
              disabled={deed.busy}
              onClick={() => void deed.run('demo.clock', { by: `+${days}d` }, 'desk.get', 'desk.status', 'desk.todo')}
            >
              {frameWords.demoDays(days)}
            </Button>
          ))}
        </fieldset>
      }
    >
      <span className="font-medium">{frameWords.demoStrip}</span>
      <span className="ml-3 text-ink-2">
        {deed.refusal?.sentence ??
          (deed.busy ? frameWords.demoMoving : ahead ? frameWords.demoToday(sayLongDay(now, voice)) : '')}
      </span>
    </Strip>
  )
}
