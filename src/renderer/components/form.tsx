// What is filled in and sent as one.
import type { ReactNode } from 'react'
import { faultWords as words } from '../messages/frame-en.ts'

type Props = { onSubmit: () => Promise<void> | void; children: ReactNode; className?: string }

/** Sends by Enter as by its button, and the page stays. Where a field is amiss, it says so itself and has the focus. */
export function Form({ onSubmit, children, className = 'flex flex-col gap-4' }: Props) {
  return (
    <form
      noValidate
      className={className}
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        // To the browser a space is something.
        for (const field of form.querySelectorAll<HTMLInputElement>(':is(input, textarea):required'))
          field.setCustomValidity(field.value.trim() === '' ? words.missing : '')
        if (form.checkValidity()) void onSubmit()
        else form.querySelector<HTMLElement>(':is(input, textarea):invalid')?.focus()
      }}
    >
      {children}
    </form>
  )
}
