// Buttons in four ranks, never under 32 px high.
import type { ComponentProps } from 'react'
import { cx } from './cx.ts'

type Rank = 'primary' | 'plain' | 'quiet' | 'danger'

const RANKS: Record<Rank, string> = {
  primary: 'bg-accent-fill text-on-accent hover:bg-accent-fill-hover font-semibold',
  plain: 'bg-surface text-ink border border-line-strong/60 hover:bg-hover hover:border-line-strong',
  quiet: 'text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'border border-refused/60 text-refused-ink hover:bg-refused-soft',
}

const BASE =
  'inline-flex items-center justify-center gap-2 rounded-md whitespace-nowrap font-medium select-none disabled:opacity-55 disabled:cursor-default'

export function buttonClass(rank: Rank = 'plain', size: 'small' | 'usual' = 'usual'): string {
  return cx(BASE, RANKS[rank], size === 'small' ? 'h-8 px-3 text-13' : 'h-10 px-4 text-14')
}

type Props = ComponentProps<'button'> & { rank?: Rank; size?: 'small' | 'usual' }

export function Button({ rank = 'plain', size = 'usual', className, type = 'button', ...rest }: Props) {
  return <button type={type} className={cx(buttonClass(rank, size), className)} {...rest} />
}

/** An icon alone: the label is what it is called. */
export function IconButton({ label, className, ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink disabled:opacity-55',
        className,
      )}
      {...rest}
    />
  )
}
