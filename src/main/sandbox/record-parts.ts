// What records of several kinds share.
import type { Seconds } from './calendar.ts'

export type Base = { id: string; created: Seconds }
export type Metadata = Record<string, string>
export type MethodType = 'card' | 'card_present' | 'sepa_debit' | 'us_bank_account'
export type CollectionMethod = 'charge_automatically' | 'send_invoice'
