// The list of cards, newest first: j and k or the arrows move, Enter or a click opens.
import { memo, useEffect, useRef, useState } from 'react'
import type { CardRow } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { Moment } from '../../components/moment.tsx'
import { CardStateChip } from '../../components/state-chips.tsx'
import { cardWords } from '../../messages/cards-en.ts'
import { memberWords } from '../../messages/members-en.ts'
import { useKeys } from '../../state/keys.ts'
import { openCard } from '../../state/open-card.ts'
import { openMember } from '../../state/panel.ts'
import { CardSmallPrint } from '../member/card-small-print.tsx'

const STEP = 100
const HEAD = 'border-b border-line py-2.5 text-left text-13 font-medium text-ink-3'
const CELL = 'h-13 border-b border-line text-14 group-last:border-b-0'

export function CardTable({ cards }: { cards: CardRow[] }) {
  const [limit, setLimit] = useState(STEP)
  const [active, setActive] = useState(0)
  const body = useRef<HTMLTableSectionElement>(null)
  const shown = cards.slice(0, limit)
  const at = Math.min(active, shown.length - 1)

  // The first press goes to the row that the eye is on, not past it.
  function step(by: number, event: KeyboardEvent): void {
    event.preventDefault()
    const inside = body.current?.contains(document.activeElement)
    const next = Math.max(0, Math.min(shown.length - 1, inside ? at + by : at))
    setActive(next)
    body.current?.querySelectorAll<HTMLElement>('[data-open]')[next]?.focus()
  }
  useKeys({
    j: (event) => step(1, event),
    k: (event) => step(-1, event),
    ArrowDown: (event) => step(1, event),
    ArrowUp: (event) => step(-1, event),
  })
  const first = cards[0]?.canonical
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top.
  useEffect(() => setActive(0), [first])

  return (
    <>
      <table className="w-full table-fixed border-separate border-spacing-0">
        <thead>
          <tr>
            <th scope="col" className={cx(HEAD, 'pl-5')}>
              {cardWords.card}
            </th>
            <th scope="col" className={cx(HEAD, 'w-40')}>
              {cardWords.state}
            </th>
            <th scope="col" className={cx(HEAD, 'w-[30%]')}>
              {cardWords.member}
            </th>
            <th scope="col" className={cx(HEAD, 'w-28 pr-5 text-right')}>
              {cardWords.since}
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {shown.map((card, index) => (
            <Row key={card.canonical} card={card} index={index} inTurn={index === at} onFocus={setActive} />
          ))}
        </tbody>
      </table>
      {cards.length > limit && (
        <div className="flex justify-center border-t border-line p-3">
          <Button size="small" onClick={() => setLimit(limit + STEP)}>
            {memberWords.more(String(Math.min(STEP, cards.length - limit)))}
          </Button>
        </div>
      )}
    </>
  )
}

type RowProps = { card: CardRow; index: number; inTurn: boolean; onFocus: (index: number) => void }

const Row = memo(function Row({ card, index, inTurn, onFocus }: RowProps) {
  const { canonical, label, short, state, member, since, loaner } = card
  return (
    <tr data-card={canonical} onClick={() => openCard(canonical)} className="group cursor-pointer hover:bg-hover">
      <td className={cx(CELL, 'py-1 pr-3 pl-4')}>
        <button
          type="button"
          data-open
          aria-label={cardWords.open(label ?? short)}
          title={canonical}
          tabIndex={inTurn ? 0 : -1}
          onFocus={() => onFocus(index)}
          onClick={(event) => {
            event.stopPropagation()
            openCard(canonical)
          }}
          className={cx('block h-8 max-w-full truncate rounded-md px-1', label === null ? 'figures' : 'font-medium')}
        >
          {label ?? short}
        </button>
        {(label !== null || loaner || card.validUntil !== null) && (
          <span className="block px-1 pb-1">
            <CardSmallPrint card={state === 'active' ? card : { ...card, since: null }} />
          </span>
        )}
      </td>
      <td className={CELL}>
        <CardStateChip state={state} />
      </td>
      <td className={CELL}>
        {member === null ? (
          <span className="text-ink-3">{cardWords.nobody}</span>
        ) : (
          <button
            type="button"
            onClick={(event) => {
              event.stopPropagation()
              openMember(member.id)
            }}
            className="-ml-2 h-8 max-w-full truncate rounded-md px-2 font-medium hover:bg-hover"
          >
            {member.name}
          </button>
        )}
      </td>
      <td className={cx(CELL, 'pr-5 text-right text-ink-2')}>
        {since === null ? memberWords.noDate : <Moment at={since} as="day" />}
      </td>
    </tr>
  )
})
