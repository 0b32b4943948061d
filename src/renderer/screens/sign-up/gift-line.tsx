// A gift card in the bill of a sign-up: what lies ready at Stripe, and one that they bring.
import { useState } from 'react'
import type { SignUp } from '../../../preload/shapes-sign-up.ts'
import { Button } from '../../components/button.tsx'
import { RedeemGift } from '../../components/redeem-gift.tsx'
import { sayMoney } from '../../format/money.ts'
import { moneyWords as words } from '../../messages/money-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useVoice } from '../../state/voice.ts'

export function GiftLine({ signUp: { id, member, bill, step } }: { signUp: SignUp }) {
  const { locale } = useVoice()
  const [open, setOpen] = useState(false)
  const deed = useDeed()
  const credit = bill?.credit ?? null
  const unpaid = step === 'summary' || step === 'payment'
  if (member === null || bill === null) return null
  return (
    <>
      {credit !== null && (
        <p className="flex items-baseline justify-between gap-3 text-14">
          <span className="text-ink-2">{words.credit}</span>
          <span className="figures whitespace-nowrap">{sayMoney({ ...credit, minor: -credit.minor }, locale)}</span>
        </p>
      )}
      {unpaid && (
        <Button size="small" rank="quiet" className="-ml-3 self-start" onClick={() => setOpen(true)}>
          {words.billGift}
        </Button>
      )}
      {open && (
        <RedeemGift
          member={member}
          onDone={() => void deed.run('signUps.bill', { id }, 'signUps.get')}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
