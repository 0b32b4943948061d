// What waits to be done: doors to look at, and counts only of people, for it is in public view; each opens the list behind it.
import { ChevronRight, Coffee } from 'lucide-react'
import { cx } from '../../components/cx.ts'
import { Empty } from '../../components/empty.tsx'
import { Later } from '../../components/later.tsx'
import { sayCount } from '../../format/money.ts'
import { deskWords } from '../../messages/desk-en.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo, type Screen } from '../../state/route.ts'
import { useVoice } from '../../state/voice.ts'
import { DoorAlarmLine } from './door-alarm.tsx'

const LINES = [
  ['handOver', 'hand-over'],
  ['unpaid', 'unpaid'],
  ['signUps', 'open'],
  ['graceEndsSoon', 'grace'],
  ['withoutCard', 'without-card'],
  ['pending', 'pending'],
  ['undelivered', 'mail-undelivered'],
  ['cash', 'shift'],
] as const

const PAGES: Partial<Record<(typeof LINES)[number][0], Screen>> = {
  handOver: 'sign-up',
  unpaid: 'sign-up',
  signUps: 'sign-up',
  undelivered: 'inbox',
  cash: 'cash',
}

export function Todo() {
  const { value } = useReading('desk.todo', {})
  const alarms = useReading('doors.alarms', {}).value ?? []
  const { locale } = useVoice()
  const lines = LINES.filter(([thing]) => (value?.[thing] ?? 0) > 0)
  return (
    <section
      aria-labelledby="todo-title"
      // In a small window a door that stands open must not be below the edge.
      className={cx('card overflow-hidden', alarms.length > 0 && 'order-first')}
    >
      <h2 id="todo-title" className="px-5 pt-4 pb-2 text-16 font-semibold">
        {deskWords.todoTitle}
      </h2>
      {alarms.length > 0 && (
        <ul aria-live="polite" className="divide-y divide-line border-t border-line">
          {alarms.map((alarm) => (
            <DoorAlarmLine key={`${alarm.door.id} ${alarm.kind}`} alarm={alarm} />
          ))}
        </ul>
      )}
      {value === null ? (
        <Later>
          <div className="breathe mx-5 mb-5 h-24 rounded-md bg-hover" />
        </Later>
      ) : lines.length === 0 ? (
        alarms.length === 0 && (
          <Empty icon={Coffee} title={deskWords.todoEmpty}>
            {deskWords.todoEmptyMore}
          </Empty>
        )
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {lines.map(([thing, show]) => (
            <li key={thing}>
              <a
                href={linkTo(PAGES[thing] ?? 'members', undefined, { show })}
                className="flex min-h-14 items-center gap-4 px-5 py-2 -outline-offset-2! hover:bg-hover"
              >
                <span className="figures min-w-9 text-right text-20 font-semibold">
                  {sayCount(value[thing], locale)}
                </span>
                <span className="flex-1 text-14 text-ink-2">{deskWords[thing](value[thing])}</span>
                <ChevronRight className="size-4 shrink-0 text-ink-3" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
