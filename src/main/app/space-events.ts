// What the space puts on ("open day"): made, shown, changed, ended early. It ends by itself.
import type { Args, Reply } from '../../preload/contract.ts'
import type { SpaceEventRow } from '../../preload/shapes-company.ts'
import { companyRefusals, eventRefusals as refusals } from '../domain/company-en.ts'
import { DAY, HOUR, MINUTE, type Ms, readMoment, toIso } from '../domain/time.ts'
import { heads as headsAt } from '../store/counted.ts'
import { doorById, doorNames } from '../store/doors.ts'
import { membersByIds } from '../store/members.ts'
import { readSettings } from '../store/settings.ts'
import { endEvent as end, eventsFrom, insertEvent, type SpaceEvent, updateEvent } from '../store/space-events.ts'
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

/** A new one, or with `id` one that is not over yet. What doors have granted by it stands in their log as it was. */
export function saveEvent(deps: DeskDeps, asked: Args<'events.save'>): Result<Reply<'events.save'>> {
  const { db, newId, operator } = deps.live
  const now = deps.now()
  const before = asked.id === undefined ? null : (eventsFrom(db, now).find(({ id }) => id === asked.id) ?? null)
  if (asked.id !== undefined && before === null) return refuse('wrong-state', refusals.gone)
  const when = timesOf(asked, before, readSettings(db).timeZone, now)
  if (typeof when === 'string') return refuse('bad-request', when)
  const name = asked.name.trim()
  if (name === '') return refuse('bad-request', refusals.noName)
  if (asked.doors.some((id) => doorById(db, id) === null)) return refuse('not-found', companyRefusals.noDoor)
  if (asked.members?.length === 0) return refuse('bad-request', refusals.nobody)
  for (const id of asked.members ?? []) {
    if (before?.members?.includes(id)) continue
    const person = personHere(deps, id)
    if (!person.ok) return person
  }
  const { doors, members, heads } = asked
  const event: SpaceEvent = {
    ...{ id: before?.id ?? newId(), name, ...when, doors, members, heads },
    operator: before?.operator ?? operator,
  }
  db.transaction(() => {
    if (before === null) insertEvent(db, event, now)
    else updateEvent(db, event)
    const [from, until] = [toIso(event.from), toIso(event.until)]
    const action = before === null ? 'event-made' : 'event-changed'
    recordAction(deps, action, event.id, { name, from, until, doors, members, heads })
  }).immediate()
  deps.live.push('members', {})
  return done(listEvents(deps))
}

/** A sentence where they make no sense. One that is on keeps the beginning that it had. */
function timesOf(
  asked: Args<'events.save'>,
  before: SpaceEvent | null,
  zone: string,
  now: Ms,
): { from: Ms; until: Ms } | string {
  const given = readMoment(asked.from, zone, 'start')
  const until = readMoment(asked.until, zone, 'end')
  if (given === null) return refusals.noMoment(asked.from)
  if (until === null) return refusals.noMoment(asked.until)
  // A form knows no seconds.
  const from = before !== null && Math.abs(given - before.from) < MINUTE ? before.from : given
  if (from !== before?.from && from < now - JUST_BEGUN) return refusals.begun
  if (until <= from) return refusals.backwards
  if (until <= now) return refusals.over
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
