// One late payment as a row: who, how much, since when, why, what doors do, how to reach them, who is on it.
import { CircleCheck, CircleMinus } from 'lucide-react'
import type { ReactNode } from 'react'
import type { LateRow } from '../../../preload/shapes-report.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Chip } from '../../components/chip.tsx'
import { Contact } from '../../components/contact.tsx'
import { cx } from '../../components/cx.ts'
import { Moment } from '../../components/moment.tsx'
import { StandingChip } from '../../components/state-chips.tsx'
import { sayCount, sayMoney } from '../../format/money.ts'
import { lateWords as words } from '../../messages/late-en.ts'
import { openMember } from '../../state/panel.ts'
import { useVoice } from '../../state/voice.ts'

type Props = {
  row: LateRow
  inTurn: boolean
  isChosen: boolean
  isOpen: boolean
  onFocus: () => void
  onToggle: () => void
}

const CELL = 'border-b border-line py-2.5 pr-3 align-top text-14 group-last:border-b-0'
const MORE = 'block text-13 text-ink-3'

export function LateTableRow({ row, inTurn, isChosen, isOpen, onFocus, onToggle }: Props) {
  const { locale } = useVoice()
  return (
    <tr
      onClick={() => openMember(row.member.id)}
      className={cx(
        'group cursor-pointer break-inside-avoid hover:bg-hover',
        (isChosen || isOpen) && 'bg-accent-soft hover:bg-accent-soft',
      )}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box inside has the keys; a click beside it must not open. */}
      <td className={cx(CELL, 'pl-5 print:hidden')} onClick={(event) => event.stopPropagation()}>
        <input
          type="checkbox"
          tabIndex={inTurn ? 0 : -1}
          aria-label={words.select(row.member.name)}
          checked={isChosen}
          onChange={onToggle}
          onFocus={onFocus}
          className="mt-2 block size-4.5 accent-(--accent-fill)"
        />
      </td>
      <td className={CELL}>
        <button
          type="button"
          data-open
          tabIndex={inTurn ? 0 : -1}
          onFocus={onFocus}
          onClick={(event) => {
            event.stopPropagation()
            openMember(row.member.id)
          }}
          // Enter alone opens; a button would take both.
          onKeyDown={(event) => {
            if (event.key !== ' ') return
            event.preventDefault()
            if (!event.repeat) onToggle()
          }}
          onKeyUp={(event) => event.key === ' ' && event.preventDefault()}
          className="-ml-1 flex max-w-full scroll-mb-24 items-start gap-3 rounded-md pr-2 pl-1 text-left"
        >
          <span className="hidden wide:inline print:hidden">
            <Avatar person={row.member} size="small" />
          </span>
          <span className="min-w-0">
            <span className="block font-medium [overflow-wrap:anywhere]">{row.member.name}</span>
            <span className={MORE}>{row.plan}</span>
          </span>
        </button>
      </td>
      <td className={cx(CELL, 'figures text-right font-medium')}>{sayMoney(row.amount, locale)}</td>
      <td className={cx(CELL, 'figures text-right')}>
        <span title={row.dueAt}>{sayCount(row.daysOverdue, locale)}</span>
      </td>
      <td className={cx(CELL, 'pl-3')}>
        <span className="block first-letter:uppercase">{row.reason}</span>
        <span className={MORE}>
          <After row={row} />
        </span>
        <span className="mt-1 block wide:hidden">
          <Contact contact={row.contact} none={words.tellAtDesk} />
          <Note row={row} />
        </span>
      </td>
      <td className={CELL}>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Outcome row={row} />
          <span>{row.doors.words}</span>
        </span>
        <span className={MORE}>
          <Visits row={row} />
        </span>
      </td>
      <td className={cx(CELL, 'hidden wide:table-cell')}>
        <Contact contact={row.contact} none={words.tellAtDesk} />
      </td>
      <td className={cx(CELL, 'hidden pr-5 wide:table-cell')}>
        <Note row={row} />
      </td>
    </tr>
  )
}

function Outcome({ row: { outcome, standing } }: { row: LateRow }): ReactNode {
  if (outcome === 'open') return <StandingChip standing={standing} />
  const isRecovered = outcome === 'recovered'
  return (
    <Chip tone={isRecovered ? 'granted' : 'still'} icon={isRecovered ? CircleCheck : CircleMinus}>
      {isRecovered ? words.series.recovered : words.series.lost}
    </Chip>
  )
}

/** Tries, and what comes or came of it. */
function After({ row: { attempts, nextRetryAt, outcome, paidAt, returned } }: { row: LateRow }): ReactNode {
  const { locale } = useVoice()
  const parts: [key: string, part: ReactNode][] = []
  if (attempts !== null && attempts > 0) parts.push(['attempts', words.attempts(attempts)])
  if (nextRetryAt !== null) parts.push(['next', <Spoken key="next" words={words.nextTry} at={nextRetryAt} />])
  else if (outcome === 'open' && attempts !== null && attempts > 0) parts.push(['none', words.noNextTry])
  if (paidAt !== null) parts.push(['paid', <Spoken key="paid" words={words.paid} at={paidAt} />])
  if (returned.minor > 0) parts.push(['back', words.wentBack(sayMoney(returned, locale))])
  if (outcome === 'lost' && paidAt === null) parts.push(['given up', words.givenUp])
  return parts.map(([key, part], index) => (
    <span key={key}>
      {index > 0 && ', '}
      {part}
    </span>
  ))
}

function Spoken({ words, at }: { words: string; at: string }) {
  return (
    <>
      {words} <Moment at={at} as="day" />
    </>
  )
}

function Visits({ row: { lastVisitAt, visitsSince } }: { row: LateRow }) {
  if (lastVisitAt === null) return <>{words.noVisit}</>
  return (
    <>
      <Spoken words={words.lastVisit} at={lastVisitAt} />
      {visitsSince > 0 && `, ${words.visitsSince(visitsSince)}`}
    </>
  )
}

function Note({ row: { note, assignee, snoozedUntil } }: { row: LateRow }) {
  return (
    <>
      {assignee !== null && <span className="block text-13 text-ink-2">{words.onIt(assignee)}</span>}
      {snoozedUntil !== null && (
        <span className="block text-13 text-ink-2">
          <Spoken words={words.snoozed} at={snoozedUntil} />
        </span>
      )}
      {note !== null && <span className="block text-13 [overflow-wrap:anywhere] text-ink-2">{note}</span>}
    </>
  )
}
