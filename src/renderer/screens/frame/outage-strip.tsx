// While Stripe cannot be read: since when, whom doors will refuse first and in how long. Numbers only; names are behind a click.
import { CloudOff } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { sayExactly, saySpan } from '../../format/moments.ts'
import { sayCount } from '../../format/money.ts'
import { outageWords as words } from '../../messages/outage-en.ts'
import { useDeskNow } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'
import { OutageDialog } from './outage-dialog.tsx'
import { Strip } from './strip.tsx'
import { Until } from './until.tsx'

export function OutageStrip({ since }: { since: number }) {
  const voice = useVoice()
  const now = useDeskNow(10_000)
  const refusing = (useReading('outage.forecast', {}).value?.refused.count ?? 0) > 0
  return (
    <Strip tone={refusing ? 'refused' : 'grace'} icon={CloudOff} action={<OutageButton />}>
      <span title={sayExactly(since, voice)} className="font-medium">
        {words.unreachable(saySpan(now - since, voice.locale))}
      </span>{' '}
      <Forecast />
    </Strip>
  )
}

export function Forecast() {
  const { value } = useReading('outage.forecast', {})
  const { locale } = useVoice()
  const first = value?.first ?? null
  const refused = value?.refused.count ?? 0
  if (refused === 0 && first === null) return words.goOn
  return (
    <>
      {refused > 0 && `${words.refusedNow(refused, sayCount(refused, locale))} `}
      {first !== null && (
        <>
          {refused > 0 ? words.nextRefused : words.firstRefused} <Until at={first.at} className="font-medium" />{' '}
          {words.count(first.count, sayCount(first.count, locale))}.
        </>
      )}
    </>
  )
}

export function OutageButton() {
  const { value } = useReading('outage.forecast', {})
  const [open, setOpen] = useState(false)
  if (value === null) return null
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {words.see}
      </Button>
      {open && <OutageDialog forecast={value} onClose={() => setOpen(false)} />}
    </>
  )
}
