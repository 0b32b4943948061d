// Hours of the week under a name, that plans, doors, groups and rules for minors go by.
import type { Args } from '../../preload/contract.ts'
import type { Hours } from '../../preload/shapes-access.ts'
import { hoursRefusals, hoursUsers } from '../domain/access-en.ts'
import { sayHours } from '../domain/say-hours.ts'
import { readHours } from '../domain/schedule.ts'
import type { ReadDb } from '../store/open.ts'
import { allSchedules, removeSchedule, type Schedule, saveSchedule, scheduleById, usesOf } from '../store/schedules.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { tellOfAccess } from './tell-of-access.ts'

export function listHours({ desk: db, now }: ReadDeps): Hours[] {
  return allSchedules(db).map((schedule) => hoursRow(db, schedule, now()))
}

/** Whoever goes by them goes by the new ones from the next swipe on. */
export function saveHours(deps: DeskDeps, asked: Args<'hours.save'>): Result<Hours> {
  const { db, newId } = deps.live
  const name = asked.name.trim()
  const windows = readHours(asked.windows)
  if (asked.id !== undefined && scheduleById(db, asked.id) === null) return refuse('not-found', hoursRefusals.noHours)
  if (name === '') return refuse('bad-request', hoursRefusals.noName)
  if (typeof windows === 'string') return refuse('bad-request', windows)
  const same = allSchedules(db).find((one) => one.name.toLocaleLowerCase() === name.toLocaleLowerCase())
  if (same !== undefined && same.id !== asked.id) return refuse('taken', hoursRefusals.nameTaken(same.name))
  const schedule: Schedule = { id: asked.id ?? newId(), name, windows }
  db.transaction(() => {
    saveSchedule(db, schedule)
    recordAction(deps, 'hours-saved', schedule.id, { name, windows })
  }).immediate()
  tellOfAccess(deps)
  return done(hoursRow(db, schedule, deps.now()))
}

export function removeHours(deps: DeskDeps, id: string): Result<{ ok: true }> {
  const { db } = deps.live
  const schedule = scheduleById(db, id)
  if (schedule === null) return refuse('not-found', hoursRefusals.noHours)
  const users = usersOf(db, id, deps.now())
  if (users.length > 0) return refuse('wrong-state', hoursRefusals.inUse(schedule.name, users))
  db.transaction(() => {
    removeSchedule(db, id, deps.now())
    recordAction(deps, 'hours-removed', id, { name: schedule.name })
  }).immediate()
  tellOfAccess(deps)
  return done({ ok: true })
}

function hoursRow(db: ReadDb, { id, name, windows }: Schedule, now: number): Hours {
  const written = windows.map(({ days, from, to }) => ({ days: [...days], from, to }))
  return { id, name, windows: written, says: sayHours(windows), usedBy: usersOf(db, id, now) }
}

function usersOf(db: ReadDb, id: string, now: number): string[] {
  const { plans, doors, groups, minors } = usesOf(db, id, now)
  return [
    ...plans.map(hoursUsers.plan),
    ...doors.map(hoursUsers.door),
    ...groups.map(hoursUsers.group),
    ...(minors === 0 ? [] : [hoursUsers.minors(minors)]),
  ]
}
