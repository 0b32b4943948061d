// "Why exactly?": what a decision stood on, for whoever opens it on purpose.
import { useState } from 'react'
import { exactly } from '../../messages/company-en.ts'
import { useReading } from '../../state/readings.ts'

export function WhyExactly({ seq }: { seq: number }) {
  const [open, setOpen] = useState(false)
  const { value: why } = useReading('feed.why', open ? { seq } : null)
  return (
    <details className="mt-1 text-13" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit cursor-pointer rounded-sm text-ink-2 hover:text-ink">{exactly}</summary>
      {why !== null && (
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {why.receipt.map(({ label, value }) => (
            <div key={label} className="contents">
              <dt className="text-ink-2">{label}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  )
}
