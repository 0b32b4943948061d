// Whom one membership covers: one person or several, how many it may, and who comes and goes.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { PersonSearch } from '../../components/person-search.tsx'
import { agreementWords as words } from '../../messages/agreements-en.ts'
import { frameWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { createSearch } from '../../state/search.ts'
import { ChangeSeats } from './change-seats.tsx'

type Membership = MemberPanel['memberships'][number]
type Person = Membership['covers'][number]

const search = createSearch()
const CHANGED = ['members.get', 'members.list', 'inbox.list', 'desk.status'] as const

export function CoveredPeople({ membership: { id, covers, seats, bySeat } }: { membership: Membership }) {
  const [adding, setAdding] = useState(false)
  const [counting, setCounting] = useState(false)
  const [paying, setPaying] = useState<{ person: Person; comes: boolean } | null>(null)
  const deed = useDeed()
  const full = seats !== null && covers.length >= seats
  const alone = covers.length <= 1 && seats === 1
  return (
    <div className={alone ? '' : 'flex flex-col gap-1 rounded-md bg-sunken px-3 py-2'}>
      <div className="flex flex-wrap items-center justify-between gap-x-3 text-13 text-ink-3">
        <p>
          {alone
            ? words.coversOne
            : `${words.covers} ${seats === null ? covers.length : words.seatsOf(covers.length, seats)}`}
        </p>
        <p className="-mr-3 flex">
          {(bySeat || !full) && (
            <Button size="small" rank="quiet" onClick={() => setAdding(true)}>
              {words.cover}
            </Button>
          )}
          <Button size="small" rank="quiet" aria-expanded={counting} onClick={() => setCounting(!counting)}>
            {words.changeSeats}
          </Button>
        </p>
      </div>
      {!alone && (
        <ul>
          {covers.map((person) => (
            <li key={person.id} className="-mr-3 flex min-h-8 items-center justify-between gap-3 text-14">
              <span className="truncate">{person.name}</span>
              <Button
                size="small"
                rank="quiet"
                disabled={deed.busy}
                aria-label={words.uncoverOf(person.name)}
                onClick={() =>
                  bySeat
                    ? setPaying({ person, comes: false })
                    : void deed.run('memberships.uncover', { id, member: person.id }, ...CHANGED)
                }
              >
                {words.uncover}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {counting && <SeatsForm id={id} seats={seats} onDone={() => setCounting(false)} />}
      <RefusalLine refusal={deed.refusal} />
      <Dialog open={adding} onClose={() => setAdding(false)} title={words.coverTitle} about={words.coverAbout}>
        <PersonSearch
          search={search}
          floating={false}
          label={words.coverSearch}
          hint={words.coverSearch}
          found={frameWords.searchFound}
          onTake={(person) => {
            if (full) setPaying({ person, comes: true })
            else void deed.run('memberships.cover', { id, member: person.id }, ...CHANGED)
            setAdding(false)
          }}
          nobody={words.coverNobody}
        />
      </Dialog>
      {paying !== null && seats !== null && (
        <ChangeSeats id={id} seats={paying.comes ? seats + 1 : seats - 1} {...paying} onClose={() => setPaying(null)} />
      )}
    </div>
  )
}

function SeatsForm({ id, seats, onDone }: { id: string; seats: number | null; onDone: () => void }) {
  const [count, setCount] = useState(seats === null ? '' : String(seats))
  const deed = useDeed()
  async function save(): Promise<void> {
    const wanted = count.trim() === '' ? null : Number(count)
    const outcome = await deed.run('memberships.setSeats', { id, seats: wanted }, ...CHANGED)
    if (outcome.ok) onDone()
  }
  return (
    <Form className="flex flex-col gap-2 py-1" onSubmit={save}>
      <div className="flex items-end gap-3">
        <TextField
          className="w-28"
          label={words.seats}
          type="number"
          min={1}
          max={10_000}
          value={count}
          onChange={(event) => setCount(event.target.value)}
        />
        <Button type="submit" disabled={deed.busy}>
          {words.save}
        </Button>
      </div>
      <p className="text-13 text-ink-3">{words.seatsOpen}</p>
      <RefusalLine refusal={deed.refusal} />
    </Form>
  )
}
