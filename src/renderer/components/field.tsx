// A labelled field with its help below; and the look that every input shares.
import { CircleAlert } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { useOwnFault } from '../state/own-fault.ts'
import { cx } from './cx.ts'

export const inputClass =
  'h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-14 text-ink placeholder:text-ink-3 hover:border-ink-3 disabled:opacity-60'

type Props = ComponentProps<'input'> & {
  label: string
  help?: ReactNode
  mono?: boolean
  suffix?: string
  /** Why it cannot stay so. */
  fault?: string | undefined
}

export function TextField({ label, help, mono = false, suffix, fault: told, className, ...rest }: Props) {
  const id = useId()
  const [own, listeners] = useOwnFault()
  const fault = told ?? own
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-13 font-medium text-ink-2">
        {label}
      </label>
      <div className="flex items-center gap-2">
        <input
          id={id}
          aria-describedby={fault ? `${id}-fault` : help ? `${id}-help` : undefined}
          aria-invalid={fault ? true : undefined}
          autoComplete="off"
          spellCheck={false}
          className={cx(inputClass, mono && 'font-mono', fault && 'border-refused')}
          {...listeners}
          {...rest}
        />
        {suffix && <span className="text-14 text-ink-3">{suffix}</span>}
      </div>
      {fault ? (
        <FaultLine id={`${id}-fault`}>{fault}</FaultLine>
      ) : (
        help && (
          <p id={`${id}-help`} className="text-13 text-ink-3">
            {help}
          </p>
        )
      )}
    </div>
  )
}

/** Several lines of text. */
export function TextArea({
  label,
  fault: told,
  className,
  ...rest
}: ComponentProps<'textarea'> & { label: string; fault?: string | undefined }) {
  const id = useId()
  const [own, listeners] = useOwnFault()
  const fault = told ?? own
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-13 font-medium text-ink-2">
        {label}
      </label>
      <textarea
        id={id}
        rows={3}
        aria-describedby={fault ? `${id}-fault` : undefined}
        aria-invalid={fault ? true : undefined}
        className={cx(inputClass, 'h-auto py-2', fault && 'border-refused')}
        {...listeners}
        {...rest}
      />
      {fault && <FaultLine id={`${id}-fault`}>{fault}</FaultLine>}
    </div>
  )
}

function FaultLine({ id, children }: { id: string; children: string }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-13 text-refused-ink">
      <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden="true" />
      {children}
    </p>
  )
}

export function SelectField({
  label,
  children,
  fault,
  className,
  ...rest
}: ComponentProps<'select'> & { label: string; fault?: string | undefined }) {
  const id = useId()
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-13 font-medium text-ink-2">
        {label}
      </label>
      <select
        id={id}
        aria-describedby={fault ? `${id}-fault` : undefined}
        aria-invalid={fault ? true : undefined}
        className={cx(inputClass, fault && 'border-refused')}
        {...rest}
      >
        {children}
      </select>
      {fault && <FaultLine id={`${id}-fault`}>{fault}</FaultLine>}
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
