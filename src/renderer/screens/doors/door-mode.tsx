// What is ordered of a door: locked down, held open, or nothing; and how to change it.
import { Lock, LockOpen } from 'lucide-react'
import { useState } from 'react'
import type { Door } from '../../../preload/shapes-doors.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { sayMoment } from '../../format/moments.ts'
import { doorWords } from '../../messages/doors-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'

const HOLD_MINUTES = 15
const CHANGED = ['doors.list', 'members.get'] as const

export function DoorMode({ door }: { door: Door }) {
  const [asked, setAsked] = useState(false)
  const [why, setWhy] = useState('')
  const deed = useDeed()
  const voice = useVoice()
  const { id, mode, modeSince, modeUntil, modeWhy, modeBy } = door
  if (mode !== 'normal') {
    const say = (at: string) => sayMoment(Date.parse(at), deskNow(), voice)
    const until = modeUntil === null ? null : say(modeUntil)
    const by = modeBy === null || modeSince === null ? null : doorWords.orderedBy(modeBy, say(modeSince))
    const facts = [modeWhy, by].filter((text) => text !== null)
    return (
      <Notice
        tone={mode === 'lockdown' ? 'refused' : 'grace'}
        action={
          <Button size="small" disabled={deed.busy} onClick={() => void deed.run('doors.normal', { id }, ...CHANGED)}>
            {doorWords.normal}
          </Button>
        }
      >
        <span className="font-medium">
          {mode === 'lockdown' ? doorWords.lockedDown(until) : doorWords.heldOpen(until)}
        </span>
        {facts.length > 0 && <span className="block text-13">{facts.join(' · ')}</span>}
      </Notice>
    )
  }
  async function lockDown(): Promise<void> {
    await deed.run('doors.lockdown', { id, ...(why.trim() === '' ? {} : { why }) }, ...CHANGED)
    setAsked(false)
    setWhy('')
  }
  // Such a device does not listen; the notice about it says so.
  if (door.device?.adopted === false) return null
  return (
    <div className="flex flex-col gap-2">
      {asked ? (
        <>
          <TextField label={doorWords.lockdownWhy} value={why} onChange={(event) => setWhy(event.target.value)} />
          <Confirm
            ask={doorWords.lockdownAsk}
            doIt={doorWords.lockdown}
            keep={commonWords.cancel}
            busy={deed.busy}
            onDo={() => void lockDown()}
            onKeep={() => setAsked(false)}
          />
        </>
      ) : (
        <div className="flex gap-2">
          <Button
            size="small"
            disabled={deed.busy}
            onClick={() => void deed.run('doors.holdOpen', { id, minutes: HOLD_MINUTES }, ...CHANGED)}
          >
            <LockOpen className="size-4" />
            {doorWords.hold(HOLD_MINUTES)}
          </Button>
          <Button size="small" onClick={() => setAsked(true)}>
            <Lock className="size-4" />
            {doorWords.lockdown}
          </Button>
        </div>
      )}
      <RefusalLine refusal={deed.refusal} />
    </div>
  )
}
