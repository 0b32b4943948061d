// What the member panel shows of coming in beside paying: permissions, inductions, hosts and guests, rules under age.
import type { MemberPanel } from '../../preload/shapes.ts'
import { isIn } from '../domain/presence.ts'
import { sayUntil } from '../domain/say.ts'
import { DAY, toIso, toLocal } from '../domain/time.ts'
import { guestsOf, hostsOf, minorAt } from '../store/companions.ts'
import { presenceOf } from '../store/counted.ts'
import { doorNames } from '../store/doors.ts'
import { allInductions, inductionsOf } from '../store/inductions.ts'
import { memberById } from '../store/members.ts'
import { singlePassesSince } from '../store/overrides.ts'
import { scheduleById } from '../store/schedules.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { permissionsOf } from './permissions.ts'
import { voiceOf } from './sentences.ts'
import { isUnruledMinor } from './under-age.ts'

type Company = Pick<
  MemberPanel,
  'overrides' | 'letInOnce' | 'inductions' | 'hosts' | 'guests' | 'minor' | 'unruledMinor'
>

export function companyOf(deps: ReadDeps, memberId: string): Company {
  const { desk } = deps
  const now = deps.now()
  const names = doorNames(desk)
  const person = (id: string) => ({ id, name: memberById(desk, id)?.name ?? '' })
  const given = inductionsOf(desk, memberId)
  return {
    overrides: permissionsOf(deps, memberId, now).map(({ id, until, why, operator, doorId, left }) => ({
      id,
      until: toIso(until),
      why,
      by: operator,
      door: doorId === null ? null : { id: doorId, name: names.get(doorId) ?? doorId },
      left,
    })),
    letInOnce: singlePassesSince(desk, memberId, now - 30 * DAY),
    inductions: allInductions(desk).map(({ id, name }) => {
      const one = given.find((other) => other.id === id)
      if (one === undefined) return { id, name, given: null }
      const over = one.until !== null && one.until <= now
      return { id, name, given: { at: toIso(one.at), until: toIso(one.until), by: one.operator, over } }
    }),
    hosts: hostsOf(desk, memberId, now).map(({ id, hostId, until }) => ({
      id,
      host: person(hostId),
      isIn: isInside(deps, hostId),
      until: toIso(until),
    })),
    guests: guestsOf(desk, memberId, now).map((guest) => ({
      id: guest.id,
      guest: person(guest.memberId),
      until: toIso(guest.until),
    })),
    minor: minorOf(deps, memberId),
    unruledMinor: isUnruledMinor(deps, memberId),
  }
}

function minorOf(deps: ReadDeps, memberId: string): Company['minor'] {
  const minor = minorAt(deps.desk, memberId, deps.now())
  if (minor === null) return null
  const { timeZone } = readSettings(deps.desk)
  const hours = minor.scheduleId === null ? null : scheduleById(deps.desk, minor.scheduleId)
  return {
    ofAge: toLocal(minor.ofAge, timeZone).day.date,
    guardianNeeded: minor.guardianNeeded,
    hours: hours === null ? null : { id: hours.id, name: hours.name },
    guardians: minor.guardians.map((id) => ({
      id,
      name: memberById(deps.desk, id)?.name ?? '',
      isIn: isInside(deps, id),
    })),
  }
}

export function isInside({ access, now }: ReadDeps, memberId: string): boolean {
  return access !== null && isIn(presenceOf(access, memberId), now())
}

/** Of somebody who is only somebody's guest: whose, and until when. */
export function invitedBy(deps: ReadDeps, memberId: string): { host: string; until: string } | null {
  const [last] = hostsOf(deps.desk, memberId, deps.now())
  if (last === undefined) return null
  return {
    host: memberById(deps.desk, last.hostId)?.name ?? '',
    until: sayUntil(last.until, voiceOf(deps)),
  }
}
