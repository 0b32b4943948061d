// Amounts with their currency, and plain counts, as the space's language writes them.
export function sayMoney({ minor, currency }: { minor: number; currency: string }, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: currency.toUpperCase() })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minor / 10 ** digits)
}

export function sayCount(count: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(count)
}
