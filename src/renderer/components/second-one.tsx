// Where somebody has a plan already: that they are to have it a second time is said by a person, never assumed.
import type { Refusal } from '../../preload/contract.ts'
import { agreementWords as words } from '../messages/agreements-en.ts'
import { CheckLine } from './field.tsx'

type Props = { refusal: Refusal | null; meant: boolean; onMean: (meant: boolean) => void }

/** Nothing until the desk has said that they have it. */
export function SecondOne({ refusal, meant, onMean }: Props) {
  if (!meant && refusal?.code !== 'taken') return null
  return (
    <CheckLine
      type="checkbox"
      className="-mx-2"
      label={words.secondOne}
      help={words.secondOneHelp}
      checked={meant}
      onChange={(event) => onMean(event.target.checked)}
    />
  )
}
