// What is filled in and sent as one.
import type { ReactNode } from 'react'

type Props = { onSubmit: () => Promise<void>; children: ReactNode; className?: string }

/** Sends by Enter as by its button, and the page stays. */
export function Form({ onSubmit, children, className = 'flex flex-col gap-4' }: Props) {
  return (
    <form
      className={className}
      onSubmit={(event) => {
        event.preventDefault()
        void onSubmit()
      }}
    >
      {children}
    </form>
  )
}
