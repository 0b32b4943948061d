// While doors are locked down or held open everybody knows: which, since when or until when, and why.
import { Lock, LockOpen } from 'lucide-react'
import type { DoorState } from '../../../preload/shapes-doors.ts'
import { buttonClass } from '../../components/button.tsx'
import { sayMoment, type Voice } from '../../format/moments.ts'
import { frameWords } from '../../messages/frame-en.ts'
import { deskNow, useLamps } from '../../state/lamps.ts'
import { linkTo } from '../../state/route.ts'
import { useVoice } from '../../state/voice.ts'
import { Strip } from './strip.tsx'

export function OrderStrips() {
  const doors = useLamps((facts) => facts.lamps?.doors) ?? []
  const voice = useVoice()
  const ordered = doors.filter(({ mode }) => mode !== 'normal')
  // What was ordered of several doors at once is said once.
  return [...Map.groupBy(ordered, (door) => sayOrder(door, voice))].map(([order, these]) => {
    const names = these.map(({ name }) => name)
    const list = new Intl.ListFormat(voice.locale, { type: 'conjunction' }).format(names)
    const isLocked = these[0]?.mode === 'lockdown'
    return (
      <Strip
        key={order}
        tone={isLocked ? 'refused' : 'grace'}
        icon={isLocked ? Lock : LockOpen}
        action={
          <a href={linkTo('doors')} className={buttonClass('plain', 'small')}>
            {frameWords.orderButton}
          </a>
        }
      >
        {frameWords.ordered(list, names.length, order)}
      </Strip>
    )
  })
}

function sayOrder({ mode, modeSince, modeUntil, modeWhy }: DoorState, voice: Voice): string {
  const say = (at: string | null) => (at === null ? null : sayMoment(Date.parse(at), deskNow(), voice))
  return frameWords[mode === 'lockdown' ? 'lockedDown' : 'heldOpen'](say(modeSince), say(modeUntil), modeWhy)
}
