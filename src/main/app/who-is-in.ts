// Who is in, where doors see people leave; else who came in today.
import type { Reply } from '../../preload/contract.ts'
import { isIn, STAYS } from '../domain/presence.ts'
import { type Ms, startOfLocalDay, toIso } from '../domain/time.ts'
import { grantsSince } from '../store/access-log.ts'
import { presenceOf } from '../store/counted.ts'
import { allDoors, doorNames } from '../store/doors.ts'
import { memberById } from '../store/members.ts'
import type { ReadDb } from '../store/open.ts'
import { personNow } from '../store/people-merge.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'

/** As many faces as a screen could ever show. */
const SHOWN = 60

type Seen = { memberId: string; at: Ms; doorId: string }

export function whoIsIn(deps: ReadDeps): Reply<'feed.today'> {
  const { access, desk } = deps
  const now = deps.now()
  const exits = allDoors(desk).some(({ direction }) => direction === 'out')
  const shows = exits ? ('in' as const) : ('today' as const)
  if (access === null) return { shows, count: 0, people: [] }
  const seen = exits ? insideNow(access, now) : grantsSince(access, startOfLocalDay(now, readSettings(desk).timeZone))
  const names = doorNames(desk)
  const people = new Map<string, Reply<'feed.today'>['people'][number]>()
  for (const { memberId, at, doorId } of seen) {
    const id = personNow(desk, memberId)
    const member = id === null ? null : memberById(desk, id)
    if (member === null || people.has(member.id)) continue
    people.set(member.id, { id: member.id, name: member.name, at: toIso(at), door: names.get(doorId) ?? doorId })
  }
  return { shows, count: people.size, people: [...people.values()].slice(0, SHOWN) }
}

/** Looked for among those whom the log has let through lately, which is less than everybody who ever came. */
function insideNow(access: ReadDb, now: Ms): Seen[] {
  return grantsSince(access, now - STAYS).flatMap(({ memberId }) => {
    const presence = presenceOf(access, memberId)
    return presence !== null && isIn(presence, now) ? [{ memberId, at: presence.at, doorId: presence.doorId }] : []
  })
}
