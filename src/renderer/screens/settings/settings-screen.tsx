// Settings: the space, when access ends, Stripe, readers. A link can name the part to begin at; above them all is a list of
// them.
import { useEffect } from 'react'
import { SkeletonRows } from '../../components/later.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { PillLinks } from '../../components/pill-links.tsx'
import { accessWords } from '../../messages/access-en.ts'
import { askedWords } from '../../messages/details-en.ts'
import { mailWords } from '../../messages/mail-en.ts'
import { payReaderWords } from '../../messages/pay-readers-en.ts'
import { readerWords } from '../../messages/readers-en.ts'
import { salesWords } from '../../messages/sales-en.ts'
import { settingWords } from '../../messages/settings-en.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo, useRoute } from '../../state/route.ts'
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

/** Without the one that is there only while Stripe accounts are changed, beside Stripe. */
const PARTS = [
  ['space', settingWords.space],
  ['access', settingWords.access],
  ['plans', salesWords.mapping],
  ['plan-list', salesWords.plans],
  ['hours', accessWords.hours],
  ['pauses', salesWords.pauses],
  ['provisional', payReaderWords.provisional],
  ['details', askedWords.title],
  ['waiver', askedWords.waiver],
  ['stripe', settingWords.stripe],
  ['pay-readers', payReaderWords.title],
  ['readers', readerWords.title],
  ['mail', mailWords.title],
  ['backup', salesWords.backup],
] as const

export function SettingsScreen() {
  const { value, refusal } = useReading('settings.get', {})
  const part = useRoute((route) => route.id)
  const loaded = value !== null
  useEffect(() => {
    if (loaded && part !== null) goTo(part)
  }, [part, loaded])
  return (
    <Page title={settingWords.title} narrow>
      <PillLinks
        label={settingWords.parts}
        links={PARTS.map(([key, words]) => {
          // The page may have been scrolled away from the part that its address names.
          return { key, words, href: linkTo('settings', key), here: false, onClick: () => goTo(key) }
        })}
      />
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

function goTo(part: string): void {
  document.getElementById(part)?.scrollIntoView({ block: 'start' })
}
