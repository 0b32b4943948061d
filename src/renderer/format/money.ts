// Amounts with their currency, and plain counts, as the space's language writes them.
export function sayMoney({ minor, currency }: { minor: number; currency: string }, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: currency.toUpperCase() })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minor / 10 ** digits)
}

export function sayCount(count: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(count)
}

/** "41 MB": how big a file is. */
export function sayBytes(bytes: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }).format(
    bytes / 1e6,
  )
}

/** What an amount looks like as it is typed: with no more decimals than its currency has, so that "1,234" is not €1.23. */
export function amountPattern(currency: string): string {
  const digits = digitsOf(currency)
  const part = `[.,]\\d{1,${digits}}`
  return digits === 0 ? '[\\s\\d]*\\d\\s*' : `\\s*(\\d[\\s\\d]*(${part})?|${part})\\s*`
}

/** "25.00": an amount as somebody would type it, to show how. */
export const sampleAmount = (currency: string): string => (25).toFixed(digitsOf(currency))

/** What was typed, in minor units of the currency. Comma and point both divide. */
export function minorOf(text: string, currency: string): number {
  const digits = digitsOf(currency)
  return Math.round(Number(text.replace(/\s/g, '').replace(',', '.')) * 10 ** digits)
}

/** The other way: as somebody would type it, empty where there is none. */
export function typedMoney(minor: number | null, currency: string): string {
  if (minor === null) return ''
  const digits = digitsOf(currency)
  return (minor / 10 ** digits).toFixed(minor % 10 ** digits === 0 ? 0 : digits)
}

function digitsOf(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    return format.resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

const WHOLE = { maximumFractionDigits: 0 } as const

/** With little room, as on a chart's axis: "€1,276", "€12.8K". */
export function sayRoundMoney({ minor, currency }: { minor: number; currency: string }, locale: string): string {
  const major = minor / 10 ** digitsOf(currency)
  const size = Math.abs(major)
  // A small amount keeps its decimals, or marks of an axis would read alike; a large one is said in thousands.
  const shortly =
    size >= 10_000
      ? ({ notation: 'compact', maximumFractionDigits: 1 } as const)
      : size >= 10 || size === 0
        ? WHOLE
        : {}
  return new Intl.NumberFormat(locale, { style: 'currency', currency: currency.toUpperCase(), ...shortly }).format(
    major,
  )
}
