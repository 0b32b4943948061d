// "Could Ana enter on 3 March at 21:00, and why": asked of the desk, answered in one sentence.
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useState } from 'react'
import type { Could } from '../../../preload/shapes-what-if.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { DoorSelect } from '../../components/door-select.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Moment } from '../../components/moment.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { PersonSearch } from '../../components/person-search.tsx'
import { frameWords } from '../../messages/frame-en.ts'
import { whatIfWords as words } from '../../messages/what-if-en.ts'
import { useDeed } from '../../state/deed.ts'
import { openMember } from '../../state/panel.ts'
import { createSearch } from '../../state/search.ts'

const search = createSearch()

export function CouldForm() {
  const [person, setPerson] = useState<{ id: string; name: string } | null>(null)
  const [door, setDoor] = useState<string | null>(null)
  const [day, setDay] = useState('')
  const [time, setTime] = useState('')
  const [answer, setAnswer] = useState<Could | null>(null)
  const deed = useDeed()

  async function ask(): Promise<void> {
    if (person === null || door === null) return
    const outcome = await deed.run('whatIf.could', { member: person.id, door, at: `${day}T${time}` })
    setAnswer(outcome.ok ? outcome.value : null)
  }

  return (
    <Section title={words.could} about={words.couldAbout}>
      <Form onSubmit={ask}>
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <div className="flex flex-col gap-1.5">
            <span className="text-13 font-medium text-ink-2">{words.person}</span>
            {person === null ? (
              <PersonSearch
                search={search}
                floating={false}
                label={words.person}
                hint={words.person}
                found={frameWords.searchFound}
                nobody={words.nobody}
                onTake={setPerson}
              />
            ) : (
              <p className="flex h-10 items-center">
                <span className="flex items-center rounded-full bg-still-soft pl-3 text-14 font-medium text-still-ink">
                  {person.name}
                  <IconButton label={words.remove(person.name)} onClick={() => setPerson(null)}>
                    <X className="size-4" />
                  </IconButton>
                </span>
              </p>
            )}
          </div>
          <DoorSelect label={words.door} none={words.chooseDoor} chosen={door} onChoose={setDoor} />
          <TextField
            label={words.day}
            type="date"
            required
            value={day}
            onChange={({ target }) => setDay(target.value)}
          />
          <TextField
            label={words.time}
            type="time"
            required
            value={time}
            onChange={({ target }) => setTime(target.value)}
          />
        </div>
        <div>
          <Button type="submit" rank="primary" disabled={deed.busy || person === null || door === null}>
            {words.ask}
          </Button>
        </div>
        <RefusalLine refusal={deed.refusal} />
        {answer !== null && <Answer answer={answer} />}
      </Form>
    </Section>
  )
}

function Answer({ answer }: { answer: Could }) {
  const { grant, sentence, notes, swipe, member, inputs } = answer
  return (
    <div role="status" className="flex flex-col gap-3 rounded-md bg-sunken p-4">
      <div className="flex flex-wrap items-start gap-3">
        <Chip tone={grant ? 'granted' : 'refused'} icon={grant ? CircleCheck : CircleAlert}>
          {grant ? words.yes : words.no}
        </Chip>
        <p className="min-w-0 flex-1 text-16">{sentence}</p>
      </div>
      {swipe !== null && (
        <p className="text-14 text-ink-2">
          {swipe.words}
          {!swipe.agrees && ` ${swipe.sentence}`}
        </p>
      )}
      {notes.length > 0 && (
        <ul className="text-13 text-ink-3">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <details>
        <summary className="w-fit cursor-pointer text-13 font-medium text-ink-2">{words.facts}</summary>
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-13">
          {Object.entries(words.factWords).map(([name, label]) => {
            const fact = inputs[name]
            if (fact === undefined || fact === null) return null
            return (
              <div key={name} className="contents">
                <dt className="text-ink-3">{label}</dt>
                <dd>{isMoment(fact) ? <Moment at={fact} /> : (words.factValues[String(fact)] ?? String(fact))}</dd>
              </div>
            )
          })}
        </dl>
      </details>
      <div>
        <Button size="small" onClick={() => openMember(member.id)}>
          {words.open(member.name)}
        </Button>
      </div>
    </div>
  )
}

function isMoment(fact: unknown): fact is string {
  return typeof fact === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(fact)
}
