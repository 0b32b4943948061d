// One object of the sandbox as a mould: its text cut up where ids and moments stand, so that a hundred thousand like it cost little.
import type { Rendered } from './render.ts'

/** Which number goes into an id: that of the object, or that of the customer it belongs to. */
type Slot = { prefix: string; whose: 'own' | 'customer' } | 'created' | 'email' | 'name'

export type Mould = (numbers: { own: number; customer: number; created: number }) => string

/** What a customer has one of; everything else that is made for an invoice is the invoice's own. */
const OF_CUSTOMER = new Set(['cus', 'sub', 'si', 'pm', 'di'])
const DIGITS = 8
const IDS = /(?<![A-Za-z])(cus|sub|si|pm|di|in|il|inpay|pi|ch|ii)_(\w{14,})/g
const CREATED = '"@created@"'
const EMAIL = '@email@'
const NAME = '@name@'

export function mouldOf(object: Rendered): Mould {
  const person = object.object === 'customer' ? { email: EMAIL, name: NAME, phone: null } : {}
  const text = JSON.stringify({ ...object, created: '@created@', ...person })
  const slots: { from: number; to: number; slot: Slot }[] = Array.from(text.matchAll(IDS), (match) => {
    const [id, kind = ''] = match
    // Secrets and addresses hold an id with something after it: only the id itself gives way.
    const length = kind === 'cus' ? 'cus_'.length + 14 : kind.length + 1 + 24
    const prefix = id.slice(0, kind.length + 1) + 'Bulk'.repeat(8).slice(0, length - kind.length - 1 - DIGITS)
    const slot = { prefix, whose: OF_CUSTOMER.has(kind) ? 'customer' : 'own' } as const
    return { from: match.index, to: match.index + Math.min(id.length, length), slot }
  })
  for (const [mark, slot] of [
    [CREATED, 'created'],
    [EMAIL, 'email'],
    [NAME, 'name'],
  ] as const) {
    const from = text.indexOf(mark)
    if (from >= 0) slots.push({ from, to: from + mark.length, slot })
  }
  const sorted = slots.toSorted((a, b) => a.from - b.from)
  const before = sorted.map(({ from }, n) => text.slice(sorted[n - 1]?.to ?? 0, from))
  const end = text.slice(sorted.at(-1)?.to ?? 0)
  return (numbers) => {
    let made = ''
    for (const [n, { slot }] of sorted.entries()) {
      made += before[n]
      if (slot === 'created') made += numbers.created
      else if (slot === 'email') made += emailOf(numbers.own)
      else if (slot === 'name') made += `Member ${padded(numbers.own)}`
      else made += slot.prefix + padded(numbers[slot.whose])
    }
    return made + end
  }
}

export function emailOf(customer: number): string {
  return `member-${padded(customer)}@example.org`
}

/** The number in an id or an address that was made here; null where it was not. */
export function numberIn(text: string): number | null {
  const digits = /^(?:[a-z]+_Bulk[A-Za-z]*|member-)(\d{8})(?:@example\.org)?$/.exec(text)?.[1]
  return digits === undefined ? null : Number(digits)
}

function padded(number: number): string {
  return String(number).padStart(DIGITS, '0')
}
