// Something that cannot be taken back: first asked, then done.
import { useEffect, useRef } from 'react'
import { commonWords } from '../messages/frame-en.ts'
import { Button } from './button.tsx'

type Props = { ask: string; doIt: string; keep?: string; busy: boolean; onDo: () => void; onKeep: () => void }

export function Confirm({ ask, doIt, keep = commonWords.back, busy, onDo, onKeep }: Props) {
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [])
  return (
    <fieldset
      aria-label={ask}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onKeep()
      }}
      className="arrives flex flex-wrap items-center gap-2 rounded-md bg-refused-soft p-3"
    >
      <p className="flex-[1_1_260px] text-14">{ask}</p>
      <div className="flex gap-2">
        <Button rank="danger" size="small" disabled={busy} onClick={onDo} className="bg-surface">
          {doIt}
        </Button>
        <Button size="small" ref={first} onClick={onKeep}>
          {keep}
        </Button>
      </div>
    </fieldset>
  )
}
