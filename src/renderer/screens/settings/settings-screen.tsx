// Settings: the space, when access ends, Stripe, readers. A link can name the part to begin at.
import { useEffect } from 'react'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { settingWords } from '../../messages/settings-en.ts'
import { useReading } from '../../state/readings.ts'
import { useRoute } from '../../state/route.ts'
import { AccessSettings } from './access-settings.tsx'
import { AccountSettings } from './account-settings.tsx'
import { AskedSettings } from './asked-settings.tsx'
import { BackupSettings } from './backup-settings.tsx'
import { HoursSettings } from './hours-settings.tsx'
import { MailSettings } from './mail-settings.tsx'
import { MappingSettings } from './mapping-settings.tsx'
import { PauseSettings } from './pause-settings.tsx'
import { PayReaderSettings } from './pay-reader-settings.tsx'
import { PlanSettings } from './plan-settings.tsx'
import { ProvisionalSettings } from './provisional-settings.tsx'
import { ReaderSettings } from './reader-settings.tsx'
import { SpaceSettings } from './space-settings.tsx'
import { StripeSettings } from './stripe-settings.tsx'
import { WaiverSettings } from './waiver-settings.tsx'

export function SettingsScreen() {
  const { value, refusal } = useReading('settings.get', {})
  const part = useRoute((route) => route.id)
  const loaded = value !== null
  useEffect(() => {
    if (loaded && part !== null) document.getElementById(part)?.scrollIntoView({ block: 'start' })
  }, [part, loaded])
  return (
    <Page title={settingWords.title} narrow>
      <RefusalLine refusal={refusal} />
      {value === null ? (
        refusal === null && (
          <div className="card">
            <SkeletonRows rows={4} />
          </div>
        )
      ) : (
        <>
          <SpaceSettings settings={value} />
          <AccessSettings settings={value} />
        </>
      )}
      <MappingSettings />
      <PlanSettings />
      <HoursSettings />
      {value !== null && <PauseSettings settings={value} />}
      {value !== null && <ProvisionalSettings settings={value} />}
      <AskedSettings />
      <WaiverSettings />
      <StripeSettings />
      <AccountSettings />
      <PayReaderSettings />
      <ReaderSettings />
      <MailSettings />
      <BackupSettings />
    </Page>
  )
}
