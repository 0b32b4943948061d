// Words of the report of late payments: what each figure means, why something is open, what doors do. English.
import { declinedInWords } from './declines-en.ts'

/** One sentence for each figure: shown beside it, on paper and in files. */
export const definitions = {
  failed:
    'Payments of memberships that were not made when they fell due, in the last twelve months, and older ones that are still open. It is recovered, lost and still open together. First payments do not count.',
  atRisk: 'What is open of memberships in grace or lapsed: in grace and lapsed together.',
  inGrace: 'What is open of memberships whose grace has not run out: doors still open for them.',
  lapsed: 'What is open of memberships that have lapsed, or ended without being paid.',
  recovered: 'Paid after it was late, less what was given back or taken back by the bank.',
  lost: 'Written off, made void, or paid and then given back or taken back by the bank.',
  toCollect: 'Memberships that were agreed at the desk and whose term is over: the amount of their last term.',
  rate: 'Recovered divided by recovered plus lost. What is still open is left out, so a month settles about a month later.',
  daysToRecover: 'From the day it fell due to the day it was paid, on average over what was recovered.',
  ageing: 'What is open, by days since it fell due.',
  months: 'By the month in which it fell due.',
} as const

/** Why a line is there; the key is that of the report (lapsed-report.ts). */
export function reasonWords(key: string): string {
  switch (key) {
    case 'manual':
      return 'the term that was agreed at the desk is over'
    case 'not-tried':
      return 'it was not paid by its due date'
    case 'no-reason':
      return 'the payment failed, and no reason was told'
    default:
      return declinedInWords(key)
  }
}

const METHODS: Record<string, string> = {
  manual: 'Agreed at the desk',
  none: 'No payment tried',
  card: 'Bank card',
  card_present: 'Bank card at the reader',
  sepa_debit: 'SEPA direct debit',
  us_bank_account: 'US bank account',
  bacs_debit: 'Bacs Direct Debit',
  au_becs_debit: 'BECS direct debit',
  acss_debit: 'Canadian pre-authorised debit',
  nz_bank_account: 'NZ direct debit',
  link: 'Link',
  paypal: 'PayPal',
}

export function methodWords(key: string): string {
  return METHODS[key] ?? key.replaceAll('_', ' ')
}

/** What doors do for the person behind a line. */
export const doorWords = {
  open: 'open',
  openUntil: (day: string) => `open until ${day}`,
  closed: 'closed',
  closedSince: (day: string) => `closed since ${day}`,
  barred: 'closed: barred',
  byWord: (day: string) => `open until ${day} by somebody’s word`,
}

export const reportRefusals = {
  noCurrency: (currency: string) =>
    `Nothing was ever late in "${currency}": choose one of the currencies of the report.`,
}

/** Headings of files. */
export const columns = {
  name: 'Name',
  plan: 'Plan',
  amount: 'Amount',
  currency: 'Currency',
  due: 'Due',
  days: 'Days overdue',
  reason: 'Reason',
  attempts: 'Attempts',
  nextRetry: 'Next attempt',
  standing: 'Standing',
  doors: 'Doors',
  lastVisit: 'Last visit',
  visitsSince: 'Visits since',
  email: 'Email',
  phone: 'Phone',
  note: 'Note',
  assignee: 'Who is on it',
  putOffUntil: 'Put off until',
  invoice: 'Invoice',
} as const
