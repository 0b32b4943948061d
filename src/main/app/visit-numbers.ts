// How often members come, and when doors are busiest, from what is kept of the log (docs/numbers.md).
import type { Reply } from '../../preload/contract.ts'
import { numberDefinitions } from '../domain/numbers-en.ts'
import { toLocal } from '../domain/time.ts'
import { busyHours, daysBefore, VISIT_DAYS, visitFigures } from '../domain/visit-numbers.ts'
import { allDoors } from '../store/doors.ts'
import type { ReadDb } from '../store/open.ts'
import { mergedPeople } from '../store/people-merge.ts'
import { readTail } from '../store/report-db.ts'
import { firstVisitDay, hourCounts, visitDays } from '../store/report-visits.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { membersNow } from './membership-numbers.ts'
import { reportOf } from './report-db.ts'
import { done, type Result } from './result.ts'

export function visitNumbers(deps: ReadDeps): Result<Reply<'numbers.visits'>> {
  const report = reportOf(deps)
  if (!report.ok) return report
  const today = toLocal(deps.now(), readSettings(deps.desk).timeZone).day.date
  const first = firstVisitDay(report.value) ?? today
  // A desk that is younger has no empty days before its first.
  const days = daysBefore(today, VISIT_DAYS).filter(({ date }) => date >= first)
  const [from, to] = [days[0]?.date, days.at(-1)?.date]
  const came =
    from === undefined || to === undefined ? new Map<string, number>() : keptDays(deps, report.value, from, to)
  const out = allDoors(deps.desk).flatMap(({ id, direction }) => (direction === 'out' ? id : []))
  const counts = from === undefined || to === undefined ? [] : hourCounts(report.value, from, to, out)
  return done({
    days: from === undefined || to === undefined ? null : { from, to, count: days.length },
    ...visitFigures(membersNow(deps).map((id) => came.get(id) ?? 0)),
    hours: busyHours(counts, days),
    definitions: { ...numberDefinitions },
  })
}

type Kept = { key: string; days: Map<string, number> }
const kept = new WeakMap<ReadDb, Kept>()

/** Whole days that are over change only where a door tells of them late, or people are merged. */
function keptDays({ desk }: ReadDeps, report: ReadDb, from: string, to: string): Map<string, number> {
  const merged = mergedPeople(desk)
  const key = [from, to, readTail(report)?.early, ...[...merged].flat()].join(' ')
  const before = kept.get(report)
  if (before?.key === key) return before.days
  const days = visitDays(report, from, to, merged)
  kept.set(report, { key, days })
  return days
}
