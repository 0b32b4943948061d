// A list with nothing in it says so kindly.
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

type Props = { icon: LucideIcon; title: string; children?: ReactNode; action?: ReactNode }

export function Empty({ icon: Icon, title, children, action }: Props) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-10 text-center">
      <Icon className="mb-2 size-7 text-ink-3" strokeWidth={1.5} />
      <p className="text-16 font-medium">{title}</p>
      {children && <p className="max-w-96 text-14 text-ink-3">{children}</p>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  )
}
