// What is said of them: who is on it, a note, put off until a day.
import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { TextArea, TextField } from '../../../components/field.tsx'
import { localDay } from '../../../format/moments.ts'
import { lateActionWords as words } from '../../../messages/late-actions-en.ts'
import { useDeed } from '../../../state/deed.ts'
import { deskNow } from '../../../state/lamps.ts'
import { useLateAbout } from '../../../state/late-about.ts'
import { useDesk, useVoice } from '../../../state/voice.ts'
import { Ask, Day, linesOf, WEEK_MS } from './ask.tsx'
import type { ActionProps } from './dialog-props.ts'

export function AssignDialog({ rows, onActed, onClose }: ActionProps) {
  const about = useLateAbout(rows)
  const me = useDesk()?.operator.name ?? ''
  const [typed, setTo] = useState<string | null>(null)
  const to = typed ?? me
  const deed = useDeed()
  async function assign(): Promise<void> {
    const outcome = await deed.run('late.assign', { lines: linesOf(rows), to })
    if (!outcome.ok) return
    const payments = about.payments(outcome.value.done.length)
    onActed({ words: words.assignDone(payments, to.trim()), acted: outcome.value, again: null })
  }
  return (
    <Ask
      title={words.assignTitle(about.payments())}
      about={words.assignAbout}
      doIt={words.assignDo}
      deed={deed}
      onSubmit={assign}
      onClose={onClose}
    >
      <TextField
        label={words.assignee}
        help={words.assigneeHelp}
        maxLength={200}
        value={to}
        onChange={(event) => setTo(event.target.value)}
      />
    </Ask>
  )
}

export function NoteDialog({ rows, onActed, onClose }: ActionProps) {
  const about = useLateAbout(rows)
  const [text, setText] = useState(rows.length === 1 ? (rows[0]?.note ?? '') : '')
  const deed = useDeed()
  async function write(): Promise<void> {
    const outcome = await deed.run('late.note', { lines: linesOf(rows), text })
    if (!outcome.ok) return
    const payments = about.payments(outcome.value.done.length)
    onActed({ words: words.noteDone(payments, text), acted: outcome.value, again: null })
  }
  return (
    <Ask
      title={words.noteTitle(about.payments())}
      about={words.noteAbout}
      doIt={words.noteDo}
      deed={deed}
      onSubmit={write}
      onClose={onClose}
    >
      <TextArea label={words.note} maxLength={4_000} value={text} onChange={(event) => setText(event.target.value)} />
    </Ask>
  )
}

export function SnoozeDialog({ rows, onActed, onClose }: ActionProps) {
  const voice = useVoice()
  const about = useLateAbout(rows)
  const [until, setUntil] = useState(localDay(deskNow() + WEEK_MS, voice))
  const deed = useDeed()
  async function putOff(day: string | null): Promise<void> {
    const outcome = await deed.run('late.snooze', { lines: linesOf(rows), until: day })
    if (!outcome.ok) return
    const payments = about.payments(outcome.value.done.length)
    const said = day === null ? words.snoozeEnded(payments) : words.snoozeDone(payments)
    onActed({ words: said, acted: outcome.value, again: null })
  }
  return (
    <Ask
      title={words.snoozeTitle(about.payments())}
      about={words.snoozeAbout}
      doIt={words.snoozeDo}
      deed={deed}
      onSubmit={() => putOff(until)}
      onClose={onClose}
      beside={
        rows.some(({ snoozedUntil }) => snoozedUntil !== null) && (
          <Button disabled={deed.busy} onClick={() => void putOff(null)}>
            {words.snoozeNow}
          </Button>
        )
      }
    >
      <Day value={until} onChange={setUntil} />
    </Ask>
  )
}
