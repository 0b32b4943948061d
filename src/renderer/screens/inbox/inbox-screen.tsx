// The inbox: what waits for a person, by kind, each row with one thing to do.
import { Inbox } from 'lucide-react'
import { useState } from 'react'
import type { InboxKind, InboxRow } from '../../../preload/shapes-inbox.ts'
import { Button } from '../../components/button.tsx'
import { cx } from '../../components/cx.ts'
import { Empty } from '../../components/empty.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { sayCount } from '../../format/money.ts'
import { inboxWords } from '../../messages/inbox-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo, useRoute } from '../../state/route.ts'
import { useVoice } from '../../state/voice.ts'
import { ABOUT_INBOX, type Merged } from './about-inbox.ts'
import { InboxLine } from './inbox-line.tsx'

const KINDS = Object.keys(inboxWords.kinds) as InboxKind[]
const STEP = 100

export function InboxScreen() {
  const wanted = useRoute((route) => route.params.get('show'))
  const kind = KINDS.find((one) => one === wanted)
  const { value, refusal } = useReading('inbox.list', {})
  const [limit, setLimit] = useState(STEP)
  const [merged, setMerged] = useState<Merged | null>(null)
  const [away, setAway] = useState<InboxRow | null>(null)
  const rows = value?.rows.filter((row) => kind === undefined || row.kind === kind) ?? []
  return (
    <Page title={inboxWords.title}>
      <p className="-mt-3 text-14 text-ink-3">{inboxWords.about}</p>
      {value !== null && value.counts.length > 0 && (
        <Filters counts={value.counts} total={value.rows.length} kind={kind} />
      )}
      <RefusalLine refusal={refusal} />
      {merged !== null && <MergedNotice merged={merged} onDone={() => setMerged(null)} />}
      <div className="card overflow-hidden">
        {value === null ? (
          refusal === null && <SkeletonRows rows={6} />
        ) : rows.length === 0 ? (
          <Empty icon={Inbox} title={kind === undefined ? inboxWords.empty : inboxWords.emptyFilter}>
            {kind === undefined && inboxWords.emptyMore}
          </Empty>
        ) : (
          <ul className="divide-y divide-line">
            {rows.slice(0, limit).map((row) => (
              <InboxLine key={row.id} row={row} onMerged={setMerged} onPutAway={setAway} />
            ))}
          </ul>
        )}
      </div>
      {/* Screen readers tell what comes into a place that was there before. */}
      <div
        role="status"
        className={
          away === null
            ? 'contents'
            : 'sticky bottom-0 z-10 rounded-md border border-line bg-raised px-5 py-3 text-14 text-ink-2 shadow-float'
        }
      >
        {away !== null && <PutAway key={away.id} row={away} onBack={() => setAway(null)} />}
      </div>
      {rows.length > limit && (
        <div className="pb-2 text-center">
          <Button onClick={() => setLimit(limit + STEP)}>{inboxWords.more}</Button>
        </div>
      )}
    </Page>
  )
}

type FilterProps = { counts: readonly { kind: InboxKind; count: number }[]; total: number; kind: InboxKind | undefined }

function Filters({ counts, total, kind }: FilterProps) {
  const { locale } = useVoice()
  const filters: [InboxKind | undefined, string, number][] = [
    [undefined, inboxWords.all, total],
    ...counts.map(({ kind: one, count }): [InboxKind, string, number] => [one, inboxWords.kinds[one], count]),
  ]
  return (
    <nav aria-label={inboxWords.filterLabel} className="flex flex-wrap gap-2">
      {filters.map(([one, word, count]) => (
        <a
          key={word}
          href={linkTo('inbox', undefined, one === undefined ? {} : { show: one })}
          aria-current={one === kind ? 'true' : undefined}
          className={cx(
            'inline-flex h-8 items-center gap-2 rounded-full border px-3 text-14 font-medium',
            one === kind
              ? 'border-accent-fill bg-accent-soft text-accent-ink'
              : 'border-line bg-surface text-ink-2 hover:border-line-strong hover:text-ink',
          )}
        >
          {word}
          <span className="figures text-13">{sayCount(count, locale)}</span>
        </a>
      ))}
    </nav>
  )
}

function PutAway({ row, onBack }: { row: InboxRow; onBack: () => void }) {
  const deed = useDeed()
  async function bringBack(): Promise<void> {
    const outcome = await deed.run('inbox.bringBack', { id: row.id }, ...ABOUT_INBOX)
    if (outcome.ok) onBack()
  }
  return (
    <div className="flex items-center gap-4">
      <span className="min-w-0 flex-1">{deed.refusal?.sentence ?? inboxWords.putAwayOf(row.sentence)}</span>
      {deed.refusal === null && (
        <Button size="small" disabled={deed.busy} onClick={() => void bringBack()}>
          {inboxWords.undo}
        </Button>
      )}
    </div>
  )
}

function MergedNotice({ merged, onDone }: { merged: Merged; onDone: () => void }) {
  const deed = useDeed()
  async function undo(): Promise<void> {
    const outcome = await deed.run('members.unmerge', { merge: merged.merge }, ...ABOUT_INBOX)
    if (outcome.ok) onDone()
  }
  return (
    <Notice
      tone="note"
      role="status"
      action={
        <Button size="small" disabled={deed.busy} onClick={() => void undo()}>
          {inboxWords.undo}
        </Button>
      }
    >
      {deed.refusal?.sentence ?? inboxWords.merged(merged.name)}
    </Notice>
  )
}
