// Who came on which day, as a file. That is personal: whoever makes one stands in the log, and whoever is not to be named in
// lists is counted in it and not named.
import type { Args, Reply } from '../../preload/contract.ts'
import type { CsvColumn } from '../domain/csv.ts'
import { NOT_NAMED, exportColumns as words } from '../domain/report-mail-en.ts'
import { endOfLocalDay, type Ms, startOfLocalDay, toIso, toLocal } from '../domain/time.ts'
import { doorNames } from '../store/doors.ts'
import { lettingsThrough } from '../store/export-rows.ts'
import { hiddenPeople } from '../store/hidden.ts'
import { memberById } from '../store/members.ts'
import { personNow } from '../store/people-merge.ts'
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
  const visits: Visit[] = []
  for (const [from, until] of daysBack(deps, days)) {
    visits.push(...visitsBetween(deps, from, until))
    // Others come in between.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return done(fileOf(deps, 'visits', visits, CELLS))
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

function visitsBetween({ access, desk }: ReadDeps, from: Ms, until: Ms): Visit[] {
  if (access === null) return []
  const day = toLocal(from, readSettings(desk).timeZone).day.date
  const hidden = hiddenPeople(desk)
  const names = doorNames(desk)
  const visits = new Map<string, Visit>()
  for (const { memberId, doorId, first, last } of lettingsThrough(access, from, until)) {
    const id = personNow(desk, memberId)
    const person = id === null ? null : memberById(desk, id)
    if (person === null) continue
    const known = visits.get(person.id)
    const door = names.get(doorId) ?? doorId
    if (known === undefined) {
      const { id: memberOf, name } = person
      visits.set(memberOf, {
        day,
        id: memberOf,
        name,
        first,
        last,
        doors: new Set([door]),
        hidden: hidden.has(memberOf),
      })
    } else {
      known.first = Math.min(known.first, first)
      known.last = Math.max(known.last, last)
      known.doors.add(door)
    }
  }
  return [...visits.values()].toSorted((a, b) => a.first - b.first || (a.id < b.id ? -1 : 1))
}
