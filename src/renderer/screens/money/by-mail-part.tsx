// The report by mail: when and to whom, what went; and everything as files.
import { useState } from 'react'
import type { ReportMailState } from '../../../preload/shapes-report-mail.ts'
import { buttonClass } from '../../components/button.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { byMailWords as words } from '../../messages/by-mail-en.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo } from '../../state/route.ts'
import { useDesk } from '../../state/voice.ts'
import { ByMailFiles } from './by-mail-files.tsx'
import { ByMailForm } from './by-mail-form.tsx'
import { ByMailNow } from './by-mail-now.tsx'
import { ByMailSends } from './by-mail-sends.tsx'

export function ByMailPart() {
  const { value, refusal } = useReading('report.mail', {})
  return (
    <div className="grid grid-cols-1 items-start gap-5 wide:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-5">
        <RefusalLine refusal={refusal} />
        {value === null ? (
          refusal === null && <SkeletonRows rows={4} />
        ) : (
          <>
            <Weekly state={value} />
            <ByMailSends sends={value.sends} />
          </>
        )}
      </div>
      <ByMailFiles />
    </div>
  )
}

function Weekly({ state }: { state: ReportMailState }) {
  const [saved, setSaved] = useState(false)
  const demo = useDesk()?.demo === true
  const { settings, staff, cannot } = state
  const setUp = (
    <a href={linkTo('settings', 'mail')} className={buttonClass('plain', 'small')}>
      {words.setUpMail}
    </a>
  )
  return (
    <Section id="by-mail" title={words.title} about={words.about}>
      <div className="flex flex-col gap-5">
        {cannot !== null && (
          <Notice tone="still" action={demo ? undefined : setUp}>
            {cannot}
          </Notice>
        )}
        <ByMailForm settings={settings} staff={staff} saved={saved} onSaved={() => setSaved(true)} />
        <ByMailNow state={state} />
      </div>
    </Section>
  )
}
