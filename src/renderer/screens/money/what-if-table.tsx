// Who would have been treated differently: j and k or the arrows move, Enter or a click opens the person.
import { ArrowRight, CircleAlert, CircleCheck, Clock } from 'lucide-react'
import type { WhatIfRow } from '../../../preload/shapes-what-if.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Chip } from '../../components/chip.tsx'
import { cx } from '../../components/cx.ts'
import { Moment } from '../../components/moment.tsx'
import { sayCount } from '../../format/money.ts'
import { whatIfWords as words } from '../../messages/what-if-en.ts'
import { openMember, usePanel } from '../../state/panel.ts'
import { useRowKeys } from '../../state/row-keys.ts'
import { useVoice } from '../../state/voice.ts'

const HEAD = 'border-b border-line py-2 pr-3 text-left text-13 font-medium text-ink-3'
const CELL = 'border-b border-line py-2.5 pr-3 align-top text-14 group-last:border-b-0'

export function WhatIfTable({ rows }: { rows: readonly WhatIfRow[] }) {
  const { locale } = useVoice()
  const { body, at, setAt } = useRowKeys(rows.length, 'what-if')
  const opened = usePanel((facts) => (facts.subject?.kind === 'member' ? facts.subject.id : null))
  return (
    <table aria-label={words.list} className="w-full border-separate border-spacing-0">
      <thead>
        <tr>
          {[words.member, words.door, words.when, words.was, words.would].map((heading) => (
            <th key={heading} scope="col" className={HEAD}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row, index) => (
          <tr
            key={`${row.member.id} ${row.door.id} ${row.would.grant}`}
            onClick={() => openMember(row.member.id)}
            className={cx(
              'group cursor-pointer break-inside-avoid hover:bg-hover',
              row.member.id === opened && 'bg-accent-soft hover:bg-accent-soft',
            )}
          >
            <td className={CELL}>
              <button
                type="button"
                data-open
                tabIndex={index === at ? 0 : -1}
                title={row.sentence}
                onFocus={() => setAt(index)}
                onClick={(event) => {
                  event.stopPropagation()
                  openMember(row.member.id)
                }}
                className="-ml-1 flex items-center gap-3 rounded-md pr-2 pl-1 text-left font-medium [overflow-wrap:anywhere]"
              >
                <span className="print:hidden">
                  <Avatar person={row.member} size="small" />
                </span>
                {row.member.name}
              </button>
            </td>
            <td className={CELL}>{row.door.name}</td>
            <td className={cx(CELL, 'figures')}>
              <Moment at={row.first} />
              {row.count > 1 && (
                <span className="block text-13 text-ink-3">{words.times(sayCount(row.count, locale), row.count)}</span>
              )}
            </td>
            <td className={CELL}>
              <Verdict {...row.was} />
            </td>
            <td className={CELL}>
              <span className="flex items-start gap-2">
                <ArrowRight className="mt-1 size-4 shrink-0 text-ink-3" aria-hidden="true" />
                <Verdict {...row.would} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function Verdict({ grant, reason, words: why }: WhatIfRow['was']) {
  const late = reason === 'ok-grace' || reason === 'ok-stale'
  return (
    <span className="flex flex-col items-start gap-0.5">
      <Chip
        tone={grant ? (late ? 'grace' : 'granted') : 'refused'}
        icon={grant ? (late ? Clock : CircleCheck) : CircleAlert}
      >
        {grant ? words.verdict.in : words.verdict.out}
      </Chip>
      <span className="px-1 text-13 text-ink-3">{why}</span>
    </span>
  )
}
