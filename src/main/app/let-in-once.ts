// "Let in once": a permission for one pass. It runs out by itself; the door counts its use, and both logs keep it.
import type { Args, Reply } from '../../preload/contract.ts'
import { companyRefusals, onceRefusals } from '../domain/company-en.ts'
import { sayMoment } from '../domain/say.ts'
import { accessRefusals } from '../domain/standing-en.ts'
import { MINUTE, toIso } from '../domain/time.ts'
import { orderAt } from '../store/door-orders.ts'
import { doorById } from '../store/doors.ts'
import { insertOverride } from '../store/overrides.ts'
import type { DeskDeps } from './deps.ts'
import { permissionsOf } from './permissions.ts'
import { personUnbarred } from './person-here.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'

/** Long enough to walk to any door and try twice. */
const HOLDS = 15 * MINUTE

export function letInOnce(deps: DeskDeps, asked: Args<'access.letInOnce'>): Result<Reply<'access.letInOnce'>> {
  const { db, newId, operator } = deps.live
  const now = deps.now()
  const why = asked.why.trim()
  const person = personUnbarred(deps, asked.member)
  if (!person.ok) return person
  const { id: memberId, name } = person.value
  const door = asked.door === null ? null : doorById(db, asked.door)
  if (asked.door !== null && door === null) return refuse('not-found', companyRefusals.noDoor)
  if (why === '') return refuse('bad-request', accessRefusals.noWhy)
  if (door !== null && orderAt(db, door.id, now)?.mode === 'lockdown')
    return refuse('wrong-state', onceRefusals.lockedDown(door.name))
  // A second one would be a second pass, for whoever pressed twice.
  const already = permissionsOf(deps, memberId, now).find(
    ({ uses, doorId }) => uses === 1 && (doorId === null || door === null || doorId === door.id),
  )
  if (already !== undefined)
    return refuse('wrong-state', onceRefusals.already(name, sayMoment(already.until, voiceOf(deps))))
  const id = newId()
  const until = now + HOLDS
  db.transaction(() => {
    insertOverride(db, {
      ...{ id, memberId, at: now, until, why, operator, origin: deps.deskId },
      ...{ doorId: door?.id ?? null, uses: 1 },
    })
    recordAction(deps, 'let-in-once', memberId, { override: id, door: door?.id ?? null, until: toIso(until), why })
  }).immediate()
  deps.live.push('members', {})
  return done({ id, until: toIso(until) })
}
