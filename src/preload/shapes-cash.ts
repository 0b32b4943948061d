// The cash box and what can be printed of it. Schemas first, types from them.
import { z } from 'zod'
import { iso, money, person } from './shapes-basic.ts'

export const receiptRow = z.object({
  id: z.string(),
  /** "C-0012". */
  number: z.string(),
  at: iso,
  member: person,
  what: z.string(),
  amount: money,
  by: z.string(),
})

export const closedShift = z.object({
  id: z.string(),
  openedAt: iso,
  closedAt: iso,
  by: z.string(),
  /** Why what was counted is not what was taken. */
  note: z.string().nullable(),
  counts: z.array(z.object({ currency: z.string(), expected: z.number(), counted: z.number() })),
  receipts: z.object({ count: z.number(), from: z.string(), to: z.string() }),
})

export const paidReceipt = z.object({
  number: z.string(),
  at: iso,
  /** Who paid, and who took it at the desk. */
  name: z.string(),
  by: z.string().nullable(),
  lines: z.array(z.object({ text: z.string(), amount: money })),
  total: money,
  paidBy: z.string().nullable(),
})

export const cashSheet = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('receipt'), space: z.string(), receipt: paidReceipt }),
  z.object({ kind: z.literal('shift'), space: z.string(), shift: closedShift, payments: z.array(receiptRow) }),
])

export type ReceiptRow = z.infer<typeof receiptRow>
export type ClosedShift = z.infer<typeof closedShift>
export type PaidReceipt = z.infer<typeof paidReceipt>
export type CashSheet = z.infer<typeof cashSheet>
