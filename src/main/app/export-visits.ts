// Who came on which day, as a file. That is personal: whoever makes one stands in the log, and whoever is not to be named in
// lists is counted in it and not named.
import type { Args, Reply } from '../../preload/contract.ts'
import type { CsvColumn } from '../domain/csv.ts'
import { NOT_NAMED, exportColumns as words } from '../domain/report-mail-en.ts'
import { endOfLocalDay, type Ms, startOfLocalDay, toIso, toLocal } from '../domain/time.ts'
import { doorNames } from '../store/doors.ts'
import { everybodyNow, type Letting, lettingsThrough } from '../store/export-rows.ts'
import { hiddenPeople } from '../store/hidden.ts'
import { readSettings } from '../store/settings.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { fileOf } from './export-files.ts'
import { recordAction } from './record-action.ts'
import { done, type Result } from './result.ts'

type Visit = { day: string; id: string; name: string; first: Ms; last: Ms; doors: Set<string>; hidden: boolean }

export async function visitsFile(
  deps: DeskDeps,
  { days }: Args<'export.visits'>,
): Promise<Result<Reply<'export.visits'>>> {
  deps.live.db.transaction(() => recordAction(deps, 'visits-exported', 'visits', { days })).immediate()
  const all = tally(deps, daysBack(deps, days))
  const { access, deskId } = deps
  const first = all.days[0]?.[0] ?? deps.now()
  for (const lettings of access === null ? [] : lettingsThrough(access, deskId, first)) {
    for (const letting of lettings) all.count(letting)
    // Others come in between.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return done(fileOf(deps, 'visits', all.visits(), CELLS))
}

const CELLS: CsvColumn<Visit>[] = [
  [words.day, ({ day }) => day],
  [words.name, ({ name, hidden }) => (hidden ? NOT_NAMED : name)],
  [words.member, ({ id, hidden }) => (hidden ? null : id)],
  [words.first, ({ first, hidden }) => (hidden ? null : toIso(first))],
  [words.last, ({ last, hidden }) => (hidden ? null : toIso(last))],
  [words.doors, ({ doors, hidden }) => (hidden ? null : [...doors].toSorted().join('; '))],
]

/** Local days with today as the last, the oldest first. */
function daysBack({ desk, now }: ReadDeps, days: number): [Ms, Ms][] {
  const zone = readSettings(desk).timeZone
  const spans: [Ms, Ms][] = []
  for (let at = now(); spans.length < days; at = (spans[0]?.[0] ?? at) - 1)
    spans.unshift([startOfLocalDay(at, zone), endOfLocalDay(at, zone)])
  return spans
}

/** One line for each person and day, in the order of the days and of who came first. */
function tally({ desk }: ReadDeps, days: readonly [Ms, Ms][]) {
  const zone = readSettings(desk).timeZone
  const personOf = everybodyNow(desk)
  const hidden = hiddenPeople(desk)
  const doors = doorNames(desk)
  const dates = days.map(([from]) => toLocal(from, zone).day.date)
  const byDay = days.map(() => new Map<string, Visit>())
  return {
    days,
    count({ memberId, doorId, at }: Letting): void {
      const index = days.findLastIndex(([from, until]) => at >= from && at < until)
      const person = personOf(memberId)
      const visits = byDay[index]
      if (person === undefined || visits === undefined) return
      const { id, name } = person
      const known = visits.get(id)
      const visit = known ?? {
        day: dates[index] ?? '',
        id,
        name,
        first: at,
        last: at,
        doors: new Set(),
        hidden: hidden.has(id),
      }
      visit.first = Math.min(visit.first, at)
      visit.last = Math.max(visit.last, at)
      visit.doors.add(doors.get(doorId) ?? doorId)
      if (known === undefined) visits.set(id, visit)
    },
    visits: (): Visit[] =>
      byDay.flatMap((visits) => [...visits.values()].toSorted((a, b) => a.first - b.first || (a.id < b.id ? -1 : 1))),
  }
}
