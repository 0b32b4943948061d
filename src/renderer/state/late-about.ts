// How many payments of how many people are meant, and what they come to, in words.
import type { LateRow } from '../../preload/shapes-report.ts'
import { sayCount, sayMoney } from '../format/money.ts'
import { lateActionWords as words } from '../messages/late-actions-en.ts'
import { useVoice } from './voice.ts'

export type LateAbout = {
  payments: (count?: number) => string
  people: (ids?: readonly string[]) => string
  /** A list is in one currency. */
  sum: (lines?: readonly string[]) => string
  all: string
}

export function useLateAbout(rows: readonly LateRow[]): LateAbout {
  const { locale } = useVoice()
  const payments = (count = rows.length) => words.payments(count, sayCount(count, locale))
  const people = (ids: readonly string[] = rows.map(({ member }) => member.id)) => {
    const each = new Set(ids)
    const [only] = each
    const name = each.size === 1 ? rows.find(({ member }) => member.id === only)?.member.name : undefined
    return name ?? words.people(each.size, sayCount(each.size, locale))
  }
  const sum = (lines?: readonly string[]) => {
    const meant = lines === undefined ? rows : rows.filter(({ id }) => lines.includes(id))
    const currency = rows[0]?.amount.currency ?? 'eur'
    return sayMoney({ minor: meant.reduce((minor, { amount }) => minor + amount.minor, 0), currency }, locale)
  }
  return { payments, people, sum, all: words.inAll(payments(), people(), sum()) }
}
