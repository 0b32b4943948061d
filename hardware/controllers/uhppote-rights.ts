// What a card may at one door, told apart from how a board stores it: rules with days and minutes, of which any one is
// enough. Pure; a board's clock has no zone, and here neither has anything.
import type { Window } from '../controller.ts'

/** Minutes of a day, both within. */
export type Span = readonly [first: number, last: number]
export type Rule = { from: string; to: string; days: readonly boolean[]; spans: readonly Span[] }
/** None: nothing. */
export type Right = readonly Rule[]

/** Since ever and for good, as a board can write it. */
export const FIRST = '2000-01-01'
export const LAST = '2099-12-31'
export const SPANS_IN_A_RULE = 3
/** Stretches between holidays that are written ahead; with every holiday that passes another one is added. */
const STRETCHES = 3

const DAY = 86_400_000
const NAMES = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const MINUTES = 1_440
const WHOLE: Span = [0, MINUTES - 1]
const EVERY_DAY: readonly boolean[] = NAMES.map(() => true)

export function always(from: string, to: string): Right {
  return [{ from, to, days: EVERY_DAY, spans: [WHOLE] }]
}

/** The part of it within these days, both included. */
export function clip(right: Right, from: string, to: string): Right {
  return right
    .map((rule) => ({ ...rule, from: later(rule.from, from), to: earlier(rule.to, to) }))
    .filter((rule) => rule.from <= rule.to)
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

export function opensAt(right: Right, wall: string): boolean {
  const [day, minute] = [wall.slice(0, 10), minutesOf(wall.slice(11, 16))]
  return right.some(
    ({ from, to, days, spans }) =>
      from <= day && day <= to && days[weekday(day)] && spans.some(([a, b]) => a <= minute && minute <= b),
  )
}

/** What is to be stored: never wider than it is wanted, and as far ahead as can be told. `holidays` are the days that are
 * known from yesterday on: a window that began before one runs on into it, and none begins on it. */
export function plan(
  { lastDay, hours }: { lastDay: string; hours: readonly Window[] },
  today: string,
  holidays: readonly string[],
): Right {
  const last = earlier(lastDay, LAST)
  if (last < today) return []
  if (hours.length === 0) return always(FIRST, last)
  const rules = stretches(today, last, holidays).flatMap(([from, to]) => {
    const nextDay = { from: from === FIRST ? FIRST : addDays(from, 1), to: earlier(addDays(to, 1), last) }
    return hours.flatMap((window) => split(window, { from, to }, nextDay))
  })
  return normal(rules, today)
}

/** What it means from today on, in words: two rights that mean the same read the same. Null: nothing. */
export function say(right: Right, today: string): string | null {
  const parts = Map.groupBy(
    normal(right, today),
    ({ from, to }) => `${from === FIRST ? '' : `from ${from} `}until ${to}`,
  )
  const said = [...parts].map(([range, rules]) => `${sayWeek(rules)} ${range}`)
  return said.length === 0 ? null : said.join('; ')
}

/** Days on which windows begin, without a holiday between: the first ones from today on. */
function stretches(today: string, last: string, holidays: readonly string[]): [string, string][] {
  const found: [string, string][] = []
  let from = FIRST
  for (const day of [...new Set(holidays)].sort()) {
    if (day > last || found.filter(([, to]) => to >= today).length === STRETCHES) break
    if (from < day) found.push([from, addDays(day, -1)])
    from = addDays(day, 1)
  }
  if (from <= last && found.filter(([, to]) => to >= today).length < STRETCHES) found.push([from, last])
  return found
}

/** One that runs into the next day is two, of which the second has days of its own. */
function split({ days, from, to }: Window, range: { from: string; to: string }, next: typeof range): Rule[] {
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  const on = NAMES.map((_, n) => days.includes(n + 1))
  if (begin < end) return [{ ...range, days: on, spans: [[begin, end - 1]] }]
  const first: Rule = { ...range, days: on, spans: [[begin, MINUTES - 1]] }
  const after = on.map((_, n) => on[(n + 6) % 7] === true)
  return end === 0 ? [first] : [first, { ...next, days: after, spans: [[0, end - 1]] }]
}

/** The fewest rules that mean the same, in an order of their own; what is over is left out, and what began is since ever. */
function normal(right: Right, today: string): Rule[] {
  const alive = right
    .filter(({ from, to }) => to >= today && from <= to)
    .map((rule) => ({ ...rule, from: rule.from <= today ? FIRST : rule.from }))
  const ranges = Map.groupBy(alive, ({ from, to }) => `${from} ${to}`)
  return [...ranges]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([range, rules]) => {
      const [from = '', to = ''] = range.split(' ')
      const week = NAMES.map((_, n) => merged(rules.flatMap(({ days, spans }) => (days[n] ? spans : []))))
        // The first minute of a day alone is how a board writes no span.
        .map((spans) => spans.filter(([, last]) => last > 0))
      const alike = Map.groupBy(week.keys(), (n) => JSON.stringify(week[n]))
      return [...alike.values()].flatMap((same) => {
        const spans = week[same[0] ?? 0] ?? []
        const days = NAMES.map((_, n) => same.includes(n))
        return chunks(spans).map((some) => ({ from, to, days, spans: some }))
      })
    })
}

function merged(spans: readonly Span[]): Span[] {
  const joined: [number, number][] = []
  for (const [first, last] of [...spans].sort(([a], [b]) => a - b)) {
    const before = joined.at(-1)
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else joined.push([first, last])
  }
  return joined
}

function chunks(spans: readonly Span[]): Span[][] {
  return Array.from({ length: Math.ceil(spans.length / SPANS_IN_A_RULE) }, (_, n) =>
    spans.slice(n * SPANS_IN_A_RULE, (n + 1) * SPANS_IN_A_RULE),
  )
}

function sayWeek(rules: readonly Rule[]): string {
  if (JSON.stringify(rules.map(({ days, spans }) => [days, spans])) === JSON.stringify([[EVERY_DAY, [WHOLE]]]))
    return 'at all hours'
  return rules
    .map(({ days, spans }) => {
      const on = NAMES.filter((_, n) => days[n]).join(' ')
      return `${on} ${spans.map(([a, b]) => `${clockOf(a)}-${clockOf(b + 1)}`).join(' ')}`
    })
    .join(', ')
}

export function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

export function clockOf(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

function weekday(day: string): number {
  return (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7
}

export function earlier(a: string, b: string): string {
  return a < b ? a : b
}

export function later(a: string, b: string): string {
  return a < b ? b : a
}
