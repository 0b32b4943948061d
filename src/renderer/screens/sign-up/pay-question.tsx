// How they pay, and what the desk says while it waits: at the card reader, on Stripe's page, or as agreed here.
import { Banknote, CreditCard, Mail, Smartphone } from 'lucide-react'
import { useState } from 'react'
import type { SignUp } from '../../../preload/shapes-sign-up.ts'
import { Button } from '../../components/button.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { PayUnderWay } from '../../components/pay-under-way.tsx'
import { WayButton } from '../../components/way-button.tsx'
import { signUpWords as words } from '../../messages/sign-up-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { AgreeForm } from './agree-form.tsx'
import { ProvisionalPart } from './provisional-part.tsx'
import { useSoldOnce } from './sold-once.ts'

export function PayQuestion({ signUp, onOtherPlan }: { signUp: SignUp; onOtherPlan: () => void }) {
  const { id, doing, fault, page, way } = signUp
  const { value: readers, refusal } = useReading('signUps.readers', {})
  const once = useSoldOnce(signUp)
  const [agreeing, setAgreeing] = useState(false)
  const deed = useDeed()
  const pay = (way: 'reader' | 'page' | 'link', reader?: string) =>
    void deed.run('signUps.pay', { id, way, ...(reader === undefined ? {} : { reader }) }, 'signUps.get')

  return (
    <div className="flex flex-col gap-4">
      <h2 className="text-20 font-semibold">{words.payTitle}</h2>
      {fault !== null && (
        <Notice tone="refused" role="alert">
          {fault}
        </Notice>
      )}
      <ProvisionalPart signUp={signUp} />
      {doing !== null ? (
        <PayUnderWay
          doing={doing}
          page={page && { url: page.url, toScan: way === 'page' }}
          atReader={way === 'reader'}
          busy={deed.busy}
          stop={words.stop}
          onStop={() => void deed.run('signUps.stop', { id }, 'signUps.get')}
        />
      ) : once !== null ? (
        <AgreeForm signUp={signUp} once={once} onKeep={onOtherPlan} />
      ) : agreeing ? (
        <AgreeForm signUp={signUp} onKeep={() => setAgreeing(false)} />
      ) : (
        <div className="flex flex-col gap-2">
          {readers?.map(({ id: reader, label, online, busyWith }) => (
            <WayButton
              key={reader}
              icon={<CreditCard />}
              disabled={deed.busy || !online}
              onClick={() => pay('reader', reader)}
            >
              {words.reader}: {label}
              {!online && `, ${words.readerOffline}`}
              {busyWith !== null && `, ${words.readerBusy(busyWith)}`}
            </WayButton>
          ))}
          <WayButton icon={<Smartphone />} disabled={deed.busy} onClick={() => pay('page')}>
            {words.page}
          </WayButton>
          <WayButton icon={<Mail />} disabled={deed.busy} onClick={() => pay('link')}>
            {words.link}
          </WayButton>
          <WayButton icon={<Banknote />} disabled={deed.busy} onClick={() => setAgreeing(true)}>
            {words.atDesk}
          </WayButton>
          <Button rank="quiet" size="small" className="self-start" onClick={onOtherPlan}>
            {words.more}
          </Button>
        </div>
      )}
      <RefusalLine refusal={deed.refusal ?? refusal} />
    </div>
  )
}
