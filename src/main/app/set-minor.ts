// People under age: rules for coming in, until the day on which they come of age. The way out is nobody's to rule.
import type { Args, Reply } from '../../preload/contract.ts'
import { minorRefusals as refusals } from '../domain/company-en.ts'
import { DAY, startOfLocalDate, toIso } from '../domain/time.ts'
import { minorAt, removeMinor, saveMinor } from '../store/companions.ts'
import { scheduleById } from '../store/schedules.ts'
import { readSettings } from '../store/settings.ts'
import type { DeskDeps } from './deps.ts'
import { personHere } from './person-here.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** Beyond it somebody has mistyped the year. */
const LONGEST = 25 * 366 * DAY

export function setMinor(deps: DeskDeps, asked: Args<'members.setMinor'>): Result<Reply<'members.setMinor'>> {
  const { db, operator } = deps.live
  const now = deps.now()
  const person = personHere(deps, asked.member)
  if (!person.ok) return person
  const memberId = person.value.id
  const ofAge = startOfLocalDate(asked.ofAge, readSettings(db).timeZone)
  if (ofAge === null) return refuse('bad-request', refusals.noDay(asked.ofAge))
  if (ofAge <= now) return refuse('bad-request', refusals.ofAge)
  if (ofAge > now + LONGEST) return refuse('bad-request', refusals.tooFar)
  if (asked.hours !== null && scheduleById(db, asked.hours) === null) return refuse('not-found', refusals.noHours)
  const guardians = [...new Set(asked.guardians)]
  if (asked.guardianNeeded && guardians.length === 0) return refuse('bad-request', refusals.noGuardian)
  for (const id of guardians) {
    const guardian = personHere(deps, id)
    if (!guardian.ok) return guardian
    if (id === memberId) return refuse('bad-request', refusals.ownGuardian)
    if (minorAt(db, id, now) !== null) return refuse('wrong-state', refusals.guardianUnderAge(guardian.value.name))
  }
  const { guardianNeeded, hours: scheduleId } = asked
  db.transaction(() => {
    saveMinor(db, { memberId, ofAge, guardianNeeded, scheduleId, guardians }, now, operator)
    recordAction(deps, 'minor-set', memberId, { ofAge: toIso(ofAge), guardianNeeded, hours: scheduleId, guardians })
  }).immediate()
  deps.live.push('members', {})
  return done({ ok: true })
}

export function clearMinor(deps: DeskDeps, member: string): Result<Reply<'members.clearMinor'>> {
  const { db } = deps.live
  const person = personHere(deps, member)
  if (!person.ok) return person
  const cleared = db
    .transaction(() => {
      if (!removeMinor(db, member)) return false
      recordAction(deps, 'minor-cleared', member)
      return true
    })
    .immediate()
  if (!cleared) return refuse('wrong-state', refusals.notMinor(person.value.name))
  deps.live.push('members', {})
  return done({ ok: true })
}
