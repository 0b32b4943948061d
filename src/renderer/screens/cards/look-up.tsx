// The card doctor: present a card, or type any number that is written on it, and see what it is and what doors make of it.
import { Nfc, Search as SearchIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { ReadingChoices } from '../../components/reading-choices.tsx'
import { doctorWords as words } from '../../messages/card-doctor-en.ts'
import { cardWords } from '../../messages/cards-en.ts'
import { examine, stopWaiting, useDoctor, waitForCard } from '../../state/card-doctor.ts'
import { readingsIn } from '../../state/card-readings.ts'
import { useReading } from '../../state/readings.ts'
import { CardExam } from './card-exam.tsx'
import { WaitLine } from './wait-line.tsx'

export function LookUp() {
  const [number, setNumber] = useState('')
  const asked = useDoctor((facts) => facts.asked)
  const wait = useDoctor((facts) => facts.wait)
  const blocked = useDoctor((facts) => facts.refusal)
  const { value, refusal } = useReading('cards.examine', asked)
  const readings = readingsIn(refusal)
  // What is ours is most likely what is meant: where that is one card it is shown at once.
  const ours = readings.filter(({ known }) => known)
  const [only] = ours.length === 1 ? ours : []
  const likely = useReading('cards.examine', only === undefined ? null : { card: only.canonical }).value
  const exam = refusal === null ? value : likely
  const choices = (
    <ReadingChoices
      title={cardWords.chooseForm}
      readings={readings.filter((reading) => reading !== only)}
      onChoose={({ canonical }) => examine({ card: canonical })}
    />
  )
  // Whoever goes elsewhere waits for no card; a test goes on, for somebody is on their way to a door.
  useEffect(() => stopWaiting, [])
  const lookUp = () => {
    examine(number.trim() === '' ? null : { card: number.trim() })
  }
  return (
    <section aria-label={words.title} className="card flex flex-col gap-4 p-5">
      <div className="flex flex-wrap items-end gap-x-5 gap-y-3">
        <Button className="mb-6.5" disabled={wait !== null} onClick={() => void waitForCard()}>
          <Nfc className="size-4" />
          {words.present}
        </Button>
        <Form className="flex min-w-80 flex-1 items-end gap-3" onSubmit={lookUp}>
          <TextField
            label={words.orType}
            help={cardWords.lookUpMore}
            className="flex-1"
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
          <Button type="submit" className="mb-6.5">
            <SearchIcon className="size-4" />
            {cardWords.lookUpButton}
          </Button>
        </Form>
      </div>
      {wait !== null && <WaitLine wait={wait} />}
      <RefusalLine refusal={blocked} />
      {readings.length === 0 ? (
        <RefusalLine refusal={refusal} />
      ) : only === undefined ? (
        choices
      ) : (
        <details>
          <summary className="mb-2 text-14 text-ink-2">{cardWords.mayAlsoBe}</summary>
          {choices}
        </details>
      )}
      {exam !== null && <CardExam key={exam.card.canonical} exam={exam} />}
    </section>
  )
}
