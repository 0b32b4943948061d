// Below what is written on a card: its number, since when it is as it is, its last day, and when a loaner is due.
import type { CardRow } from '../../../preload/shapes.ts'
import { cx } from '../../components/cx.ts'
import { Moment } from '../../components/moment.tsx'
import { cardWords as words } from '../../messages/cards-en.ts'
import { useDeskNow } from '../../state/lamps.ts'

const MINUTE_MS = 60_000

export function CardSmallPrint({ card }: { card: CardRow }) {
  const { label, short, state, since, why, loaner, validUntil } = card
  const out = loaner && state === 'active'
  const parts = [
    label !== null && (
      <span key="short" className="figures">
        {short}
      </span>
    ),
    loaner && !out && <span key="loaner">{words.loaner}</span>,
    out && <Out key="out" card={card} />,
    state !== 'active' && since !== null && (
      <span key="since">
        {words.from} <Moment at={since} as="day" />
        {state === 'suspended' && why ? `, ${why}` : ''}
      </span>
    ),
    validUntil !== null && state === 'active' && (
      <span key="last">
        {words.lastDay} <Moment at={validUntil} as="until" />
      </span>
    ),
  ].filter((part) => part !== false)
  return parts.length === 0 ? null : <span className="flex flex-wrap gap-x-2.5 text-13 text-ink-3">{parts}</span>
}

/** A loaner that somebody has. */
function Out({ card: { since, dueAt } }: { card: CardRow }) {
  const late = Date.parse(dueAt ?? '') <= useDeskNow(MINUTE_MS)
  return (
    <span data-overdue={late || undefined}>
      {words.loaner}, {words.outSince} {since !== null && <Moment at={since} as="day" />}
      {dueAt !== null && (
        <span className={cx(late && 'font-semibold text-refused-ink')}>
          , {late ? words.overdue : words.due} <Moment at={dueAt} as="until" />
        </span>
      )}
    </span>
  )
}
