// What doors do for them by a person's word: access until a day, or a bar.
import { useState } from 'react'
import { localDay } from '../../../format/moments.ts'
import { lateActionWords as words } from '../../../messages/late-actions-en.ts'
import { useDeed } from '../../../state/deed.ts'
import { deskNow } from '../../../state/lamps.ts'
import { useLateAbout } from '../../../state/late-about.ts'
import { useVoice } from '../../../state/voice.ts'
import { Ask, Day, linesOf, peopleIn, WEEK_MS, Why } from './ask.tsx'
import type { ActionProps } from './dialog-props.ts'

export function ExtendDialog({ rows, onActed, onClose }: ActionProps) {
  const voice = useVoice()
  const about = useLateAbout(rows)
  const [until, setUntil] = useState(localDay(deskNow() + WEEK_MS, voice))
  const [why, setWhy] = useState('')
  const deed = useDeed()
  async function extend(): Promise<void> {
    const outcome = await deed.run('late.extend', { lines: linesOf(rows), until, why })
    if (!outcome.ok) return
    const acted = outcome.value
    onActed({ words: words.extendDone(about.payments(acted.done.length)), acted, again: null })
  }
  return (
    <Ask
      title={words.extendTitle(about.people())}
      about={words.extendAbout}
      doIt={words.extendDo}
      deed={deed}
      onSubmit={extend}
      onClose={onClose}
    >
      <Day value={until} onChange={setUntil} />
      <Why value={why} onChange={setWhy} />
    </Ask>
  )
}

export function BarDialog({ rows, onActed, onClose }: ActionProps) {
  const about = useLateAbout(rows)
  const [why, setWhy] = useState('')
  const deed = useDeed()
  async function bar(): Promise<void> {
    const outcome = await deed.run('late.bar', { lines: linesOf(rows), why })
    if (!outcome.ok) return
    onActed({ words: words.barDone(about.people(peopleIn(outcome.value))), acted: outcome.value, again: null })
  }
  return (
    <Ask
      title={words.barTitle(about.people())}
      about={words.barAbout}
      doIt={words.barDo(about.people())}
      danger
      deed={deed}
      onSubmit={bar}
      onClose={onClose}
    >
      <Why value={why} onChange={setWhy} />
    </Ask>
  )
}
