// Whoever was turned away: one card each, newest first, until somebody puts it away. First, and with a mark of its own, who
// is to be compared with their photo: in words it says no more than the others, and it goes when somebody has dealt with it.
import { CircleAlert, Info, ScanFace, X } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { Moment } from '../../components/moment.tsx'
import { deskWords } from '../../messages/desk-en.ts'
import { putAway } from '../../state/feed.ts'
import { useKeys } from '../../state/keys.ts'
import { openSwipe } from '../../state/panel.ts'
import { useWaiting, type Waiting } from '../../state/waiting.ts'
import { nameOf } from './name-of.ts'

/** More than these at once would push the feed off the screen. */
const AT_ONCE = 3

export function Refusals() {
  const waiting = useWaiting()
  const [all, setAll] = useState(false)
  const first = waiting[0]
  const others = waiting.filter(({ newest }) => !newest.compare)
  useKeys({
    w: () => first && openSwipe(first.newest),
    x: () => others[0] && putAway(others[0].rows),
  })
  if (first === undefined) return null
  const shown = all ? waiting : waiting.slice(0, Math.max(AT_ONCE, waiting.length - others.length))
  const hidden = waiting.length - shown.length
  return (
    <section aria-label={deskWords.refusalsTitle} className="flex flex-col gap-3">
      <ul aria-live="polite" className="grid gap-3">
        {shown.map((one) => (
          <RefusalCard key={one.key} waiting={one} newest={one === first} />
        ))}
      </ul>
      {(hidden > 0 || others.length > 2) && (
        <div className="flex justify-end gap-2">
          {hidden > 0 && (
            <Button size="small" rank="quiet" onClick={() => setAll(true)}>
              {deskWords.moreRefusals(hidden)}
            </Button>
          )}
          {others.length > 0 && (
            <Button size="small" rank="quiet" onClick={() => putAway(others.flatMap(({ rows }) => rows))}>
              {deskWords.putAllAway}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}

function RefusalCard({ waiting: { newest: row, rows }, newest }: { waiting: Waiting; newest: boolean }) {
  const name = nameOf(row)
  // Two cards that nobody has would else be told apart by nothing.
  const number = row.member === null ? row.card : ''
  const called = number === '' ? name : `${name} ${number}`
  const refused = row.verdict === 'refused'
  const { compare } = row
  const Icon = refused ? CircleAlert : Info
  return (
    <li
      data-refusal={row.seq}
      className={cx(
        'arrives relative flex flex-wrap items-center gap-x-5 gap-y-3 overflow-hidden rounded-md border p-4',
        refused ? 'bg-refused-card' : 'border-note/35 bg-note-card',
        compare ? 'border-refused pl-16' : 'pl-6',
        refused && !compare && 'border-refused/35',
      )}
    >
      <span
        className={cx(
          'absolute inset-y-0 left-0 flex items-center justify-center text-surface',
          compare ? 'w-11' : 'w-1.5',
          refused ? 'bg-refused' : 'bg-note',
        )}
      >
        {compare && <ScanFace className="size-7" />}
      </span>
      <Avatar person={row.member} size="huge" className={compare ? 'ring-4 ring-refused' : ''} />
      <div className="min-w-52 flex-1">
        <p className="text-28 leading-8 font-semibold break-words">{name}</p>
        <p
          className={cx(
            'mt-1 flex items-center gap-2 text-16 font-medium',
            refused ? 'text-refused-ink' : 'text-note-ink',
          )}
        >
          <Icon className="size-5 shrink-0" strokeWidth={2.25} />
          {deskWords.pleaseSee}
        </p>
        <p className="mt-1 text-14 text-ink-2">
          {number !== '' && <span className="figures">{number}, </span>}
          {row.door.name}, <Moment at={row.at} />
          {rows.length > 1 && `, ${deskWords.tries(rows.length)}`}
        </p>
        {compare && <p className="mt-1 text-13 text-ink-3">{deskWords.staysHere}</p>}
      </div>
      <div className="flex gap-2">
        <Button rank="primary" aria-label={deskWords.seeWhyOf(called)} onClick={() => openSwipe(row)}>
          {deskWords.seeWhy}
          {newest && <KeyHint>w</KeyHint>}
        </Button>
        {!compare && (
          <Button aria-label={deskWords.putAwayOf(called)} onClick={() => putAway(rows)}>
            <X className="size-4" />
            {deskWords.putAway}
          </Button>
        )}
      </div>
    </li>
  )
}
