// The rows of members: j and k or the arrows move, Enter or a click opens.
import { memo } from 'react'
import type { MemberRow } from '../../../preload/shapes.ts'
import { Avatar } from '../../components/avatar.tsx'
import { cx } from '../../components/cx.ts'
import { Moment } from '../../components/moment.tsx'
import { StandingChip } from '../../components/state-chips.tsx'
import { memberWords } from '../../messages/members-en.ts'
import { openMember, usePanel } from '../../state/panel.ts'
import { useRowKeys } from '../../state/row-keys.ts'

const HEAD = 'border-b border-line py-2.5 text-left text-13 font-medium text-ink-3'

export function MemberTable({ rows }: { rows: MemberRow[] }) {
  const opened = usePanel((facts) => (facts.subject?.kind === 'member' ? facts.subject.id : null))
  const { body, at, setAt } = useRowKeys(rows.length, rows[0]?.id)

  return (
    <table className="w-full table-fixed border-separate border-spacing-0">
      <thead>
        <tr>
          <th scope="col" className={cx(HEAD, 'w-[34%] pl-5')}>
            {memberWords.name}
          </th>
          <th scope="col" className={cx(HEAD, 'w-28')}>
            {memberWords.standing}
          </th>
          <th scope="col" className={HEAD}>
            {memberWords.plans}
          </th>
          <th scope="col" className={cx(HEAD, 'w-44 max-wide:w-36')}>
            {memberWords.until}
          </th>
          <th scope="col" className={cx(HEAD, 'w-18 pr-5 text-right')}>
            {memberWords.cards}
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row, index) => (
          <Row key={row.id} row={row} index={index} inTurn={index === at} open={row.id === opened} onFocus={setAt} />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = { row: MemberRow; index: number; inTurn: boolean; open: boolean; onFocus: (index: number) => void }

const CELL = 'h-13 border-b border-line text-14 group-last:border-b-0'

const Row = memo(function Row({ row, index, inTurn, open, onFocus }: RowProps) {
  return (
    <tr
      onClick={() => openMember(row.id)}
      className={cx('group cursor-pointer hover:bg-hover', open && 'bg-accent-soft')}
    >
      <td className={cx(CELL, 'pl-5')}>
        <button
          type="button"
          data-open
          tabIndex={inTurn ? 0 : -1}
          onFocus={() => onFocus(index)}
          onClick={(event) => {
            event.stopPropagation()
            openMember(row.id)
          }}
          className="-ml-1 flex h-10 max-w-full items-center gap-3 rounded-md pr-3 pl-1 text-left"
        >
          <Avatar person={row} size="small" />
          <span className="min-w-0">
            <span className="block truncate font-medium">{row.name}</span>
            <span className="block truncate text-13 leading-4 text-ink-3">{row.emails[0] ?? ''}</span>
          </span>
        </button>
      </td>
      <td className={CELL}>
        <StandingChip standing={row.standing} barred={row.barred} />
      </td>
      <td className={cx(CELL, 'truncate pr-3 text-ink-2')}>{row.plans.join(', ') || memberWords.noPlan}</td>
      <td className={cx(CELL, 'pr-3 text-ink-2')}>
        <Until row={row} />
      </td>
      <td className={cx(CELL, 'pr-5 text-right text-ink-2', row.credentials.length === 0 && 'text-ink-3')}>
        {row.credentials.length || memberWords.noCard}
      </td>
    </tr>
  )
})

function Until({ row: { paidUntil, graceUntil } }: { row: MemberRow }) {
  const at = graceUntil ?? paidUntil
  if (at === null) return <>{memberWords.noDate}</>
  return <Moment at={at} as="last-day" />
}
