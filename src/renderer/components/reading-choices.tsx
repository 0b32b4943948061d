// One number, several cards that it may mean: a person decides.
import { ChevronRight } from 'lucide-react'
import { readerWords } from '../messages/readers-en.ts'
import type { CardReading } from '../state/card-readings.ts'

type Props = { title: string; readings: CardReading[]; onChoose: (reading: CardReading) => void }

export function ReadingChoices({ title, readings, onChoose }: Props) {
  return (
    <fieldset className="min-w-0 overflow-hidden rounded-md border border-line">
      <legend className="sr-only">{title}</legend>
      <p aria-hidden="true" className="bg-note-soft px-4 py-2.5 text-14">
        {title}
      </p>
      <ul className="divide-y divide-line border-t border-line">
        {readings.map((reading) => (
          <li key={`${reading.form} ${reading.canonical}`}>
            <button
              type="button"
              onClick={() => onChoose(reading)}
              className="flex min-h-11 w-full items-center gap-3 px-4 py-1 text-left -outline-offset-2! hover:bg-hover"
            >
              <span className="min-w-0 flex-1 text-14 font-medium">
                {readerWords.forms[reading.form] ?? reading.form}
              </span>
              <span className="w-44 shrink-0 figures text-14 text-ink-2">{reading.canonical}</span>
              <ChevronRight className="size-4 text-ink-3" />
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
