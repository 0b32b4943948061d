// The lower half: a printed number instead; where it can be read in several ways, the ways as choices.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { ReadingChoices } from '../../components/reading-choices.tsx'
import { waitWords as words } from '../../messages/card-wait-en.ts'
import { cardWords } from '../../messages/cards-en.ts'
import { readingsIn } from '../../state/card-readings.ts'
import { doWithNumber, useCardWait } from '../../state/card-wait.ts'

/** `first`: a number that is known already. */
export function TypedNumber({ word, first }: { word: string; first: string }) {
  const { doneRefusal, busy } = useCardWait()
  const [number, setNumber] = useState(first)
  const readings = readingsIn(doneRefusal)
  return (
    <div className="flex flex-col gap-3">
      <Form className="flex items-start gap-2" onSubmit={() => doWithNumber(number.trim())}>
        <TextField
          label={words.typeInstead}
          placeholder={words.typeHint}
          mono
          required
          className="flex-1"
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
        <Button type="submit" disabled={busy} className="mt-6.5">
          {word}
        </Button>
      </Form>
      {readings.length > 0 ? (
        <ReadingChoices
          title={cardWords.chooseForm}
          readings={readings}
          onChoose={({ canonical }) => void doWithNumber(canonical)}
        />
      ) : (
        <RefusalLine refusal={doneRefusal} />
      )}
    </div>
  )
}
