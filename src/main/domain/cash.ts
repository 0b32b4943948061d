// What is in the cash box, by currency, and what is said of it. Pure.
import { formatMoney, type Money } from './money.ts'

/** One sum for each currency, never across two. */
export function sumsOf(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, number>()
  for (const { minor, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + minor)
  return [...sums]
    .map(([currency, minor]) => ({ minor, currency }))
    .toSorted((a, b) => a.currency.localeCompare(b.currency))
}

export type Counted = { currency: string; expected: number; counted: number }

/** What was counted beside what was taken; null where a currency was not counted, or one that nobody paid in was. */
export function countedAgainst(expected: readonly Money[], counted: readonly Money[]): Counted[] | null {
  const given = new Map(counted.map(({ currency, minor }) => [currency.toLowerCase(), minor]))
  if (given.size !== counted.length || given.size !== expected.length) return null
  const counts = expected.map(({ currency, minor }) => ({ currency, expected: minor, counted: given.get(currency) }))
  return counts.every((count): count is Counted => count.counted !== undefined && count.counted >= 0) ? counts : null
}

export const cashRefusals = {
  noShift: 'No shift is open: the next cash payment begins one.',
  closed: 'This shift is closed already: look at the list again.',
  count: (expected: readonly Money[], locale: string) =>
    `Count each currency of this shift once: ${expected.map((sum) => formatMoney(sum, locale)).join(', ')}.`,
  differs: (counts: readonly Counted[], locale: string) => {
    const parts = counts
      .filter(({ expected, counted }) => expected !== counted)
      .map(
        ({ currency, expected, counted }) =>
          `${formatMoney({ minor: counted, currency }, locale)} where ${formatMoney({ minor: expected, currency }, locale)} were taken`,
      )
    return `You counted ${parts.join(', ')}: count again, or write down why.`
  },
  noSheet: 'This receipt is not here: look at the list again.',
}
