// The lower half: a printed number instead; where it can be read in several ways, the ways as choices.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { ReadingChoices } from '../../components/reading-choices.tsx'
import { cardWords, enrolWords } from '../../messages/cards-en.ts'
import { readingsIn } from '../../state/card-readings.ts'
import { addByNumber, useEnrol } from '../../state/enrol.ts'

export function TypedNumber() {
  const { doorCard, addRefusal, busy } = useEnrol()
  const [number, setNumber] = useState('')
  const readings = readingsIn(addRefusal)
  return (
    <div className="flex flex-col gap-3">
      {doorCard !== null && (
        <Button disabled={busy} onClick={() => void addByNumber(doorCard)}>
          {enrolWords.useDoorCard}
        </Button>
      )}
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (number.trim() !== '') void addByNumber(number.trim())
        }}
      >
        <TextField
          label={enrolWords.typeInstead}
          placeholder={enrolWords.typeHint}
          mono
          className="flex-1"
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
        <Button type="submit" disabled={busy || number.trim() === ''}>
          {enrolWords.typeButton}
        </Button>
      </form>
      {readings.length > 0 ? (
        <ReadingChoices
          title={cardWords.chooseForm}
          readings={readings}
          onChoose={({ form }) => void addByNumber(number.trim(), form)}
        />
      ) : (
        <RefusalLine refusal={addRefusal} />
      )}
    </div>
  )
}
