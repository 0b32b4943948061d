// How long doors go by old data while Stripe cannot be reached: a manager's word for one outage, and a door's own rule.
import type { Args, Reply } from '../../preload/contract.ts'
import type { Door } from '../../preload/shapes-doors.ts'
import { outageRefusals as refusals } from '../domain/outage-en.ts'
import { DAY, endOfLocalDay, readMoment, toIso } from '../domain/time.ts'
import { doorById, setDoor } from '../store/doors.ts'
import { endExtension, extensionsAt, insertExtension } from '../store/outage-extensions.ts'
import { readSettings } from '../store/settings.ts'
import type { DeskDeps } from './deps.ts'
import { listDoors } from './manage-doors.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** No outage of Stripe has lasted longer, and whoever has left meanwhile would still come in. */
const FURTHEST_DAYS = 30

/** `until` is a local day to its end, or a moment such as `2026-12-03T18:00:00Z`. */
export function extendOutage(deps: DeskDeps, asked: Args<'outage.extend'>): Result<Reply<'outage.extend'>> {
  const { db, newId, operator } = deps.live
  const at = deps.now()
  const zone = readSettings(db).timeZone
  const until = readMoment(asked.until, zone, 'end')
  const why = asked.why.trim()
  if (asked.door !== null && doorById(db, asked.door) === null) return refuse('not-found', refusals.noDoor(asked.door))
  if (until === null) return refuse('bad-request', refusals.noMoment(asked.until))
  if (until <= at) return refuse('bad-request', refusals.past)
  if (until > endOfLocalDay(at + FURTHEST_DAYS * DAY, zone))
    return refuse('bad-request', refusals.tooFar(FURTHEST_DAYS))
  if (why === '') return refuse('bad-request', refusals.noWhy)
  const id = newId()
  db.transaction(() => {
    insertExtension(db, { id, doorId: asked.door, until, why, at, operator })
    recordAction(deps, 'outage-extended', asked.door ?? '*', { extension: id, until: toIso(until), why })
  }).immediate()
  deps.live.push('members', {})
  return done({ id })
}

export function endOutageExtension(deps: DeskDeps, { id }: Args<'outage.endExtension'>): Result<{ ok: true }> {
  const { db } = deps.live
  const at = deps.now()
  const extension = extensionsAt(db, at).find((one) => one.id === id)
  if (extension === undefined) return refuse('wrong-state', refusals.gone)
  db.transaction(() => {
    endExtension(db, id, at)
    recordAction(deps, 'outage-extension-ended', extension.doorId ?? '*', { extension: id })
  }).immediate()
  deps.live.push('members', {})
  return done({ ok: true })
}

/** `days` null: the grace of each payment method again. */
export function setAllowance(deps: DeskDeps, { id, days }: Args<'doors.setAllowance'>): Result<Door> {
  const { db } = deps.live
  const before = doorById(db, id)
  if (before === null) return refuse('not-found', refusals.noDoor(id))
  db.transaction(() => {
    setDoor(db, { ...before, allowance: days === null ? null : Math.round(days * DAY) })
    recordAction(deps, 'door-allowance', id, { days })
  }).immediate()
  deps.live.push('members', {})
  const door = listDoors(deps).find((one) => one.id === id)
  return door === undefined ? refuse('not-found', refusals.noDoor(id)) : done(door)
}
