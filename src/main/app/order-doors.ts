// What a manager orders of doors, who holds their keys, and who may not come in. A way out is nothing that can be ordered:
// a lockdown stops entry only, and a hold ends by itself.
import type { Args, Reply } from '../../preload/contract.ts'
import { deviceRefusals } from '../domain/devices-en.ts'
import { orderRefusals as refusals } from '../domain/doors-en.ts'
import { HOUR, MINUTE, type Ms, toIso } from '../domain/time.ts'
import type { ActionKind } from '../domain/timeline-en.ts'
import { appendAction } from '../store/actions.ts'
import { deviceOfDoor } from '../store/devices.ts'
import {
  EVERY_DOOR,
  liftBar as endBar,
  endOrder,
  keysOf,
  orderAt,
  ordersRunOut,
  type StoredOrder,
  setKeys,
  writeBar,
  writeOrder,
} from '../store/door-orders.ts'
import { allDoors, type Door, doorById } from '../store/doors.ts'
import { memberById } from '../store/members.ts'
import type { WriteDb } from '../store/open.ts'
import type { DeskDeps } from './deps.ts'
import { listDoors } from './manage-doors.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** A door that somebody forgot stands open no longer than this. */
const LONGEST_HOLD = 24 * HOUR

/** `id` null is every door that there is now and that listens to us. */
export function lockDown(deps: DeskDeps, asked: Args<'doors.lockdown'>): Result<Reply<'doors.list'>> {
  const until = asked.minutes === undefined ? null : deps.now() + asked.minutes * MINUTE
  return order(deps, asked.id, 'door-locked-down', {
    mode: 'lockdown',
    withKeyholders: asked.withKeyholders === true,
    until,
    why: asked.why?.trim() ?? '',
  })
}

export function holdOpen(deps: DeskDeps, asked: Args<'doors.holdOpen'>): Result<Reply<'doors.list'>> {
  if (asked.minutes * MINUTE > LONGEST_HOLD) return refuse('bad-request', refusals.tooLong)
  return order(deps, asked.id, 'door-held-open', {
    mode: 'held-open',
    withKeyholders: false,
    until: deps.now() + asked.minutes * MINUTE,
    why: asked.why?.trim() ?? '',
  })
}

function order(
  deps: DeskDeps,
  id: string | null,
  kind: ActionKind,
  given: Pick<StoredOrder, 'mode' | 'withKeyholders' | 'until' | 'why'>,
): Result<Reply<'doors.list'>> {
  const { db, operator } = deps.live
  if (id !== null && doorById(db, id) === null) return refuse('not-found', refusals.noDoor(id))
  const meant = allDoors(db).filter((door) => id === null || door.id === id)
  if (meant[0] === undefined) return refuse('not-found', refusals.noDoors)
  // A device that is only looked at goes on by its own list, whatever is ordered.
  const asked = meant.filter((door) => deviceOfDoor(db, door.id)?.adoptedAt !== null)
  if (asked.length === 0) return refuse('wrong-state', deviceRefusals.notAdopted(meant[0].name))
  // A hold ends no lockdown, which somebody ordered for a reason: of all doors those stay as they are.
  const isLocked = (door: Door) => orderAt(db, door.id, deps.now())?.mode === 'lockdown'
  const doors = given.mode === 'held-open' ? asked.filter((door) => !isLocked(door)) : asked
  if (doors.length === 0) return refuse('wrong-state', refusals.lockedDown(asked.map(({ name }) => name)))
  db.transaction(() => {
    for (const door of doors) {
      writeOrder(db, { doorId: door.id, at: deps.now(), operator, ...given })
      const { withKeyholders, until, why } = given
      recordAction(deps, kind, door.id, { withKeyholders, until: toIso(until), why })
    }
  }).immediate()
  return told(deps)
}

/** Back to asking for each card; nothing to do is no fault. */
export function backToNormal(deps: DeskDeps, { id }: Args<'doors.normal'>): Result<Reply<'doors.list'>> {
  const { db } = deps.live
  if (id !== null && doorById(db, id) === null) return refuse('not-found', refusals.noDoor(id))
  db.transaction(() => {
    for (const door of id === null ? allDoors(db).map((one) => one.id) : [id])
      if (endOrder(db, door)) recordAction(deps, 'door-normal', door)
  }).immediate()
  return told(deps)
}

function told(deps: DeskDeps): Result<Reply<'doors.list'>> {
  deps.live.pushLamps()
  deps.live.push('members', {})
  return done(listDoors(deps))
}

/** At every start: what ran out while nobody was here is over, and the log says so. */
export function clearOrders(db: WriteDb, deskId: string, at: Ms): void {
  db.transaction(() => {
    for (const { doorId, mode, until } of ordersRunOut(db, at)) {
      endOrder(db, doorId)
      appendAction(db, deskId, {
        at,
        operator: 'latchkey',
        kind: 'door-order-over',
        subject: doorId,
        detail: { mode, until: toIso(until) },
      })
    }
  }).immediate()
}

/** Ids of doors, or `*` for every door that there is and will be; an empty list takes all keys back. */
export function giveKeys(deps: DeskDeps, { member, doors }: Args<'members.setKeys'>): Result<Reply<'members.setKeys'>> {
  const { db, operator } = deps.live
  if (memberById(db, member) === null) return refuse('not-found', refusals.noMember)
  const unknown = doors.find((door) => door !== EVERY_DOOR && doorById(db, door) === null)
  if (unknown !== undefined) return refuse('not-found', refusals.noDoor(unknown))
  const before = keysOf(db, member)
  db.transaction(() => {
    setKeys(db, member, doors, deps.now(), operator)
    recordAction(deps, 'keys-set', member, { before, doors })
  }).immediate()
  deps.live.push('members', {})
  return done({ doors: keysOf(db, member) })
}

export function bar(deps: DeskDeps, asked: Args<'members.bar'>): Result<Reply<'members.bar'>> {
  const { db, operator } = deps.live
  const at = deps.now()
  const until = asked.until === undefined ? null : Date.parse(asked.until)
  const why = asked.why.trim()
  if (memberById(db, asked.member) === null) return refuse('not-found', refusals.noMember)
  if (why === '') return refuse('bad-request', refusals.noWhy)
  if (until !== null && !(until > at)) return refuse('bad-request', refusals.past)
  db.transaction(() => {
    writeBar(db, { memberId: asked.member, at, until, why, operator })
    recordAction(deps, 'member-barred', asked.member, { until: toIso(until), why })
  }).immediate()
  deps.live.push('members', {})
  return done({ ok: true })
}

export function liftBar(deps: DeskDeps, { member }: Args<'members.liftBar'>): Result<Reply<'members.liftBar'>> {
  const { db } = deps.live
  const lifted = db
    .transaction(() => {
      if (!endBar(db, member)) return false
      recordAction(deps, 'bar-lifted', member)
      return true
    })
    .immediate()
  if (!lifted) return refuse('wrong-state', refusals.notBarred)
  deps.live.push('members', {})
  return done({ ok: true })
}
