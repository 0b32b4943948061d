// Paying and never coming, by membership: what it brings a month, and since when nobody of it was seen.
import type { IdleRow } from '../../preload/shapes-worklists.ts'
import { sayDay } from '../domain/say.ts'
import { toIso } from '../domain/time.ts'
import { leaksWords as words } from '../domain/worklists-en.ts'
import { payerOf } from '../store/membership-seats.ts'
import { planById } from '../store/plans.ts'
import { coveringOf } from '../store/worklists.ts'
import { IDLE, type Idle, type SeenAtDoors } from './seen-at-doors.ts'
import { contactOf, type Looked, personNamed, writeTo } from './worklist-people.ts'

/** By membership; none is told before doors told for long enough. Who is not to be named is asked now: whoever is kept by
 * the id of then may be merged since. */
export function whoIsIdle(
  { idle, begins, at }: SeenAtDoors,
  { deps, now, voice, hidden }: Pick<Looked, 'deps' | 'now' | 'voice' | 'hidden'>,
): { shown: Idle[]; hidden: number; notYet: string | null } {
  const covering = [...coveringOf(deps.desk, [...hidden], now).values()].flat()
  const unnamed = new Set(covering.map(({ entitlement }) => entitlement.membershipId))
  const shown = idle.filter(({ membershipId }) => !unnamed.has(membershipId))
  const early = begins !== null && begins > at - IDLE ? words.tooEarly(sayDay(begins, voice)) : null
  return { shown, hidden: idle.length - shown.length, notYet: begins === null ? words.noDoors : early }
}

export function idleRow({ begins }: SeenAtDoors, { deps, voice }: Pick<Looked, 'deps' | 'voice'>, idle: Idle): IdleRow {
  const { membershipId, planId, people, last, from, perMonth } = idle
  const who = payerOf(deps.desk, membershipId)?.id ?? people[0]?.memberId ?? ''
  const contact = contactOf(deps, who)
  const never = (since: string) =>
    begins === null || begins <= from ? words.never(since) : words.notSeen(since, sayDay(begins, voice))
  const told = last === null ? never(sayDay(from, voice)) : words.lastIn(sayDay(last, voice))
  return {
    id: membershipId,
    member: personNamed(deps, who),
    sentence: people.length === 1 ? told : `${words.nobodyOf(people.length)} ${told}`,
    plan: planById(deps.desk, planId)?.name ?? '',
    since: toIso(last ?? from),
    perMonth,
    contact,
    next: writeTo(contact),
  }
}
