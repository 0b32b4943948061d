// Membership numbers at the fake desk: a year of a space that grows, in two currencies.
import { numberDefinitions, numberRefusals, reportWords } from '../../src/main/domain/numbers-en.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'

/** `reading`: the log is still being read. `empty`: nobody ever came. */
export type FakeNumbers = { reading: boolean; empty: boolean }

export function createNumbers(): FakeNumbers {
  return { reading: false, empty: false }
}

const JOINED = [14, 19, 12, 9, 11, 16, 8, 7, 21, 24, 13, 9]
const LEFT = [6, 5, 9, 8, 7, 12, 9, 10, 6, 5, 8, 3]
const PLANS = ['Full member', 'Community', 'Night owl', 'Student', 'Studio resident', 'Annual supporter']

export function numberHandlers(world: World, facts: FakeNumbers): Handlers {
  const plans = PLANS.map((name, n) => ({ id: `plan-${n}`, name }))
  const now = new Date(world.iso(0))
  const monthOf = (ago: number) => {
    const date = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 1))
    return date.toISOString().slice(0, 7)
  }
  return {
    'numbers.membership': ({ currency = 'eur', plan: planId }) => {
      const plan = planId === undefined ? null : plans.find(({ id }) => id === planId)
      if (plan === undefined) return no('not-found', numberRefusals.noPlan)
      const part = (plan === null ? 1 : 0.25) * (currency === 'eur' ? 1 : 0.1)
      let members = plan === null ? 187 : 46
      const months = JOINED.map((came, n) => {
        const [joined, left] = plan === null ? [came, LEFT[n] ?? 0] : [came >> 2, (LEFT[n] ?? 0) >> 2]
        const before = members
        members += joined - left
        const mrr = { minor: Math.round((900_000 + n * 21_350) * part), currency }
        return {
          month: monthOf(11 - n),
          members,
          joined,
          left,
          net: joined - left,
          churn: left / before,
          mrr,
          unpriced: n === 11 ? 2 : 0,
        }
      })
      return {
        asOf: world.iso(0),
        currencies: ['eur', 'usd'],
        currency,
        plans,
        plan,
        months,
        byPlan: plans.map((one, n) => ({
          plan: one,
          members: 120 - n * 19,
          memberships: 118 - n * 19,
          mrr: { minor: (480_000 - n * 77_700) * (currency === 'eur' ? 1 : 0.1), currency },
        })),
        cohorts: months.map(({ month, joined }, n) => ({
          month,
          joined,
          here: months.slice(n).map((_, k) => Math.round(joined * 0.94 ** k)),
        })),
        definitions: { ...numberDefinitions },
      }
    },
    'numbers.visits': () => {
      if (facts.reading) return no('busy', reportWords.reading(40))
      const often = [31, 22, 48, 61, 40, 12]
      const bands = [
        [0, 0],
        [1, 1],
        [2, 4],
        [5, 12],
        [13, 30],
        [31, null],
      ] as const
      const hours = Array.from({ length: 7 }, (_, day) =>
        Array.from({ length: 24 }, (_, hour) =>
          hour < 7
            ? 0
            : Math.max(
                0,
                Math.round((day < 5 ? 14 : 9) * Math.exp(-((hour - (day < 5 ? 19 : 14)) ** 2) / 14) * 10) / 10,
              ),
        ),
      )
      return {
        days: facts.empty ? null : { from: world.iso(-90).slice(0, 10), to: world.iso(-1).slice(0, 10), count: 90 },
        people: facts.empty ? 0 : 214,
        bands: bands.map(([from, to], n) => ({ from, to, people: facts.empty ? 0 : (often[n] ?? 0) })),
        mean: facts.empty ? null : 9.7,
        median: facts.empty ? null : 6,
        hours: facts.empty ? hours.map((row) => row.map(() => 0)) : hours,
        definitions: { ...numberDefinitions },
      }
    },
    'numbers.csv': ({ what }) => ({ name: `membership-${what}.csv`, csv: 'Month,Members\r\n2026-11,199\r\n' }),
  }
}
