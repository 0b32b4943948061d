// Everything personal off the screen: the space's name and the hour stay, and how many wait.
import { useEffect, useRef } from 'react'
import { Mark } from '../../components/mark.tsx'
import { sayLongDay, sayTime } from '../../format/moments.ts'
import { frameWords } from '../../messages/frame-en.ts'
import { toggleBlank } from '../../state/blank.ts'
import { useDeskNow } from '../../state/lamps.ts'
import { useDesk, useVoice } from '../../state/voice.ts'
import { useWaiting } from '../../state/waiting.ts'

export function BlankCover() {
  const now = useDeskNow(5_000)
  const voice = useVoice()
  const desk = useDesk()
  const waiting = useWaiting().length
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  return (
    <button
      type="button"
      ref={button}
      data-quiet-focus
      data-cover
      onClick={toggleBlank}
      className="pointer-events-auto fixed inset-0 z-100 flex w-full flex-col items-center justify-center gap-2 bg-ground p-8 text-center"
    >
      <Mark className="mb-6 size-16" />
      <span className="text-28 font-semibold">{desk?.spaceName ?? frameWords.product}</span>
      <span className="figures text-40 font-semibold">{sayTime(now, voice)}</span>
      <span className="text-16 text-ink-2">{sayLongDay(now, voice)}</span>
      {waiting > 0 && (
        <span className="mt-4 rounded-full bg-note-soft px-4 py-2 text-16 font-medium text-note-ink">
          {frameWords.blankWaiting(waiting)}
        </span>
      )}
      <span className="mt-6 text-14 text-ink-3">
        <span className="sr-only">{frameWords.blankTitle}. </span>
        {frameWords.blankText}
      </span>
    </button>
  )
}
