// All members: filters by standing with their counts, a field to narrow, a table that keys can walk.
import { Search as SearchIcon, Users } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { Empty } from '../../components/empty.tsx'
import { inputClass } from '../../components/field.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { sayCount } from '../../format/money.ts'
import { memberWords, standingWords } from '../../messages/members-en.ts'
import { type Show, STANDINGS, showFrom, useMemberList } from '../../state/members.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo, useRoute } from '../../state/route.ts'
import { useVoice } from '../../state/voice.ts'
import { MemberTable } from './member-table.tsx'
import { NewMember } from './new-member.tsx'

const STEP = 200

export function MembersScreen() {
  const show = showFrom(useRoute((route) => route.params.get('show')))
  const [query, setQuery] = useState('')
  const [limit, setLimit] = useState(STEP)
  const { value, refusal } = useMemberList(show, query, limit)
  const { locale } = useVoice()
  return (
    <Page
      title={memberWords.title}
      aside={
        <div className="flex items-center gap-3">
          <NewMember />
          <div className="relative w-72">
            <SearchIcon className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-3" />
            <input
              type="text"
              aria-label={memberWords.queryLabel}
              placeholder={memberWords.queryLabel}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value)
                setLimit(STEP)
              }}
              className={cx(inputClass, 'pl-9')}
            />
          </div>
        </div>
      }
    >
      <Filters show={show} />
      <RefusalLine refusal={refusal} />
      <div className="card overflow-hidden">
        {value === null ? (
          refusal === null && <SkeletonRows rows={8} />
        ) : value.rows.length === 0 ? (
          <NobodyHere show={show} query={query} />
        ) : (
          <MemberTable rows={value.rows} />
        )}
      </div>
      {value !== null && value.rows.length > 0 && (
        <div className="flex items-center justify-between gap-4 pb-2 text-13 text-ink-3">
          <span>{memberWords.shown(sayCount(value.rows.length, locale), sayCount(value.total, locale))}</span>
          {value.total > value.rows.length && (
            <Button onClick={() => setLimit(limit + STEP)}>
              {memberWords.more(sayCount(Math.min(STEP, value.total - value.rows.length), locale))}
            </Button>
          )}
          <span>{memberWords.keysHint}</span>
        </div>
      )}
    </Page>
  )
}

function NobodyHere({ show, query }: { show: Show; query: string }) {
  if (query.trim() !== '') return <Empty icon={Users} title={memberWords.emptyQuery(query.trim())} />
  if (show !== 'all') return <Empty icon={Users} title={memberWords.emptyFilter} />
  return (
    <Empty icon={Users} title={memberWords.emptyAll}>
      {memberWords.emptyAllMore}
    </Empty>
  )
}

/** Of use only where the inbox leads to it. */
const LED_TO: readonly [Show, string, undefined][] = [
  ['older-waiver', memberWords.olderWaiver, undefined],
  ['unruled-minors', memberWords.unruledMinors, undefined],
]

function Filters({ show }: { show: Show }) {
  const counts = useReading('desk.status', {}).value?.members
  const withoutCard = useReading('desk.todo', {}).value?.withoutCard
  const filters: [Show, string, number | undefined][] = [
    ['all', memberWords.all, counts?.total],
    ...STANDINGS.map((word): [Show, string, number | undefined] => [word, standingWords[word], counts?.[word]]),
    ['without-card', memberWords.withoutCard, withoutCard],
    ...LED_TO.filter(([name]) => name === show),
  ]
  const { locale } = useVoice()
  return (
    <nav aria-label={memberWords.filterLabel} className="flex flex-wrap gap-2">
      {filters.map(([name, word, count]) => (
        <a
          key={name}
          href={linkTo('members', undefined, name === 'all' ? {} : { show: name })}
          aria-current={name === show ? 'true' : undefined}
          className={cx(
            'inline-flex h-8 items-center gap-2 rounded-full border px-3 text-14 font-medium',
            name === show
              ? 'border-accent-fill bg-accent-soft text-accent-ink'
              : 'border-line bg-surface text-ink-2 hover:border-line-strong hover:text-ink',
          )}
        >
          {word}
          {count !== undefined && <span className="figures text-13">{sayCount(count, locale)}</span>}
        </a>
      ))}
    </nav>
  )
}
