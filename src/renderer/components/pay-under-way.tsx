// A payment that is waited for: what the desk does just now, the page for somebody's own phone, and how to stop it.
import { signUpWords as words } from '../messages/sign-up-en.ts'
import { useDeed } from '../state/deed.ts'
import { useDesk } from '../state/voice.ts'
import { Button, buttonClass } from './button.tsx'
import { RefusalLine } from './notice.tsx'
import { QrLink } from './qr-link.tsx'

type Props = {
  doing: string
  /** Stripe's page; null at a card reader. `toScan`: whoever pays stands here. */
  page: { url: string; toScan: boolean } | null
  atReader: boolean
  busy: boolean
  stop: string
  onStop: () => void
}

export function PayUnderWay({ doing, page, atReader, busy, stop, onStop }: Props) {
  const demo = useDesk()?.demo ?? false
  const sample = useDeed()
  return (
    <div className="flex flex-col items-center gap-4 rounded-md bg-sunken p-6 text-center">
      {page?.toScan && <QrLink url={page.url} />}
      <p role="status" className="text-16 font-medium">
        {doing}
      </p>
      <div className="flex flex-wrap justify-center gap-3">
        {demo && atReader && (
          <Button disabled={sample.busy} onClick={() => void sample.run('demo.pay', {})}>
            {words.sampleCard}
          </Button>
        )}
        {demo && page !== null && (
          <a href={page.url} target="_blank" rel="noreferrer" className={buttonClass()}>
            {words.samplePage}
          </a>
        )}
        <Button disabled={busy} onClick={onStop}>
          {stop}
        </Button>
      </div>
      <RefusalLine refusal={sample.refusal} />
    </div>
  )
}
