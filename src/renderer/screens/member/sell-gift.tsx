// Selling a gift card: what it is worth, how it is paid for, and its code, which is shown once.
import { useState } from 'react'
import type { Reply } from '../../../preload/contract.ts'
import { AmountField } from '../../components/amount-field.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { minorOf, sayMoney } from '../../format/money.ts'
import { moneyWords as words } from '../../messages/money-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useCurrency, useDesk, useVoice } from '../../state/voice.ts'

const PAID_BY = ['cash', 'card', 'invoice', 'given'] as const

type Props = { buyer: { id: string; name: string }; onClose: () => void }

export function SellGift({ buyer, onClose }: Props) {
  const [sum, setSum] = useState('')
  const [typed, setCurrency] = useState<string>()
  const currency = useCurrency(typed)
  const [paidBy, setPaidBy] = useState<(typeof PAID_BY)[number]>('cash')
  const [mailTo, setMailTo] = useState('')
  const [sold, setSold] = useState<Reply<'giftCards.sell'> | null>(null)
  const deed = useDeed()
  async function sell(): Promise<void> {
    const amount = { minor: minorOf(sum, currency), currency: currency.toLowerCase() }
    const more = mailTo.trim() === '' ? {} : { mailTo }
    const outcome = await deed.run(
      'giftCards.sell',
      { amount, paidBy, buyer: buyer.id, ...more },
      'giftCards.list',
      'cash.status',
    )
    if (outcome.ok) setSold(outcome.value)
  }
  return (
    <Dialog
      open
      locked
      shownOnce={sold !== null}
      onClose={onClose}
      title={words.sellTitle}
      about={sold === null ? words.sellAbout(buyer.name) : words.soldOnce}
    >
      {sold === null ? (
        <Form onSubmit={sell}>
          <div className="grid grid-cols-2 gap-4">
            <AmountField
              label={words.amount}
              currency={currency}
              required
              value={sum}
              onChange={(event) => setSum(event.target.value)}
            />
            <TextField
              label={words.currency}
              maxLength={3}
              required
              value={currency}
              onChange={(event) => setCurrency(event.target.value)}
            />
            <SelectField
              label={words.paidBy}
              value={paidBy}
              onChange={(event) => setPaidBy(PAID_BY.find((one) => one === event.target.value) ?? 'cash')}
            >
              {PAID_BY.map((one) => (
                <option key={one} value={one}>
                  {words.paidByWords[one]}
                </option>
              ))}
            </SelectField>
            <TextField
              label={words.mailTo}
              help={words.mailHelp}
              type="email"
              value={mailTo}
              onChange={(event) => setMailTo(event.target.value)}
            />
          </div>
          <RefusalLine refusal={deed.refusal} />
          <Button rank="primary" type="submit" disabled={deed.busy} className="self-start">
            {words.sellDo}
          </Button>
        </Form>
      ) : (
        <Sold sold={sold} onClose={onClose} />
      )}
    </Dialog>
  )
}

function Sold({ sold: { card, code, mailed }, onClose }: { sold: Reply<'giftCards.sell'>; onClose: () => void }) {
  const { locale } = useVoice()
  const space = useDesk()?.spaceName
  return (
    <div className="flex flex-col gap-4">
      <div
        role="status"
        className="print-alone flex flex-col items-center gap-2 rounded-md border border-line p-6 text-center"
      >
        <p className="text-14 text-ink-2">{space}</p>
        <p className="text-20 font-semibold">{words.sold(sayMoney(card.amount, locale))}</p>
        <p className="rounded-md bg-sunken px-4 py-3 font-mono text-20 font-semibold whitespace-nowrap">{code}</p>
        <p className="text-13 text-ink-2">{words.soldUse}</p>
      </div>
      {mailed !== null && <Notice tone="note">{mailed}</Notice>}
      {card.receipt !== null && <p className="figures text-14 text-ink-2">{words.receipt(card.receipt)}</p>}
      <div className="flex gap-2">
        <Button rank="primary" autoFocus onClick={() => window.print()}>
          {words.print}
        </Button>
        <Button onClick={onClose}>{words.done}</Button>
      </div>
    </div>
  )
}
