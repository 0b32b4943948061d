// A card by any number that is written on it: its other forms, its state, who has it.
import { Search as SearchIcon } from 'lucide-react'
import { useState } from 'react'
import type { Reply } from '../../../preload/contract.ts'
import type { CardRow } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { ReadingChoices } from '../../components/reading-choices.tsx'
import { CardStateChip } from '../../components/state-chips.tsx'
import { cardWords } from '../../messages/cards-en.ts'
import { cardStateWords } from '../../messages/members-en.ts'
import { readingsIn } from '../../state/card-readings.ts'
import { openEnrol } from '../../state/enrol.ts'
import { openMember } from '../../state/panel.ts'
import { useReading } from '../../state/readings.ts'

type Asked = { card: string; form?: string }

export function LookUp() {
  const [number, setNumber] = useState('')
  const [asked, setAsked] = useState<Asked | null>(null)
  const { value, refusal } = useReading('cards.find', asked)
  const readings = readingsIn(refusal)
  return (
    <section aria-label={cardWords.lookUp} className="card flex flex-col gap-4 p-5">
      <form
        className="flex items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(number.trim() === '' ? null : { card: number.trim() })
        }}
      >
        <TextField
          label={cardWords.lookUp}
          placeholder={cardWords.lookUpHint}
          help={cardWords.lookUpMore}
          className="flex-1"
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
        <Button type="submit" className="mb-6.5">
          <SearchIcon className="size-4" />
          {cardWords.lookUpButton}
        </Button>
      </form>
      {readings.length > 0 && asked !== null ? (
        <ReadingChoices
          title={cardWords.chooseForm}
          readings={readings}
          onChoose={({ form }) => setAsked({ card: asked.card, form })}
        />
      ) : (
        <RefusalLine refusal={refusal} />
      )}
      {value?.lossy && <Notice tone="note">{cardWords.lossy}</Notice>}
      {value?.matches.map((match) => (
        <Match key={match.canonical} match={match} />
      ))}
    </section>
  )
}

function Match({ match }: { match: Reply<'cards.find'>['matches'][number] }) {
  const { canonical, forms, state, member } = match
  return (
    <div data-match={canonical} className="rounded-md border border-line">
      <div className="flex flex-wrap items-center gap-3 px-4 py-3">
        <span className="figures text-16 font-semibold">{canonical}</span>
        {state === null ? <span className="text-ink-3">{cardWords.notEnrolled}</span> : <State state={state} />}
        <span className="ml-auto">
          {member === null ? (
            <Button size="small" onClick={() => openEnrol(null, canonical)}>
              {cardWords.assign}
            </Button>
          ) : (
            <Holder id={member} />
          )}
        </span>
      </div>
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-x-6 gap-y-3 border-t border-line px-4 py-3">
        {Object.entries(forms).map(([form, text]) => (
          <div key={form} className={text.length > 20 ? 'col-span-2' : ''}>
            <dt className="text-13 text-ink-3">{form}</dt>
            <dd className="figures truncate text-14" title={text}>
              {text}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** The contract has the holder's id alone, so the name is asked for. */
function Holder({ id }: { id: string }) {
  const { value } = useReading('members.get', { id })
  return (
    <Button size="small" onClick={() => openMember(id)}>
      {value?.name ?? cardWords.openHolder}
    </Button>
  )
}

function State({ state }: { state: string }) {
  const known = Object.keys(cardStateWords).find((word) => word === state) as CardRow['state'] | undefined
  return known === undefined ? <span>{state}</span> : <CardStateChip state={known} />
}
