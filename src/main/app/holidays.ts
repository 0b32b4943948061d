// Days on which no hours begin.
import type { Holiday } from '../../preload/shapes-access.ts'
import { holidayRefusals } from '../domain/access-en.ts'
import { startOfLocalDate } from '../domain/time.ts'
import { allHolidays, setHolidays } from '../store/schedules.ts'
import { readSettings } from '../store/settings.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { tellOfAccess } from './tell-of-access.ts'

export function readHolidays({ desk }: ReadDeps): Holiday[] {
  return allHolidays(desk)
}

/** All of them: what is not named is none any more. */
export function writeHolidays(deps: DeskDeps, asked: readonly Holiday[]): Result<Holiday[]> {
  const { db } = deps.live
  const { timeZone } = readSettings(db)
  const holidays = asked.map(({ day, name }) => ({ day: day.trim(), name: name.trim() }))
  const days = new Set<string>()
  for (const { day, name } of holidays) {
    if (startOfLocalDate(day, timeZone) === null) return refuse('bad-request', holidayRefusals.noDay(day))
    if (name === '') return refuse('bad-request', holidayRefusals.noName(day))
    if (days.has(day)) return refuse('bad-request', holidayRefusals.twice(day))
    days.add(day)
  }
  const before = allHolidays(db)
  const missingIn = (list: readonly Holiday[]) => (one: Holiday) =>
    !list.some(({ day, name }) => day === one.day && name === one.name)
  db.transaction(() => {
    setHolidays(db, holidays)
    const detail = { added: holidays.filter(missingIn(before)), removed: before.filter(missingIn(holidays)) }
    recordAction(deps, 'holidays-set', 'space', detail)
  }).immediate()
  tellOfAccess(deps)
  return done(allHolidays(db))
}
