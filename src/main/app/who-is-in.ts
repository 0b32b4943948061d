// Who is in, where doors see people leave; else who came in today. That is personal: whoever looks stands in the log.
import type { Reply } from '../../preload/contract.ts'
import { isIn, STAYS } from '../domain/presence.ts'
import { startOfLocalDay, toIso, toLocal } from '../domain/time.ts'
import { hasDone } from '../store/actions.ts'
import { letThroughSince } from '../store/counted.ts'
import { allDoors, doorNames } from '../store/doors.ts'
import { hiddenPeople } from '../store/hidden.ts'
import { memberById } from '../store/members.ts'
import { personNow } from '../store/people-merge.ts'
import { readSettings } from '../store/settings.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { recordAction } from './record-action.ts'

/** As many faces as a screen could ever show. */
const SHOWN = 60

/** Logged once for each operator and local day: a screen asks again with every swipe. */
export function readWhoIsIn(deps: DeskDeps): Reply<'feed.today'> {
  const { db, operator } = deps.live
  const today = toLocal(deps.now(), readSettings(db).timeZone).day.date
  const read = { operator, kind: 'who-is-in-read', subject: today } as const
  if (!hasDone(db, read)) db.transaction(() => recordAction(deps, read.kind, today)).immediate()
  return whoIsIn(deps)
}

/** Whoever is hidden counts and is not named. */
export function whoIsIn(deps: ReadDeps): Reply<'feed.today'> {
  const { access, desk } = deps
  const now = deps.now()
  const exits = allDoors(desk).some(({ direction }) => direction === 'out')
  const shows = exits ? ('in' as const) : ('today' as const)
  if (access === null) return { shows, count: 0, people: [] }
  const since = exits ? now - STAYS : startOfLocalDay(now, readSettings(desk).timeZone)
  const seen = letThroughSince(access, since).filter((presence) => !exits || isIn(presence, now))
  const names = doorNames(desk)
  const people = new Map<string, Reply<'feed.today'>['people'][number]>()
  for (const { memberId, at, doorId } of seen) {
    const id = personNow(desk, memberId)
    const member = id === null ? null : memberById(desk, id)
    if (member === null || people.has(member.id)) continue
    people.set(member.id, { id: member.id, name: member.name, at: toIso(at), door: names.get(doorId) ?? doorId })
  }
  const hidden = hiddenPeople(desk)
  const named = [...people.values()].filter(({ id }) => !hidden.has(id))
  return { shows, count: people.size, people: named.slice(0, SHOWN) }
}
