// A page with its heading, and a section on it.
import { type ReactNode, useId } from 'react'
import { cx } from './cx.ts'

type PageProps = { title: string; aside?: ReactNode; narrow?: boolean; children: ReactNode }

export function Page({ title, aside, narrow = false, children }: PageProps) {
  return (
    <div className={cx('mx-auto flex w-full flex-col gap-5 p-4 wide:p-6', narrow ? 'max-w-[760px]' : 'max-w-[1240px]')}>
      <div className="flex min-h-10 flex-wrap items-center justify-between gap-3">
        <h1 className="text-28 font-semibold">{title}</h1>
        {aside}
      </div>
      {children}
    </div>
  )
}

type SectionProps = { title: string; about?: string; aside?: ReactNode; children: ReactNode; id?: string }

export function Section({ title, about, aside, children, id }: SectionProps) {
  const labelId = useId()
  return (
    <section aria-labelledby={labelId} id={id} className="card scroll-mt-4">
      <div className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
        <div>
          <h2 id={labelId} className="text-16 font-semibold">
            {title}
          </h2>
          {about && <p className="mt-0.5 text-14 text-ink-3">{about}</p>}
        </div>
        {aside}
      </div>
      <div className="px-5 pb-5">{children}</div>
    </section>
  )
}
