// Closing a shift: what was counted in each currency, and why where it is not what was taken.
import { useState } from 'react'
import type { Reply } from '../../../preload/contract.ts'
import { AmountField } from '../../components/amount-field.tsx'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { minorOf, sayMoney } from '../../format/money.ts'
import { cashWords as words } from '../../messages/cash-en.ts'
import { useDeed } from '../../state/deed.ts'
import { linkTo } from '../../state/route.ts'
import { useVoice } from '../../state/voice.ts'

type Shift = NonNullable<Reply<'cash.status'>['shift']>

export function CloseForm({ shift: { id, expected } }: { shift: Shift }) {
  const { locale } = useVoice()
  const [counted, setCounted] = useState<Record<string, string>>({})
  const [note, setNote] = useState('')
  const deed = useDeed()

  async function close(): Promise<void> {
    const sums = expected.map(({ currency }) => ({ minor: minorOf(counted[currency] ?? '', currency), currency }))
    const more = note.trim() === '' ? {} : { note }
    const outcome = await deed.run(
      'cash.close',
      { shift: id, counted: sums, ...more },
      'cash.status',
      'cash.shifts',
      'desk.todo',
    )
    if (outcome.ok) window.location.hash = linkTo('cash', outcome.value.id)
  }

  return (
    <Form onSubmit={close}>
      <div className="grid gap-4 sm:grid-cols-2">
        {expected.map((sum) => (
          <AmountField
            key={sum.currency}
            label={words.counted(sum.currency.toUpperCase())}
            help={words.inBox(sayMoney(sum, locale))}
            currency={sum.currency}
            required
            value={counted[sum.currency] ?? ''}
            onChange={(event) => setCounted({ ...counted, [sum.currency]: event.target.value })}
          />
        ))}
        <TextField label={words.note} help={words.noteHelp} value={note} onChange={(e) => setNote(e.target.value)} />
      </div>
      <RefusalLine refusal={deed.refusal} />
      <Button rank="primary" type="submit" disabled={deed.busy} className="self-start">
        {words.close}
      </Button>
    </Form>
  )
}
