// What Stripe keeps for a customer: credit such as a gift card, and what invoices take of it. Below zero is credit.

import type { Metadata } from './record-parts.ts'
import type { CustomerRecord } from './records.ts'
import type { BalanceRecord, BalanceType, InvoiceRecord } from './records-money.ts'
import { add, change, get, newId, type World } from './state.ts'

export function moveBalance(
  world: World,
  customerId: string,
  amount: number,
  currency: string,
  type: BalanceType,
  more: { invoice?: string; description?: string | null; metadata?: Metadata } = {},
): BalanceRecord {
  const customer = get(world, 'customer', customerId)
  const balance = balanceIn(customer, currency) + amount
  const own = customer.currency === null || customer.currency === currency
  const patch = own
    ? { balance, currency: customer.currency ?? currency }
    : { otherBalances: { ...customer.otherBalances, [currency]: balance } }
  change(world, 'customer', customerId, patch, 'customer.updated')
  return add(world, 'customer_balance_transaction', {
    id: newId(world, 'customer_balance_transaction'),
    created: world.at,
    customer: customerId,
    amount,
    endingBalance: balance,
    currency,
    type,
    invoice: more.invoice ?? null,
    description: more.description ?? null,
    metadata: more.metadata ?? {},
  })
}

function balanceIn({ currency: own, balance, otherBalances }: CustomerRecord, currency: string): number {
  return own === null || own === currency ? balance : (otherBalances?.[currency] ?? 0)
}

/** What is left to pay after the balance; a total below zero becomes credit. */
export function settleWithBalance(world: World, invoice: InvoiceRecord): Partial<InvoiceRecord> {
  const own = balanceIn(get(world, 'customer', invoice.customer), invoice.currency)
  const due = Math.max(0, invoice.total + own)
  // Above zero where credit is used, below where the invoice gives some.
  const used = due - invoice.total
  if (used !== 0)
    moveBalance(world, invoice.customer, -used, invoice.currency, 'applied_to_invoice', { invoice: invoice.id })
  return { startingBalance: own, endingBalance: own - used, amountDue: due, amountRemaining: due }
}

/** Gives back what a void invoice had used. */
export function returnToBalance(world: World, invoice: InvoiceRecord): void {
  const used = (invoice.endingBalance ?? invoice.startingBalance) - invoice.startingBalance
  if (used !== 0) {
    moveBalance(world, invoice.customer, -used, invoice.currency, 'unapplied_from_invoice', { invoice: invoice.id })
  }
}
