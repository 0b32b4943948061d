// The list of cards, newest first.
import { memo, useState } from 'react'
import type { CardRow } from '../../../preload/shapes.ts'
import { Button } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { Moment } from '../../components/moment.tsx'
import { CardStateChip } from '../../components/state-chips.tsx'
import { cardWords } from '../../messages/cards-en.ts'
import { memberWords } from '../../messages/members-en.ts'
import { openMember } from '../../state/panel.ts'

const STEP = 100
const HEAD = 'border-b border-line py-2.5 text-left text-13 font-medium text-ink-3'
const CELL = 'h-12 border-b border-line text-14 group-last:border-b-0'

export function CardTable({ cards }: { cards: CardRow[] }) {
  const [shown, setShown] = useState(STEP)
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
            <th scope="col" className={cx(HEAD, 'w-[38%]')}>
              {cardWords.member}
            </th>
            <th scope="col" className={cx(HEAD, 'w-32 pr-5 text-right')}>
              {cardWords.since}
            </th>
          </tr>
        </thead>
        <tbody>
          {cards.slice(0, shown).map((card) => (
            <Row key={card.canonical} card={card} />
          ))}
        </tbody>
      </table>
      {cards.length > shown && (
        <div className="flex justify-center border-t border-line p-3">
          <Button size="small" onClick={() => setShown(shown + STEP)}>
            {memberWords.more(String(Math.min(STEP, cards.length - shown)))}
          </Button>
        </div>
      )}
    </>
  )
}

const Row = memo(function Row({ card: { canonical, short, state, member, since } }: { card: CardRow }) {
  return (
    <tr className="group">
      <td className={cx(CELL, 'truncate pl-5 figures')} title={canonical}>
        {short}
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
            onClick={() => openMember(member.id)}
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
