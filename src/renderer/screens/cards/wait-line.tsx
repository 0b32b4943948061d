// One line while a card is awaited at the desk's reader, or how that ended.
import { Nfc } from 'lucide-react'
import type { CardWait } from '../../../preload/shapes-cards.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { doctorWords as words } from '../../messages/card-doctor-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { stopWaiting, waitForCard } from '../../state/card-doctor.ts'
import { useDeed } from '../../state/deed.ts'
import { useDeskNow } from '../../state/lamps.ts'
import { useDesk } from '../../state/voice.ts'

export function WaitLine({ wait: { state, until, readerReady, sentence } }: { wait: CardWait }) {
  const demo = useDesk()?.demo ?? false
  const now = useDeskNow(500)
  const deed = useDeed()
  if (state !== 'waiting')
    return (
      <Notice
        tone="still"
        role="status"
        action={
          <Button size="small" onClick={() => void waitForCard()}>
            {commonWords.again}
          </Button>
        }
      >
        {sentence ?? words.timedOut}
      </Notice>
    )
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-md bg-accent-soft px-4 py-3">
      <Nfc className="size-6 text-accent-ink" />
      <p role="status" className="text-16 font-semibold">
        {readerReady ? words.presentNow : words.noReader}
      </p>
      <span className="figures text-14 text-ink-2">
        {words.secondsLeft(Math.max(0, Math.round((Date.parse(until) - now) / 1_000)))}
      </span>
      <span className="ml-auto flex gap-2">
        {demo && (
          <Button size="small" disabled={deed.busy} onClick={() => void deed.run('demo.present', {})}>
            {words.sample}
          </Button>
        )}
        <Button size="small" rank="quiet" onClick={stopWaiting}>
          {words.stop}
        </Button>
      </span>
      {deed.refusal && <p className="w-full text-13 text-refused-ink">{deed.refusal.sentence}</p>}
    </div>
  )
}
