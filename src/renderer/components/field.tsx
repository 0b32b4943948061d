// A labelled field with its help below; and the look that every input shares.
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './cx.ts'

export const inputClass =
  'h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-14 text-ink placeholder:text-ink-3 hover:border-ink-3 disabled:opacity-60'

type Props = ComponentProps<'input'> & { label: string; help?: ReactNode; mono?: boolean; suffix?: string }

export function TextField({ label, help, mono = false, suffix, className, ...rest }: Props) {
  const id = useId()
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-13 font-medium text-ink-2">
        {label}
      </label>
      <div className="flex items-center gap-2">
        <input
          id={id}
          aria-describedby={help ? `${id}-help` : undefined}
          autoComplete="off"
          spellCheck={false}
          className={cx(inputClass, mono && 'font-mono')}
          {...rest}
        />
        {suffix && <span className="text-14 text-ink-3">{suffix}</span>}
      </div>
      {help && (
        <p id={`${id}-help`} className="text-13 text-ink-3">
          {help}
        </p>
      )}
    </div>
  )
}

export function SelectField({ label, children, className, ...rest }: ComponentProps<'select'> & { label: string }) {
  const id = useId()
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-13 font-medium text-ink-2">
        {label}
      </label>
      <select id={id} className={inputClass} {...rest}>
        {children}
      </select>
    </div>
  )
}

/** The whole line can be clicked. */
export function CheckLine({
  label,
  help,
  className,
  ...rest
}: ComponentProps<'input'> & { label: ReactNode; help?: ReactNode }) {
  const id = useId()
  return (
    <div className={cx('flex items-start gap-3 rounded-md px-2 py-1.5 hover:bg-hover', className)}>
      <input id={id} className="mt-0.5 size-5 shrink-0 accent-(--accent-fill)" {...rest} />
      <label htmlFor={id} className="min-w-0 flex-1 text-14">
        {label}
        {help && <span className="block text-13 text-ink-3">{help}</span>}
      </label>
    </div>
  )
}
