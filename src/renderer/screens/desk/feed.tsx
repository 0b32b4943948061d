// The live feed of the doors, newest on top. Neutral verdicts only.
import { DoorOpen } from 'lucide-react'
import type { FeedRow } from '../../../preload/shapes-doors.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Empty } from '../../components/empty.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { Moment } from '../../components/moment.tsx'
import { VerdictPill } from '../../components/state-chips.tsx'
import { deskWords } from '../../messages/desk-en.ts'
import { rowKey, useFeed } from '../../state/feed.ts'
import { openSwipe } from '../../state/panel.ts'
import { nameOf } from './name-of.ts'

export function Feed() {
  const rows = useFeed((facts) => facts.rows)
  return (
    <section aria-labelledby="feed-title" className="card overflow-hidden">
      <h2 id="feed-title" className="px-5 pt-4 pb-2 text-16 font-semibold">
        {deskWords.feedTitle}
      </h2>
      {rows === null ? (
        <SkeletonRows />
      ) : rows.length === 0 ? (
        <Empty icon={DoorOpen} title={deskWords.feedEmpty}>
          {deskWords.feedEmptyMore}
        </Empty>
      ) : (
        <ol className="divide-y divide-line border-t border-line">
          {rows.map((row) => (
            <Row key={rowKey(row)} row={row} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Row({ row }: { row: FeedRow }) {
  const name = nameOf(row)
  return (
    <li className="arrives" data-feed={row.seq}>
      <button
        type="button"
        onClick={() => openSwipe(row)}
        className="flex h-14 w-full items-center gap-3 px-5 text-left -outline-offset-2! hover:bg-hover"
      >
        <Avatar person={row.member} />
        <span className="min-w-0 flex-1 truncate text-16 font-semibold">{name}</span>
        {row.verdict === 'grace' && (
          <span
            title={deskWords.noteMarkTitle}
            className="shrink-0 rounded-full border border-line-strong/60 px-2 text-13 leading-5 text-ink-3"
          >
            {deskWords.noteMark}
          </span>
        )}
        <span className="flex shrink-0 text-14 text-ink-2 max-wide:w-24 max-wide:flex-col max-wide:text-13 max-wide:leading-4">
          <span className="truncate wide:w-25">{row.door.name}</span>
          <span className="whitespace-nowrap wide:w-26">
            <Moment at={row.at} />
          </span>
        </span>
        <span className="flex w-42 shrink-0 justify-end max-wide:w-auto">
          <VerdictPill verdict={row.verdict} wentOut={row.wentOut} />
        </span>
      </button>
    </li>
  )
}
