// The rows of late payments: j and k or the arrows move, Space selects, Enter or a click opens the person.
import { ArrowDown } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { LateRow } from '../../../preload/shapes-report.ts'
import { cx } from '../../components/cx.ts'
import { lateWords as words } from '../../messages/late-en.ts'
import { goTo, type LateView, lateLink, type Sort } from '../../state/late-view.ts'
import { usePanel } from '../../state/panel.ts'
import { useRowKeys } from '../../state/row-keys.ts'
import { LateTableRow } from './late-row.tsx'

type Props = {
  rows: readonly LateRow[]
  view: LateView
  /** Which list it is, in a word. */
  list: string
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
}

const HEAD = 'border-b border-line py-2 pr-3 text-left text-13 font-medium text-ink-3'

export function LateTable({ rows, view, list, chosen, onChoose }: Props) {
  const { body, at, setAt } = useRowKeys(rows.length, `${list} ${view.sort}`)
  const opened = usePanel((facts) => (facts.subject?.kind === 'member' ? facts.subject.id : null))
  const count = rows.filter(({ id }) => chosen.has(id)).length
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChoose(next)
  }
  return (
    <table className="w-full table-fixed border-separate border-spacing-0">
      <thead>
        <tr>
          <th scope="col" className={cx(HEAD, 'w-14 pl-5 print:hidden')}>
            <AllBox
              state={count === 0 ? 'none' : count === rows.length ? 'all' : 'some'}
              onChange={(all) => onChoose(new Set(all ? rows.map(({ id }) => id) : []))}
            />
          </th>
          <SortHead view={view} by="name">
            {words.person}
          </SortHead>
          <SortHead view={view} by="amount" className="w-28 text-right">
            {words.amount}
          </SortHead>
          <SortHead view={view} by="days" className="w-18 text-right">
            {words.age}
          </SortHead>
          <th scope="col" className={cx(HEAD, 'w-[27%] pl-3 wide:w-[23%]')}>
            {words.why}
          </th>
          <th scope="col" className={cx(HEAD, 'w-[25%] wide:w-48')}>
            {words.doors}
          </th>
          <th scope="col" className={cx(HEAD, 'hidden w-44 wide:table-cell')}>
            {words.contact}
          </th>
          <th scope="col" className={cx(HEAD, 'hidden w-26 wide:table-cell')}>
            {words.note}
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row, index) => (
          <LateTableRow
            key={row.id}
            row={row}
            inTurn={index === at}
            isChosen={chosen.has(row.id)}
            isOpen={row.member.id === opened}
            onFocus={() => setAt(index)}
            onToggle={() => toggle(row.id)}
          />
        ))}
      </tbody>
    </table>
  )
}

function AllBox({ state, onChange }: { state: 'none' | 'some' | 'all'; onChange: (all: boolean) => void }) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = state === 'some'
  }, [state])
  return (
    <input
      ref={box}
      type="checkbox"
      aria-label={words.selectAll}
      checked={state === 'all'}
      onChange={({ target }) => onChange(target.checked)}
      className="block size-4.5 accent-(--accent-fill)"
    />
  )
}

type SortProps = { view: LateView; by: Sort; className?: string; children: ReactNode }

function SortHead({ view, by, className, children }: SortProps) {
  const here = view.sort === by
  return (
    <th
      scope="col"
      aria-sort={here ? (by === 'name' ? 'ascending' : 'descending') : undefined}
      className={cx(HEAD, className)}
    >
      <button
        type="button"
        onClick={() => goTo(lateLink(view, { sort: by }))}
        className={cx('-mx-1 inline-flex h-8 items-center gap-1 rounded-sm px-1 hover:text-ink', here && 'text-ink')}
      >
        {children}
        {here && <ArrowDown aria-hidden="true" className={cx('size-3.5', by === 'name' && 'rotate-180')} />}
      </button>
    </th>
  )
}
