// What if: a rule tried on the swipes that were, and one person at one door at one moment.
import { RefusalLine } from '../../components/notice.tsx'
import { useReading } from '../../state/readings.ts'
import { useWhatIf } from '../../state/what-if.ts'
import { CouldForm } from './what-if-could.tsx'
import { RuleForm } from './what-if-form.tsx'
import { WhatIfResult } from './what-if-result.tsx'

export function WhatIfPart() {
  const { value: settings, refusal } = useReading('settings.get', {})
  const { result, tried } = useWhatIf()
  const asked = useWhatIf((facts) => facts.refusal)
  if (settings === null) return <RefusalLine refusal={refusal} />
  return (
    <>
      <RuleForm settings={settings} />
      <RefusalLine refusal={asked} />
      {result !== null && tried !== null && <WhatIfResult result={result} tried={tried} />}
      <CouldForm />
    </>
  )
}
