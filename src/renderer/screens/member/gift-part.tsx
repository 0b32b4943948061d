// Gift cards at one person: redeemed for them, or sold to them.
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { RedeemGift } from '../../components/redeem-gift.tsx'
import { moneyWords as words } from '../../messages/money-en.ts'
import { Part } from './part.tsx'
import { SellGift } from './sell-gift.tsx'

export function GiftPart({ member }: { member: { id: string; name: string } }) {
  const [open, setOpen] = useState<'redeem' | 'sell' | null>(null)
  const onClose = () => setOpen(null)
  return (
    <Part title={words.gifts}>
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={() => setOpen('redeem')}>
          {words.redeem}
        </Button>
        <Button size="small" onClick={() => setOpen('sell')}>
          {words.sell}
        </Button>
      </div>
      {open === 'redeem' && <RedeemGift member={member} onDone={() => undefined} onClose={onClose} />}
      {open === 'sell' && <SellGift buyer={member} onClose={onClose} />}
    </Part>
  )
}
