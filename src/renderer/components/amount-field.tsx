// A sum of money as it is typed: what is no amount in its currency is refused beside it.
import type { ComponentProps } from 'react'
import { amountPattern, sampleAmount } from '../format/money.ts'
import { faultWords } from '../messages/frame-en.ts'
import { TextField } from './field.tsx'

export function AmountField({ currency, ...rest }: ComponentProps<typeof TextField> & { currency: string }) {
  return (
    <TextField
      inputMode="decimal"
      maxLength={12}
      pattern={amountPattern(currency)}
      title={faultWords.amount(sampleAmount(currency))}
      {...rest}
    />
  )
}
