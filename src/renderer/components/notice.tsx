// One sentence that matters now, with its one button; and the sentence of a refusal.
import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Refusal } from '../../preload/contract.ts'
import { cx } from './cx.ts'

const TONES: Record<'note' | 'grace' | 'refused' | 'still', [string, LucideIcon, string]> = {
  note: ['bg-note-soft', Info, 'text-note-ink'],
  grace: ['bg-grace-soft', TriangleAlert, 'text-grace-ink'],
  refused: ['bg-refused-soft', CircleAlert, 'text-refused-ink'],
  still: ['bg-sunken border border-line', Info, 'text-ink-3'],
}

type Props = { tone: keyof typeof TONES; children: ReactNode; action?: ReactNode; role?: 'status' | 'alert' }

export function Notice({ tone, children, action, role }: Props) {
  const [ground, Icon, ink] = TONES[tone]
  return (
    <div role={role} className={cx('flex flex-wrap items-start gap-x-3 gap-y-3 rounded-md p-3', ground)}>
      <Icon className={cx('mt-0.5 size-4 shrink-0', ink)} strokeWidth={2.25} />
      <div className="min-w-0 flex-1 text-14 text-ink">{children}</div>
      {action && <div className="w-full pl-7">{action}</div>}
    </div>
  )
}

export function RefusalLine({ refusal }: { refusal: Refusal | null }) {
  if (refusal === null) return null
  return (
    <Notice tone="refused" role="alert">
      {refusal.sentence}
    </Notice>
  )
}
