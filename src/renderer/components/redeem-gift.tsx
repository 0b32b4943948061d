// A gift card's code, for one person: it becomes credit at Stripe.
import { useState } from 'react'
import { sayMoney } from '../format/money.ts'
import { moneyWords as words } from '../messages/money-en.ts'
import { useDeed } from '../state/deed.ts'
import { useVoice } from '../state/voice.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { TextField } from './field.tsx'
import { Form } from './form.tsx'
import { RefusalLine } from './notice.tsx'

type Props = { member: { id: string; name: string }; onDone: () => void; onClose: () => void }

export function RedeemGift({ member, onDone, onClose }: Props) {
  const { locale } = useVoice()
  const [code, setCode] = useState('')
  const [worth, setWorth] = useState<string | null>(null)
  const deed = useDeed()
  async function redeem(): Promise<void> {
    const outcome = await deed.run('giftCards.redeem', { member: member.id, code }, 'giftCards.list', 'members.get')
    if (!outcome.ok) return
    setWorth(sayMoney(outcome.value.amount, locale))
    onDone()
  }
  return (
    <Dialog open locked onClose={onClose} title={words.redeemTitle(member.name)} about={words.redeemAbout}>
      {worth === null ? (
        <Form onSubmit={redeem}>
          <TextField
            label={words.code}
            help={words.codeHelp}
            mono
            required
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
          <RefusalLine refusal={deed.refusal} />
          <Button rank="primary" type="submit" disabled={deed.busy} className="self-start">
            {words.redeemDo}
          </Button>
        </Form>
      ) : (
        <div className="flex flex-col items-start gap-4">
          <p role="status" className="text-20 font-semibold">
            {words.redeemed(worth)}
          </p>
          <Button rank="primary" onClick={onClose}>
            {words.done}
          </Button>
        </div>
      )}
    </Dialog>
  )
}
