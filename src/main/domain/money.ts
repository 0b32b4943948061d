// Money is an integer number of minor units with its currency; two currencies are never added.

/** `minor` counts the currency's smallest unit (cents; yen have none), `currency` is Stripe's lower-case code. */
export type Money = { minor: number; currency: string }

/** Whole units as minor ones. */
export function inMinor(units: number, currency: string): number {
  return Math.round(units * 10 ** digitsOf(currency))
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()))

/** One that exists, in three letters as Stripe writes them. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code)
}

/** Remembered: files ask for each of their rows, and asking Intl takes long. */
const digits = new Map<string, number>()

function digitsOf(currency: string): number {
  const known = digits.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency.toUpperCase() })
  const found = format.resolvedOptions().maximumFractionDigits ?? 2
  digits.set(currency, found)
  return found
}

/** "€35.00", "¥500", "KWD 1.250": the currency's own number of decimals, from Intl. */
export function formatMoney({ minor, currency }: Money, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: currency.toUpperCase() })
  return format.format(minor / 10 ** digitsOf(currency))
}

/** "65.00", "6500", "1.250": the amount alone, with the currency's own number of decimals, for files. */
export function decimals({ minor, currency }: Money): string {
  const places = digitsOf(currency)
  return (minor / 10 ** places).toFixed(places)
}

/** "65.00 EUR": the amount, then the currency in three letters; null where it is none. */
export function parseMoney(text: string): Money | null {
  const match = /^\s*(\d{1,12}(?:[.,]\d{1,4})?)\s*([a-z]{3})\s*$/i.exec(text)
  if (match === null) return null
  const [, amount = '', letters = ''] = match
  const currency = letters.toLowerCase()
  if (!isCurrency(currency)) return null
  const minor = Number(amount.replace(',', '.')) * 10 ** digitsOf(currency)
  const whole = Math.round(minor)
  return Math.abs(minor - whole) < 1e-6 ? { minor: whole, currency } : null
}
