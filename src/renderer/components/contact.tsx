// How somebody can be reached, one way below the other; `none`: what is said of a person without any.
import { Fragment } from 'react'

export function Contact({
  contact: { email, phone },
  none,
}: {
  contact: { email: string | null; phone: string | null }
  none: string
}) {
  const ways = [email, phone].filter((way) => way !== null)
  if (ways.length === 0) return <span className="block text-13 text-ink-2">{none}</span>
  return ways.map((way) => (
    <span key={way} className="block text-13 [overflow-wrap:anywhere] text-ink-2">
      {/* An address goes on below at its @. */}
      {way.split('@').map((part, index) => (
        <Fragment key={part}>
          {index > 0 && (
            <>
              @<wbr />
            </>
          )}
          {part}
        </Fragment>
      ))}
    </span>
  ))
}
