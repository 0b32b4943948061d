// What the space puts on ("open day"): made, shown, ended early. It ends by itself.
import type { Args, Reply } from '../../preload/contract.ts'
import type { SpaceEventRow } from '../../preload/shapes-company.ts'
import { companyRefusals, eventRefusals as refusals } from '../domain/company-en.ts'
import { DAY, HOUR, type Ms, readMoment, toIso } from '../domain/time.ts'
import { heads as headsAt } from '../store/counted.ts'
import { doorById, doorNames } from '../store/doors.ts'
import { membersByIds } from '../store/members.ts'
import { readSettings } from '../store/settings.ts'
import { endEvent as end, eventsFrom, insertEvent, type SpaceEvent } from '../store/space-events.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { personHere } from './person-here.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

const LONGEST = 7 * DAY
/** Whoever writes it down while it begins is not told that it is over. */
const JUST_BEGUN = HOUR

/** Those that are on or still to come, the next first. */
export function listEvents(deps: ReadDeps): SpaceEventRow[] {
  const now = deps.now()
  const names = doorNames(deps.desk)
  return eventsFrom(deps.desk, now).map((event) => ({
    id: event.id,
    name: event.name,
    from: toIso(event.from),
    until: toIso(event.until),
    isOn: event.from <= now,
    doors: event.doors.map((id) => ({ id, name: names.get(id) ?? id })),
    members: event.members && membersByIds(deps.desk, event.members).map(({ id, name }) => ({ id, name })),
    heads: event.heads,
    came: event.heads === null ? null : cameTo(deps, event),
    by: event.operator,
  }))
}

function cameTo({ access }: ReadDeps, { id }: SpaceEvent): number {
  return access === null ? 0 : headsAt(access, id, '').count
}

export function makeEvent(deps: DeskDeps, asked: Args<'events.save'>): Result<Reply<'events.save'>> {
  const { db, newId, operator } = deps.live
  const now = deps.now()
  const when = timesOf(asked, readSettings(db).timeZone, now)
  if (typeof when === 'string') return refuse('bad-request', when)
  const name = asked.name.trim()
  if (name === '') return refuse('bad-request', refusals.noName)
  if (asked.doors.some((id) => doorById(db, id) === null)) return refuse('not-found', companyRefusals.noDoor)
  if (asked.members?.length === 0) return refuse('bad-request', refusals.nobody)
  for (const id of asked.members ?? []) {
    const person = personHere(deps, id)
    if (!person.ok) return person
  }
  const { doors, members, heads } = asked
  const event: SpaceEvent = { id: newId(), name, ...when, doors, members, heads, operator }
  db.transaction(() => {
    insertEvent(db, event, now)
    const [from, until] = [toIso(event.from), toIso(event.until)]
    recordAction(deps, 'event-made', event.id, { name, from, until, doors, members, heads })
  }).immediate()
  deps.live.push('members', {})
  return done(listEvents(deps))
}

/** A sentence where they make no sense. */
function timesOf(asked: Args<'events.save'>, zone: string, now: Ms): { from: Ms; until: Ms } | string {
  const from = readMoment(asked.from, zone, 'start')
  const until = readMoment(asked.until, zone, 'end')
  if (from === null) return refusals.noMoment(asked.from)
  if (until === null) return refusals.noMoment(asked.until)
  if (from < now - JUST_BEGUN || until <= now) return refusals.begun
  if (until <= from) return refusals.backwards
  if (until - from > LONGEST) return refusals.tooLong
  return { from, until }
}

export function endEvent(deps: DeskDeps, id: string): Result<Reply<'events.end'>> {
  const { db } = deps.live
  const ended = db
    .transaction(() => {
      if (!end(db, id, deps.now())) return false
      recordAction(deps, 'event-ended', id)
      return true
    })
    .immediate()
  if (!ended) return refuse('wrong-state', refusals.gone)
  deps.live.push('members', {})
  return done(listEvents(deps))
}
