// Membership numbers: tables for the rules, and made-up spans beside a count that goes through them one by one.
import { describe, expect, test } from 'vitest'
import { fraction, plus, rounded } from '../../src/main/domain/fraction.ts'
import {
  BREAK,
  type Covered,
  cohortsOf,
  lastMonths,
  monthFigures,
  type Paying,
  recurring,
  staysOf,
} from '../../src/main/domain/membership-numbers.ts'
import { monthlyOf, monthlyOfTerm, type PriceOf } from '../../src/main/domain/monthly-price.ts'
import { DAY, HOUR } from '../../src/main/domain/time.ts'
import { busyHours, daysBefore, visitFigures } from '../../src/main/domain/visit-numbers.ts'

const ZONE = 'Europe/Berlin'
const at = (text: string) => Date.parse(text)
const NOW = at('2026-11-20T12:00:00Z')

const item = (change = {}) => ({ id: 'si', priceId: 'p', productId: 'prod', quantity: 1, discounts: [], ...change })
const price = (change: Partial<PriceOf> = {}): PriceOf => ({
  interval: 'month',
  unitAmount: 6500,
  currency: 'eur',
  ...change,
})
const off = (change = {}) => ({
  name: null,
  percentOff: null,
  amountOff: null,
  duration: 'forever',
  end: null,
  ...change,
})
type Sold = Parameters<typeof monthlyOf>[0]
const sold = (change: Partial<Sold> = {}): Sold => ({
  ...{ currency: 'eur', items: [item()], discounts: [], customerDiscount: null },
  ...change,
})
const TENTH = off({ percentOff: 10 })

describe('what a membership brings a month', () => {
  test.each<[string, Sold, Partial<PriceOf>, [number, number] | null]>([
    ['a monthly price', sold(), {}, [6500, 1]],
    ['three of it', sold({ items: [item({ quantity: 3 })] }), {}, [19_500, 1]],
    ['a yearly price', sold(), { interval: 'year', unitAmount: 70_000 }, [17_500, 3]],
    ['a weekly price', sold(), { interval: 'week', unitAmount: 1_500 }, [6_500, 1]],
    ['a daily price', sold(), { interval: 'day', unitAmount: 100 }, [9_125, 3]],
    ['a price of three months', sold({ items: [item({ every: 3 })] }), { unitAmount: 18_000 }, [6_000, 1]],
    ['two items', sold({ items: [item(), item({ quantity: 2 })] }), {}, [19_500, 1]],
    ['a part off that stays', sold({ discounts: [TENTH] }), {}, [5_850, 1]],
    ['33.33 percent', sold({ discounts: [off({ percentOff: 33.33 })] }), {}, [86_671, 20]],
    [
      'a part off that ends',
      sold({ discounts: [off({ percentOff: 10, duration: 'repeating', end: NOW })] }),
      {},
      [6_500, 1],
    ],
    ['a part off once', sold({ discounts: [off({ percentOff: 10, duration: 'once' })] }), {}, [6_500, 1]],
    ['an amount off', sold({ discounts: [off({ amountOff: { minor: 500, currency: 'eur' } })] }), {}, [6_000, 1]],
    [
      'an amount off in another currency',
      sold({ discounts: [off({ amountOff: { minor: 500, currency: 'usd' } })] }),
      {},
      [6_500, 1],
    ],
    [
      'an amount off each year',
      sold({ discounts: [off({ amountOff: { minor: 1_200, currency: 'eur' } })] }),
      { interval: 'year', unitAmount: 72_000 },
      [5_900, 1],
    ],
    [
      'more off than it costs',
      sold({ discounts: [off({ amountOff: { minor: 9_999, currency: 'eur' } })] }),
      {},
      [0, 1],
    ],
    ['all off', sold({ discounts: [off({ percentOff: 100 })] }), {}, [0, 1]],
    [
      'an item’s own, then the subscription’s',
      sold({ items: [item({ discounts: [TENTH] })], discounts: [TENTH] }),
      {},
      [5_265, 1],
    ],
    ['the customer’s', sold({ customerDiscount: TENTH }), {}, [5_850, 1]],
    [
      'the customer’s beside the subscription’s own',
      sold({ discounts: [off({ percentOff: 50 })], customerDiscount: TENTH }),
      {},
      [3_250, 1],
    ],
    ['tiers: not known', sold(), { unitAmount: null }, null],
    ['a price that is told in another currency only', sold(), { currency: 'usd' }, null],
    ['nothing sold', sold({ items: [] }), {}, null],
  ])('%s', (_, what, of, expected) => {
    const found = monthlyOf(what, () => price(of))
    expect(found && [Number(found.num), Number(found.den)]).toEqual(expected)
  })

  test.each<[string, number, string, string, [number, number]]>([
    ['a month', 6_500, '2026-03-01T00:00+01:00', '2026-04-01T00:00+02:00', [6_500, 1]],
    ['a year', 70_000, '2026-01-15T00:00+01:00', '2027-01-15T00:00+01:00', [17_500, 3]],
    ['ten days', 3_650, '2026-10-20T00:00+02:00', '2026-10-30T00:00+01:00', [66_613, 6]],
    ['a part of a day', 1_200, '2026-05-01T08:00+02:00', '2026-05-01T20:00+02:00', [36_500, 1]],
  ])('a term of %s', (_, amount, from, until, [num, den]) => {
    const found = monthlyOfTerm(amount, { from: at(from), until: at(until) }, ZONE)
    expect(rounded(found)).toBe(Math.round(num / den))
    if (den <= 3) expect([Number(found.num), Number(found.den)]).toEqual([num, den])
  })

  test.each([
    [1, 2, 1],
    [-1, 2, 0],
    [3, 2, 2],
    [1, 3, 0],
    [-2, 3, -1],
    [-3, 2, -1],
    [7, 1, 7],
  ])('%i/%i is rounded to %i', (num, den, whole) => {
    expect(rounded(fraction(num, den))).toBe(whole)
  })

  test('three thirds are one, and a sum of twelfths is rounded once', () => {
    const third = fraction(1, 3)
    expect(rounded(plus(plus(third, third), third))).toBe(1)
    const months = lastMonths(NOW, ZONE, 1)
    // Each alone would be rounded to 8.
    const yearly = Array.from(
      { length: 12 },
      (): Paying => ({ plan: 'a', currency: 'jpy', monthly: fraction(100, 12), from: 0, to: null }),
    )
    expect(recurring(yearly, 'jpy', months)).toEqual([{ mrr: 100, unpriced: 0 }])
  })
})

describe('one uninterrupted time as a member', () => {
  const from = NOW - 200 * DAY
  const one = (begin: number, end: number | null, person = 'ada'): Covered => ({
    ...{ person, plan: 'a', from: from + begin * DAY },
    to: end === null ? null : from + end * DAY,
  })
  test.each<[string, Covered[], [number, number | null][]]>([
    ['a break of thirty days is none', [one(0, 10), one(40, null)], [[0, null]]],
    [
      'a longer one is',
      [one(0, 10), one(41, null)],
      [
        [0, 10],
        [41, null],
      ],
    ],
    ['whatever overlaps is one', [one(0, 50), one(10, 20), one(60, 70)], [[0, 70]]],
    ['in any order', [one(60, 70), one(0, 50)], [[0, 70]]],
    ['an empty one is nothing', [one(5, 5)], []],
    ['what is still to come is nothing yet', [one(250, null)], []],
    ['a term that runs on', [one(190, 230)], [[190, 230]]],
    [
      'two people are two',
      [one(0, 10), one(11, 20, 'ben')],
      [
        [0, 10],
        [11, 20],
      ],
    ],
  ])('%s', (_, covered, expected) => {
    const days = (moment: number | null) => (moment === null ? null : (moment - from) / DAY)
    expect(staysOf(covered, NOW).map((stay) => [days(stay.from), days(stay.to)])).toEqual(expected)
  })
})

test('months begin and end in the space’s zone, also where clocks change', () => {
  expect(lastMonths(NOW, ZONE, 3)).toEqual([
    { month: '2026-09', start: at('2026-08-31T22:00Z'), at: at('2026-09-30T22:00Z') - 1 },
    { month: '2026-10', start: at('2026-09-30T22:00Z'), at: at('2026-10-31T23:00Z') - 1 },
    { month: '2026-11', start: at('2026-10-31T23:00Z'), at: NOW },
  ])
})

test('a made-up history equals what is counted one by one', () => {
  const random = sequence(7)
  const covered: Covered[] = []
  const paying: Paying[] = []
  for (let n = 0; n < 220; n++) {
    const from = NOW - Math.floor(random() * 600) * DAY - Math.floor(random() * 24) * HOUR
    const to = random() < 0.4 ? null : from + Math.floor(random() * 200) * DAY
    const plan = random() < 0.5 ? 'full' : 'part'
    covered.push({ person: `p${Math.floor(random() * 150)}`, plan, from, to })
    const monthly =
      random() < 0.1 ? null : fraction(Math.floor(random() * 90_000), [1, 3, 12][Math.floor(random() * 3)] ?? 1)
    paying.push({ plan, currency: random() < 0.7 ? 'eur' : 'kwd', monthly, from, to })
  }
  const months = lastMonths(NOW, ZONE, 14)
  const people = [...new Set(covered.map(({ person }) => person))]
  const isMember = (person: string, moment: number): boolean => {
    const own = covered.filter((one) => one.person === person && one.from < (one.to ?? Number.POSITIVE_INFINITY))
    if (own.some(({ from, to }) => from <= moment && (to === null || to > moment))) return true
    const ended = Math.max(...own.filter(({ from }) => from <= moment).map(({ to }) => to ?? 0))
    const next = Math.min(...own.filter(({ from }) => from > moment && from <= NOW).map(({ from }) => from))
    return next - ended <= BREAK
  }
  const moments = [...new Set(covered.flatMap(({ from, to }) => (to === null ? [from] : [from, to])))]
  const turns = (person: string, start: number, end: number, becomes: boolean) =>
    moments.filter(
      (m) => m >= start && m <= end && isMember(person, m) === becomes && isMember(person, m - 1) !== becomes,
    )
  const stays = staysOf(covered, NOW)
  const figures = monthFigures(stays, months)
  const cohorts = cohortsOf(stays, months)
  for (const [n, { start, at: end }] of months.entries()) {
    const joined = people.flatMap((person) => turns(person, start, end, true).map((from) => ({ person, from })))
    const left = people.flatMap((person) => turns(person, start, end, false))
    const before = people.filter((person) => isMember(person, start - 1)).length
    expect(figures[n]).toEqual({
      month: months[n]?.month,
      members: people.filter((person) => isMember(person, end)).length,
      joined: joined.length,
      left: left.length,
      net: joined.length - left.length,
      churn: left.length / before,
    })
    const here = months
      .slice(n)
      .map(
        ({ at: then }) => joined.filter(({ person, from }) => turns(person, from + 1, then, false).length === 0).length,
      )
    expect(cohorts[n]).toEqual({ month: months[n]?.month, joined: joined.length, here })
    for (const currency of ['eur', 'kwd']) {
      const open = paying.filter(
        (one) => one.currency === currency && one.from <= end && (one.to === null || one.to > end),
      )
      // Twelve times the sum is whole.
      const twelve = open.reduce(
        (sum, { monthly }) => sum + (monthly === null ? 0 : (12 * Number(monthly.num)) / Number(monthly.den)),
        0,
      )
      expect(recurring(paying, currency, months)[n]).toEqual({
        mrr: Math.floor((Math.round(twelve) + 6) / 12),
        unpriced: open.filter(({ monthly }) => monthly === null).length,
      })
    }
  }
  expect(figures.reduce((sum, { joined }) => sum + joined, 0)).toBeGreaterThan(60)
  expect(figures.reduce((sum, { left }) => sum + left, 0)).toBeGreaterThan(30)
})

describe('how often people come', () => {
  test('in bands, and on average', () => {
    expect(visitFigures([0, 0, 1, 3, 12, 13, 40])).toEqual({
      people: 7,
      bands: [
        { from: 0, to: 0, people: 2 },
        { from: 1, to: 1, people: 1 },
        { from: 2, to: 4, people: 1 },
        { from: 5, to: 12, people: 1 },
        { from: 13, to: 30, people: 1 },
        { from: 31, to: null, people: 1 },
      ],
      mean: 69 / 7,
      median: 3,
    })
    expect(visitFigures([2, 5]).median).toBe(3.5)
    expect(visitFigures([])).toMatchObject({ people: 0, mean: null, median: null })
  })

  test('hours on average over the days of a weekday, those without anybody included', () => {
    // A Monday and nine days before it: two Saturdays, two Sundays, one of each other day.
    const days = daysBefore('2026-11-16', 9)
    expect([days[0], days.at(-1)]).toEqual([
      { date: '2026-11-07', weekday: 6 },
      { date: '2026-11-15', weekday: 7 },
    ])
    const hours = busyHours(
      [
        { day: '2026-11-07', hour: 18, letThrough: 5 },
        { day: '2026-11-11', hour: 9, letThrough: 3 },
        { day: '2026-11-30', hour: 9, letThrough: 99 },
      ],
      days,
    )
    expect([hours[5]?.[18], hours[2]?.[9]]).toEqual([2.5, 3])
    expect(hours.flat().reduce((sum, n) => sum + n)).toBe(5.5)
  })
})

/** The same numbers in each run. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
