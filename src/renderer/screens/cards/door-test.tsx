// "Does it open?", before the member leaves: a tick for each door at which the card was held, the moment it was read.
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { CardExam, CardUses } from '../../../preload/shapes-card-doctor.ts'
import { Button } from '../../components/button.tsx'
import { sayTime } from '../../format/moments.ts'
import { doctorWords as words } from '../../messages/card-doctor-en.ts'
import { stopTest, type DoorTest as Test, testAtDoor } from '../../state/card-doctor.ts'
import { useVoice } from '../../state/voice.ts'

export function DoorTest({ exam: { card, doors }, test }: { exam: CardExam; test: Test }) {
  const name = card.member?.name ?? null
  const seen = new Set(test.uses.map(({ door }) => door.id))
  const open = doors.filter(({ id, grant }) => grant && !seen.has(id))
  return (
    <section aria-label={words.testTitle} className="flex flex-col gap-4 rounded-md bg-sunken p-4">
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-60 flex-1">
          <h3 className="text-16 font-semibold">{words.testTitle}</h3>
          <p className="text-14 text-ink-2">{words.testHow}</p>
        </div>
        {test.over ? <span className="text-14 text-ink-2">{words.testOver}</span> : <Left until={test.until} />}
        {test.over && (
          <Button size="small" onClick={() => void testAtDoor(test.card)}>
            {words.testAgain}
          </Button>
        )}
        <Button size="small" onClick={stopTest}>
          {words.testDone}
        </Button>
      </div>
      <div role="status">
        <ul className="flex flex-col gap-3">
          {test.uses.map((use) => (
            <Came key={use.seq} use={use} name={name} />
          ))}
        </ul>
      </div>
      {open.length > 0 && (
        <ul className="flex flex-wrap gap-x-5 gap-y-2">
          {open.map(({ id, name: door }) => (
            <li key={id} className="flex items-center gap-2 text-14 text-ink-2">
              <CircleDashed className="size-4" />
              {door}: {words.waiting}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Came({ use: { at, door, grant, sentence }, name }: { use: CardUses['uses'][number]; name: string | null }) {
  const time = sayTime(Date.parse(at), useVoice())
  if (grant)
    return (
      <li className="arrives flex items-center gap-3">
        <CircleCheck className="size-12 shrink-0 text-granted" strokeWidth={1.75} />
        <span className="text-20 font-semibold">
          {name === null ? words.openedForNobody(door.name, time) : words.opened(door.name, name, time)}
        </span>
      </li>
    )
  return (
    <li className="arrives flex items-center gap-3">
      <CircleAlert className="size-12 shrink-0 text-refused" strokeWidth={1.75} />
      <span>
        <span className="block text-20 font-semibold">{words.stayed(door.name, time)}</span>
        <span className="text-14 text-ink-2">{sentence}</span>
      </span>
    </li>
  )
}

function Left({ until }: { until: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.ceil((until - now) / 1_000))
  return (
    <span className="figures text-14 text-ink-2">
      {words.testLeft(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`)}
    </span>
  )
}
