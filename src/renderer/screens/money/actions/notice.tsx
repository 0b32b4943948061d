// What was done about late payments, with Undo where it can be taken back, and whom it was not done for and why.
import { CircleCheck, TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../../../components/button.tsx'
import { cx } from '../../../components/cx.ts'
import { KeyHint } from '../../../components/key-hint.tsx'
import { RefusalLine } from '../../../components/notice.tsx'
import { sayCount } from '../../../format/money.ts'
import { lateActionWords as words } from '../../../messages/late-actions-en.ts'
import { useDeed } from '../../../state/deed.ts'
import { useKeys } from '../../../state/keys.ts'
import { type LateOutcome, tellOutcome, useLateOutcome } from '../../../state/late-outcome.ts'
import { useVoice } from '../../../state/voice.ts'

/** `floats`: it lies over the end of the list. */
export function LateNotice({ floats, onDone }: { floats: boolean; onDone: () => void }) {
  const outcome = useLateOutcome((facts) => facts.outcome)
  return (
    // Screen readers tell what comes into a place that was there before.
    <div
      role="status"
      className={
        outcome === null ? 'contents' : cx('basis-full print:hidden', floats && 'sticky bottom-0 z-20 shadow-float')
      }
    >
      {outcome !== null && <Told outcome={outcome} onDone={onDone} />}
    </div>
  )
}

function Told({ outcome, onDone }: { outcome: LateOutcome; onDone: () => void }) {
  const { locale } = useVoice()
  const { acted, again } = outcome
  const isDone = acted.done.length > 0
  const deed = useDeed()
  const [busy, setBusy] = useState(false)
  async function undo(): Promise<void> {
    if (acted.act === null || deed.busy) return
    const undone = await deed.run('late.undo', { act: acted.act }, 'late.history')
    if (!undone.ok) return
    const count = new Set(undone.value.done.map(({ line }) => line)).size
    tellOutcome({
      words: words.undone(words.payments(count, sayCount(count, locale))),
      acted: undone.value,
      again: null,
    })
    onDone()
  }
  async function sendAgain(): Promise<void> {
    setBusy(true)
    await again?.()
    setBusy(false)
    onDone()
  }
  useKeys({ u: () => void undo() })
  const asked = acted.not.filter((one) => one.again)
  return (
    <div className="arrives flex flex-col gap-2 rounded-md border border-line bg-raised px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {isDone ? (
          <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-granted-ink" />
        ) : (
          <TriangleAlert aria-hidden="true" className="size-4 shrink-0 text-grace-ink" />
        )}
        <p className="min-w-0 flex-1 text-14 font-medium">{isDone ? outcome.words : words.noneDone}</p>
        {acted.act !== null && (
          <Button size="small" aria-keyshortcuts="u" disabled={deed.busy} onClick={() => void undo()}>
            {words.undo}
            <KeyHint>u</KeyHint>
          </Button>
        )}
        <IconButton label={words.dismiss} onClick={() => tellOutcome(null)}>
          <X className="size-4" />
        </IconButton>
      </div>
      {acted.not.length > 0 && (
        <div className="max-h-40 overflow-y-auto text-14 text-ink-2">
          {isDone && <p>{words.notDone}</p>}
          <ul className="list-disc pl-5">
            {acted.not.map(({ line, member, sentence }) => (
              <li key={`${line} ${member.id}`}>
                {/* Most sentences name them already. */}
                {sentence.includes(member.name) ? sentence : `${member.name}: ${sentence}`}
              </li>
            ))}
          </ul>
        </div>
      )}
      {again !== null && (
        <Button size="small" disabled={busy} onClick={() => void sendAgain()} className="self-start">
          {words.mailAgain(
            asked.length === 1
              ? (asked[0]?.member.name ?? '')
              : words.people(asked.length, sayCount(asked.length, locale)),
          )}
        </Button>
      )}
      <RefusalLine refusal={deed.refusal} />
    </div>
  )
}
