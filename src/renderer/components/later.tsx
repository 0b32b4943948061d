// Grey shapes while something is read, but only when it takes longer than a glance.
import { type ReactNode, useEffect, useState } from 'react'
import { commonWords } from '../messages/frame-en.ts'

const GLANCE_MS = 150

export function Later({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), GLANCE_MS)
    return () => clearTimeout(timer)
  }, [])
  return shown ? children : null
}

export function SkeletonRows({ rows = 6, height = 'h-14' }: { rows?: number; height?: string }) {
  const places = Array.from({ length: rows }, (_, row) => row)
  return (
    <Later>
      <div role="status" aria-label={commonWords.loading} className="breathe divide-y divide-line">
        {places.map((row) => (
          <div key={row} className={`flex items-center gap-3 px-4 ${height}`}>
            <span className="size-8 rounded-full bg-hover" />
            <span className="h-3 w-40 rounded-sm bg-hover" />
            <span className="ml-auto h-3 w-20 rounded-sm bg-hover" />
          </div>
        ))}
      </div>
    </Later>
  )
}
