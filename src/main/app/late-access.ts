// What doors do for whoever is late, by a person's word: access until a day, or a bar. Each can be taken back.
import type { Args } from '../../preload/contract.ts'
import type { Acted } from '../../preload/shapes-late.ts'
import { lateRefusals, notDone } from '../domain/late-actions-en.ts'
import { DAY, endOfLocalDay, type Ms, readMoment, toIso } from '../domain/time.ts'
import { barAt, writeBar } from '../store/door-orders.ts'
import { doorRules } from '../store/door-rules.ts'
import { allDoors } from '../store/doors.ts'
import { morePlansOf, planOfMembership } from '../store/entitlements.ts'
import { hasInduction } from '../store/inductions.ts'
import { coversOf, type Person } from '../store/membership-seats.ts'
import { insertOverride } from '../store/overrides.ts'
import { readSettings } from '../store/settings.ts'
import { actOn } from './act-on-lines.ts'
import type { DeskDeps } from './deps.ts'
import { writeFollowUp } from './follow-ups.ts'
import { recordAction } from './record-action.ts'
import { type Result, refuse } from './result.ts'

/** A term of a quarter: what goes on for longer is no delay. */
const FURTHEST_DAYS = 92

/** `until`: a local day, to its end. */
export function extendLines(deps: DeskDeps, asked: Args<'late.extend'>): Result<Acted> {
  const zone = readSettings(deps.desk).timeZone
  const now = deps.now()
  const until = readMoment(asked.until, zone, 'end')
  const why = asked.why.trim()
  if (until === null) return refuse('bad-request', lateRefusals.noDay(asked.until))
  if (until <= now) return refuse('bad-request', lateRefusals.past)
  if (until > endOfLocalDay(now + FURTHEST_DAYS * DAY, zone))
    return refuse('bad-request', lateRefusals.tooFar(FURTHEST_DAYS))
  if (why === '') return refuse('bad-request', lateRefusals.noWhy)
  return actOn(deps, asked.lines, true, ({ line, person }, act) => {
    if (line.state !== 'open') return notDone.settled
    const covered = coversOf(deps.desk, line.membershipId)
    const given = (covered.length === 0 ? [person] : covered).map((one) => {
      const made = openDoors(deps, one, line.membershipId, { until, why })
      if (made.length > 0) {
        writeFollowUp(deps, { act, lineId: line.id, memberId: one.id, kind: 'extended', text: why, until, made })
        recordAction(deps, 'access-extended', one.id, { line: line.id, overrides: made, until: toIso(until), why })
      }
      return made.length
    })
    return given.some((count) => count > 0) ? null : notDone.noDoors(person.name)
  })
}

/** A person's word outranks plans and inductions at a door, and nobody meant this one to: so only at the doors of their
 * plan, and only where they have what these ask for. */
function openDoors(
  { desk, live, deskId, now }: DeskDeps,
  { id: memberId }: Person,
  membershipId: string,
  { until, why }: { until: Ms; why: string },
): string[] {
  const at = now()
  const plans = [planOfMembership(desk, membershipId) ?? '', ...morePlansOf(desk, membershipId)]
  const doors = allDoors(desk).filter((door) => {
    const { plan, inductions } = doorRules(desk, door, at)
    return (
      door.direction !== 'out' &&
      plans.some((id) => plan(id).opens) &&
      inductions.every((induction) => hasInduction(desk, memberId, induction.id, at))
    )
  })
  return doors.map((door) => {
    const id = live.newId()
    const { operator, db } = live
    insertOverride(db, { id, memberId, at, until, why, operator, origin: deskId, doorId: door.id, uses: null })
    return id
  })
}

export function barLines(deps: DeskDeps, asked: Args<'late.bar'>): Result<Acted> {
  const { db, operator } = deps.live
  const why = asked.why.trim()
  if (why === '') return refuse('bad-request', lateRefusals.noWhy)
  const barred = new Set<string>()
  return actOn(deps, asked.lines, true, ({ line, person }, act) => {
    const { id: memberId, name } = person
    const at = deps.now()
    // Two payments of one person are one bar.
    if (barred.has(memberId)) return null
    if (barAt(db, memberId, at) !== null) return notDone.barred(name)
    writeBar(db, { memberId, at, until: null, why, operator })
    writeFollowUp(deps, { act, lineId: line.id, memberId, kind: 'barred', text: why, made: [toIso(at)] })
    recordAction(deps, 'member-barred', memberId, { until: null, why, line: line.id })
    barred.add(memberId)
    return null
  })
}
