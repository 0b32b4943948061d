// What somebody paid, on paper or in a mail: at Stripe by its invoice, at the desk by the number of the cash box.
import type { Money } from './money.ts'
import type { Ms } from './time.ts'

export type Receipt = { number: string; at: Ms; lines: { text: string; amount: Money }[]; total: Money }

export const receiptWords = {
  discount: 'Discount',
  tax: 'Tax',
  credit: 'Paid from credit',
  /** By Stripe's word for what was charged, and ours at the desk. */
  paidBy: {
    card: 'Card',
    cash: 'Cash',
    sepa_debit: 'Bank debit',
    us_bank_account: 'Bank debit',
    bacs_debit: 'Bank debit',
    au_becs_debit: 'Bank debit',
    acss_debit: 'Bank debit',
  } as Partial<Record<string, string>>,
}

/** "C-0012": of the cash box of one desk, without a gap. */
export function cashNumber(n: number): string {
  return `C-${String(n).padStart(4, '0')}`
}
