// Money is an integer number of minor units with its currency; two currencies are never added.

/** `minor` counts the currency's smallest unit (cents; yen have none), `currency` is Stripe's lower-case code. */
export type Money = { minor: number; currency: string }

/** "€35.00", "¥500", "KWD 1.250": the currency's own number of decimals, from Intl. */
export function formatMoney({ minor, currency }: Money, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: currency.toUpperCase() })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
