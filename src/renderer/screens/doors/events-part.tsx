// What the space puts on: a small list below the doors, a new one, and changes of one that is not over.
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { SpaceEventRow } from '../../../preload/shapes-company.ts'
import { Button } from '../../components/button.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { sayMoment, sayUntil } from '../../format/moments.ts'
import { eventWords as words } from '../../messages/company-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'
import { EventForm } from './event-form.tsx'

export function EventsPart() {
  const { value: events, refusal } = useReading('events.list', {})
  const [adding, setAdding] = useState(false)
  return (
    <Section
      title={words.title}
      about={words.about}
      aside={
        <Button size="small" onClick={() => setAdding(true)}>
          <Plus className="size-4" />
          {words.add}
        </Button>
      }
    >
      <RefusalLine refusal={refusal} />
      {events !== null && events.length === 0 && <p className="text-14 text-ink-3">{words.none}</p>}
      {events !== null && events.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line">
          {events.map((event) => (
            <EventLine key={event.id} event={event} />
          ))}
        </ul>
      )}
      {adding && <EventForm known={null} onClose={() => setAdding(false)} />}
    </Section>
  )
}

function EventLine({ event }: { event: SpaceEventRow }) {
  const [asked, setAsked] = useState(false)
  const [changing, setChanging] = useState(false)
  const deed = useDeed()
  const voice = useVoice()
  const { id, name, from, until, isOn, doors, members, heads, came, by } = event
  const now = deskNow()
  const facts = [
    words.times(sayMoment(Date.parse(from), now, voice), sayUntil(Date.parse(until), now, voice)),
    doors.length === 0 ? words.everyDoor : doors.map((door) => door.name).join(', '),
    members === null ? words.everyone : words.listed(members.length),
    heads === null ? null : words.counted(came ?? 0, heads),
    words.by(by),
  ].filter((text) => text !== null)
  return (
    <li className="flex flex-col gap-2 px-4 py-2.5">
      <div className="flex items-center justify-between gap-3">
        <div className="min-w-0">
          <p className="flex items-center gap-2 text-14 font-medium">
            <span className="truncate">{name}</span>
            {isOn && (
              <span className="rounded-full bg-granted-soft px-2 text-13 leading-5 text-granted-ink">{words.isOn}</span>
            )}
          </p>
          <p className="flex flex-wrap gap-x-3 text-13 text-ink-3">
            {facts.map((text) => (
              <span key={text}>{text}</span>
            ))}
          </p>
        </div>
        {!asked && (
          <div className="flex shrink-0 gap-1">
            <Button size="small" rank="quiet" aria-label={words.changeOf(name)} onClick={() => setChanging(true)}>
              {words.change}
            </Button>
            <Button size="small" rank="quiet" aria-label={words.endOf(name)} onClick={() => setAsked(true)}>
              {words.end}
            </Button>
          </div>
        )}
      </div>
      {asked && (
        <Confirm
          ask={words.endAsk(name)}
          doIt={words.end}
          busy={deed.busy}
          onDo={() => void deed.run('events.end', { id }, 'events.list', 'members.get')}
          onKeep={() => setAsked(false)}
        />
      )}
      <RefusalLine refusal={deed.refusal} />
      {changing && <EventForm known={event} onClose={() => setChanging(false)} />}
    </li>
  )
}
