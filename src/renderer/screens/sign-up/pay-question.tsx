// How they pay, and what the desk says while it waits: at the card reader, on Stripe's page, or as agreed here.
import { Banknote, CreditCard, Mail, Smartphone } from 'lucide-react'
import { QRCodeSVG } from 'qrcode.react'
import { type ReactNode, useState } from 'react'
import type { SignUp } from '../../../preload/shapes-sign-up.ts'
import { Button, buttonClass } from '../../components/button.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { signUpWords as words } from '../../messages/sign-up-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { useDesk } from '../../state/voice.ts'
import { AgreeForm } from './agree-form.tsx'
import { ProvisionalPart } from './provisional-part.tsx'
import { useSoldOnce } from './sold-once.ts'

export function PayQuestion({ signUp, onOtherPlan }: { signUp: SignUp; onOtherPlan: () => void }) {
  const { id, doing, fault, page, way } = signUp
  const demo = useDesk()?.demo ?? false
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
        <div className="flex flex-col items-center gap-4 rounded-md bg-sunken p-6 text-center">
          {page !== null && way === 'page' && <PageToPay url={page.url} />}
          <p role="status" className="text-16 font-medium">
            {doing}
          </p>
          <div className="flex flex-wrap justify-center gap-3">
            {demo && way === 'reader' && (
              <Button disabled={deed.busy} onClick={() => void deed.run('demo.pay', {})}>
                {words.sampleCard}
              </Button>
            )}
            {demo && page !== null && (
              <a href={page.url} target="_blank" rel="noreferrer" className={buttonClass()}>
                {words.samplePage}
              </a>
            )}
            <Button disabled={deed.busy} onClick={() => void deed.run('signUps.stop', { id }, 'signUps.get')}>
              {words.stop}
            </Button>
          </div>
        </div>
      ) : once !== null ? (
        <AgreeForm signUp={signUp} once={once} onKeep={onOtherPlan} />
      ) : agreeing ? (
        <AgreeForm signUp={signUp} onKeep={() => setAgreeing(false)} />
      ) : (
        <div className="flex flex-col gap-2">
          {readers?.map(({ id: reader, label, online, busyWith }) => (
            <Way
              key={reader}
              icon={<CreditCard />}
              disabled={deed.busy || !online}
              onClick={() => pay('reader', reader)}
            >
              {words.reader}: {label}
              {!online && `, ${words.readerOffline}`}
              {busyWith !== null && `, ${words.readerBusy(busyWith)}`}
            </Way>
          ))}
          <Way icon={<Smartphone />} disabled={deed.busy} onClick={() => pay('page')}>
            {words.page}
          </Way>
          <Way icon={<Mail />} disabled={deed.busy} onClick={() => pay('link')}>
            {words.link}
          </Way>
          <Way icon={<Banknote />} disabled={deed.busy} onClick={() => setAgreeing(true)}>
            {words.atDesk}
          </Way>
          <Button rank="quiet" size="small" className="self-start" onClick={onOtherPlan}>
            {words.more}
          </Button>
        </div>
      )}
      <RefusalLine refusal={deed.refusal ?? refusal} />
    </div>
  )
}

type WayProps = { icon: ReactNode; disabled: boolean; onClick: () => void; children: ReactNode }

function Way({ icon, disabled, onClick, children }: WayProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onClick}
      className="flex min-h-14 items-center gap-3 rounded-md border border-line px-4 text-left text-16 font-medium hover:border-line-strong hover:bg-hover disabled:opacity-55 [&>svg]:size-5 [&>svg]:shrink-0"
    >
      {icon}
      <span>{children}</span>
    </button>
  )
}

function PageToPay({ url }: { url: string }) {
  const [copied, setCopied] = useState(false)
  return (
    <>
      <p className="text-14 text-ink-2">{words.showQr}</p>
      <span className="rounded-md bg-white p-3">
        <QRCodeSVG value={url} size={180} title={words.page} />
      </span>
      <Button size="small" onClick={() => void navigator.clipboard.writeText(url).then(() => setCopied(true))}>
        {copied ? words.copied : words.copyLink}
      </Button>
    </>
  )
}
