// Hours in a few words: "Mon–Fri 08:00–18:00, Sat 10:00–16:00". Pure.
import { hoursWords as words } from './access-en.ts'
import type { Hours } from './schedule.ts'

/** Days on which the same hours begin are told together. */
export function sayHours(hours: Hours): string {
  const daysBySpans = new Map<string, number[]>()
  for (let day = 1; day <= 7; day += 1) {
    const spans = hours.filter(({ days }) => days.includes(day)).map(({ from, to }) => saySpan(from, to))
    const said = [...new Set(spans)].sort().join(` ${words.and} `)
    if (said !== '') daysBySpans.set(said, [...(daysBySpans.get(said) ?? []), day])
  }
  return [...daysBySpans].map(([spans, days]) => `${sayDays(days)} ${spans}`).join(', ')
}

function saySpan(from: string, to: string): string {
  if (from === to) return words.allDay
  return `${from}–${to === '00:00' ? words.midnight : to}`
}

function sayDays(days: readonly number[]): string {
  if (days.length === 7) return words.everyDay
  const runs: number[][] = []
  for (const day of days) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  const name = (day: number | undefined) => words.days[(day ?? 1) - 1]
  const said = runs.map((run) => (run.length === 1 ? name(run[0]) : `${name(run[0])}–${name(run.at(-1))}`))
  return said.length < 2 ? said.join('') : `${said.slice(0, -1).join(', ')} ${words.and} ${said.at(-1)}`
}
