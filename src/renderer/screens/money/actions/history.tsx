// What was said and done about one payment; each can be taken back where that is possible, however long ago it was.
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { SkeletonRows } from '../../../components/later.tsx'
import { Moment } from '../../../components/moment.tsx'
import { RefusalLine } from '../../../components/notice.tsx'
import { sayCount, sayMoney } from '../../../format/money.ts'
import { lateActionWords as words } from '../../../messages/late-actions-en.ts'
import { useDeed } from '../../../state/deed.ts'
import { useReading } from '../../../state/readings.ts'
import { useVoice } from '../../../state/voice.ts'
import type { ActionProps } from './dialog-props.ts'

export function HistoryDialog({ rows, onActed, onClose }: ActionProps) {
  const { locale } = useVoice()
  const [row] = rows
  const { value, refusal } = useReading('late.history', row === undefined ? null : { line: row.id })
  const deed = useDeed()
  async function undo(act: string): Promise<void> {
    const outcome = await deed.run('late.undo', { act }, 'late.history')
    if (!outcome.ok) return
    const count = new Set(outcome.value.done.map(({ line }) => line)).size
    const said = words.undone(words.payments(count, sayCount(count, locale)))
    onActed({ words: said, acted: outcome.value, again: null })
  }
  if (row === undefined) return null
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.historyTitle(row.member.name, sayMoney(row.amount, locale))}
      about={words.historyAbout}
    >
      <div className="flex flex-col gap-3">
        <RefusalLine refusal={refusal ?? deed.refusal} />
        {value === null && refusal === null && <SkeletonRows rows={3} />}
        {value?.length === 0 && <p className="text-14 text-ink-3">{words.historyNone}</p>}
        {value !== null && value.length > 0 && (
          <ol className="divide-y divide-line rounded-md border border-line">
            {value.map(({ id, at, by, words: said, act, lines, withdrawn }) => (
              <li key={id} className="flex items-start justify-between gap-3 px-4 py-2.5">
                <div className="min-w-0 text-14">
                  <p className={withdrawn === null ? '[overflow-wrap:anywhere]' : 'text-ink-3 line-through'}>{said}</p>
                  <p className="text-13 text-ink-3">
                    <Moment at={at} /> {words.by(by)}
                  </p>
                  {withdrawn !== null && (
                    <p className="text-13 text-ink-3">
                      {words.withdrawn(withdrawn.by)}, <Moment at={withdrawn.at} />
                    </p>
                  )}
                </div>
                {act !== null && (
                  <Button
                    size="small"
                    disabled={deed.busy}
                    aria-label={words.undoOf(said)}
                    onClick={() => void undo(act)}
                  >
                    {lines === 1 ? words.undo : words.undoAll(sayCount(lines, locale))}
                  </Button>
                )}
              </li>
            ))}
          </ol>
        )}
      </div>
    </Dialog>
  )
}
