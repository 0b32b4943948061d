// One way to pay, as a large button.
import type { ReactNode } from 'react'

type Props = { icon: ReactNode; disabled: boolean; onClick: () => void; children: ReactNode }

export function WayButton({ icon, disabled, onClick, children }: Props) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onClick}
      className="flex min-h-14 items-center gap-3 rounded-md border border-line px-4 text-left text-16 font-medium hover:border-line-strong hover:bg-hover disabled:opacity-55 [&>svg]:size-5 [&>svg]:shrink-0"
    >
      {icon}
      <span>{children}</span>
    </button>
  )
}
