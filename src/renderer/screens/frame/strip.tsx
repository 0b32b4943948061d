// One strip under the top bar: an icon, a sentence, a way to mend it.
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../../components/cx.ts'

const TONES = {
  grace: ['bg-grace-soft', 'text-grace-ink'],
  refused: ['bg-refused-soft', 'text-refused-ink'],
  note: ['bg-note-soft', 'text-note-ink'],
  still: ['bg-still-soft', 'text-still-ink'],
} as const

type StripProps = {
  tone: keyof typeof TONES
  icon: LucideIcon
  spins?: boolean
  children: ReactNode
  action?: ReactNode
}

export function Strip({ tone, icon: Icon, spins = false, children, action }: StripProps) {
  const [ground, ink] = TONES[tone]
  return (
    <div
      className={cx(
        'flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5 wide:px-6',
        ground,
      )}
    >
      <Icon className={cx('size-4 shrink-0', ink, spins && 'motion-safe:animate-spin')} strokeWidth={2.25} />
      <p className="min-w-0 flex-1 text-14 text-ink">{children}</p>
      {action}
    </div>
  )
}
