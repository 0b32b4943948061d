// A small coloured word with its icon; colour never speaks alone.
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type Tone = 'granted' | 'grace' | 'refused' | 'note' | 'still'

const TONES: Record<Tone, string> = {
  granted: 'bg-granted-soft text-granted-ink',
  grace: 'bg-grace-soft text-grace-ink',
  refused: 'bg-refused-soft text-refused-ink',
  note: 'bg-note-soft text-note-ink',
  still: 'bg-still-soft text-still-ink',
}

type Props = { tone: Tone; icon: LucideIcon; children: ReactNode; className?: string }

export function Chip({ tone, icon: Icon, children, className }: Props) {
  return (
    <span
      className={cx(
        'inline-flex h-6 items-center gap-1.5 rounded-full px-2.5 text-13 font-medium whitespace-nowrap',
        TONES[tone],
        className,
      )}
    >
      <Icon className="size-3.5" strokeWidth={2.25} />
      {children}
    </span>
  )
}
