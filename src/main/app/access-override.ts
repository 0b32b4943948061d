// Access by a person's word: until a day, for a reason, whatever the payments say. Each step is logged.
import type { Args, Reply } from '../../preload/contract.ts'
import { companyRefusals } from '../domain/company-en.ts'
import { accessRefusals } from '../domain/standing-en.ts'
import { readMoment, toIso } from '../domain/time.ts'
import { doorById } from '../store/doors.ts'
import { memberById } from '../store/members.ts'
import { endOverride, insertOverride, overrideById } from '../store/overrides.ts'
import { readSettings } from '../store/settings.ts'
import type { DeskDeps } from './deps.ts'
import { permissionsOf } from './permissions.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** `until` is a local day, `2026-12-03`, to its end; or a moment, `2026-12-03T18:00:00Z`. */
export function giveAccess(deps: DeskDeps, asked: Args<'access.give'>): Result<Reply<'access.give'>> {
  const { db, newId, operator } = deps.live
  const now = deps.now()
  const why = asked.why.trim()
  const doorId = asked.door ?? null
  const until = readMoment(asked.until, readSettings(db).timeZone, 'end')
  if (memberById(db, asked.member) === null) return refuse('not-found', accessRefusals.noMember)
  if (doorId !== null && doorById(db, doorId) === null) return refuse('not-found', companyRefusals.noDoor)
  if (until === null) return refuse('bad-request', accessRefusals.noMoment(asked.until))
  if (until <= now) return refuse('bad-request', accessRefusals.past)
  if (why === '') return refuse('bad-request', accessRefusals.noWhy)
  const id = newId()
  db.transaction(() => {
    insertOverride(db, {
      ...{ id, memberId: asked.member, at: now, until, why, operator, origin: deps.deskId },
      ...{ doorId, uses: null },
    })
    recordAction(deps, 'access-given', asked.member, { override: id, door: doorId, until: toIso(until), why })
  }).immediate()
  deps.live.push('members', {})
  return done({ id })
}

export function endAccess(deps: DeskDeps, id: string): Result<Reply<'access.end'>> {
  const { db, operator } = deps.live
  const at = deps.now()
  const override = overrideById(db, id)
  if (override === null || !permissionsOf(deps, override.memberId, at).some((one) => one.id === id))
    return refuse('wrong-state', accessRefusals.gone)
  db.transaction(() => {
    endOverride(db, { id, at, operator, origin: deps.deskId })
    recordAction(deps, 'access-ended', override.memberId, { override: id })
  }).immediate()
  deps.live.push('members', {})
  return done({ ok: true })
}
