// A titled part of the member panel.
import type { ReactNode } from 'react'

export function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <div className="mb-2 flex min-h-8 items-center justify-between gap-3">
        <h3 className="text-14 font-semibold">{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}
