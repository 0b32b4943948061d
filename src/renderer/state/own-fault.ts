// What a field itself finds amiss when its form is sent: our sentence beside it, in place of the browser's bubble over it.
import { type FormEvent, useState } from 'react'
import { faultWords as words } from '../messages/frame-en.ts'

type Field = HTMLInputElement | HTMLTextAreaElement

/** Gone with the next thing that is typed there. */
export function useOwnFault() {
  const [fault, setFault] = useState<string>()
  const listeners = {
    onInvalid: (event: FormEvent<Field>) => setFault(faultOf(event.currentTarget)),
    onInput: () => setFault(undefined),
  }
  return [fault, listeners] as const
}

function faultOf(field: Field): string {
  const { validity, type } = field
  if (validity.badInput) return type === 'number' ? words.number : words.date
  if (validity.valueMissing || validity.customError) return words.missing
  // The title of a field with a pattern says what fits it.
  if (validity.patternMismatch) return field.title
  if (validity.typeMismatch) return words.email
  if (!(field instanceof HTMLInputElement) || validity.stepMismatch) return words.whole
  return words.range(field.min, field.max)
}
