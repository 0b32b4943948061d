// Words of the membership numbers: what each figure means, and headings of files. English.

/** One sentence for each figure: shown beside it, on paper and in files. */
export const numberDefinitions = {
  members:
    'People whom a membership covers. One at Stripe counts from when it was made, or from the end of its trial, until it is ended there; one agreed at the desk for the time of its terms. Trials and first payments that were not made do not count, overdue and paused ones do.',
  joined: 'People who became members, and had not been in the 30 days before.',
  left: 'People whose last membership ended. Whoever is back within 30 days has not left, so the last month may still change.',
  net: 'Joined less left.',
  churn: 'Left, divided by the members at the beginning of the month.',
  mrr: 'What memberships bring in a month, at their present price: a twelfth of a yearly price, 52 twelfths of a weekly one, as many times as are paid for, less discounts that stay. Discounts that end by themselves are not taken off. Whatever is overdue counts until it is ended.',
  byPlan: 'Now. Whoever has two plans stands in both.',
  cohorts:
    'Of those who joined in a month: how many were members still at its end, and at the end of each month after. Whoever left and joined again later stands in both months.',
  visits: 'Members of today, by the days on which a door let them in, in the last 90 days before today.',
  hours:
    'People whom doors let in within an hour, on average over each weekday of the last 90 days before today. Readers on the way out do not count.',
} as const

export const numberRefusals = {
  noCurrency: (currency: string) => `No membership is paid in "${currency}": choose one of the currencies shown.`,
  noPlan: 'This plan is not there any more: choose another.',
}

/** Where what is kept of the log cannot be had, and where answering broke. */
export const reportWords = {
  notRunning: 'Visits are only counted while Latchkey runs: start it with `latchkey serve` first.',
  reading: (percent: number) =>
    `The log of swipes is being read for the first time (${percent} % is done): look again in a minute.`,
  broken: 'Something in Latchkey broke while reading this. Nothing else is affected; the log says more.',
}

/** Headings of files. */
export const numberColumns = {
  month: 'Month',
  members: 'Members',
  joined: 'Joined',
  left: 'Left',
  net: 'Net',
  churn: 'Churn',
  mrr: 'MRR',
  currency: 'Currency',
  unpriced: 'Without a known price',
  plan: 'Plan',
  memberships: 'Memberships',
  after: (months: number) => `Here after ${months}`,
  daysCame: 'Days',
  people: 'People',
  weekday: 'Weekday',
} as const

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** "2 to 4", "31 and more". */
export function bandWords({ from, to }: { from: number; to: number | null }): string {
  if (to === null) return `${from} and more`
  return from === to ? String(from) : `${from} to ${to}`
}
