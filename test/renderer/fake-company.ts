// What the fake desk answers about coming in beside paying: permissions, inductions, guests, people under age, events.
import type { MemberPanel, MemberRow } from '../../src/preload/shapes.ts'
import type { SpaceEventRow } from '../../src/preload/shapes-company.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'

type Company = Pick<
  MemberPanel,
  'overrides' | 'letInOnce' | 'inductions' | 'hosts' | 'guests' | 'minor' | 'unruledMinor'
>

const INDUCTIONS = ['Laser', 'Wood workshop']

/** The second member has a guest, the fourth is somebody's, the fifth is under age; whoever has lapsed may come in by word. */
export function companyOf(world: World, member: MemberRow): Company {
  const { iso, members } = world
  const person = (n: number) => ({ id: members[n]?.id ?? '', name: members[n]?.name ?? '' })
  const given = { at: iso(-40), until: iso(200), by: 'owner', over: false }
  return {
    overrides:
      member.standing === 'lapsed'
        ? [{ id: 'override-1', until: iso(3), why: 'waiting for the bank', by: 'owner', door: null, left: null }]
        : [],
    letInOnce: member.standing === 'frozen' ? 3 : 0,
    inductions: INDUCTIONS.map((name, n) => ({
      id: `induction-${n}`,
      name,
      given: member === members[0] && n === 0 ? given : null,
    })),
    hosts: member === members[3] ? [{ id: 'guest-1', host: person(1), isIn: true, until: iso(2) }] : [],
    guests: member === members[1] ? [{ id: 'guest-1', guest: person(3), until: iso(2) }] : [],
    minor:
      member === members[4]
        ? {
            ofAge: '2031-05-14',
            guardianNeeded: true,
            hours: { id: 'hours-day', name: 'Daytime' },
            guardians: [{ ...person(2), isIn: true }],
          }
        : null,
    unruledMinor: member === members[5],
  }
}

/** Deeds change just enough for the panel to show them. */
export function companyHandlers(
  world: World,
  changed: Map<string, Partial<MemberPanel>>,
  knobs: { refuseEvents: boolean },
): Handlers {
  const done = { ok: true } as const
  const { iso, members } = world
  let events: SpaceEventRow[] = []
  const now = (id: string): Company => {
    const member = members.find((one) => one.id === id)
    if (member === undefined) throw new Error(`The fake desk does not know ${id}`)
    return { ...companyOf(world, member), ...changed.get(id) }
  }
  const change = (id: string, what: Partial<Company>) => {
    changed.set(id, { ...changed.get(id), ...what })
    return done
  }
  const named = (id: string) => ({ id, name: members.find((one) => one.id === id)?.name ?? id })
  const doorNamed = (id: string) => ({ id, name: world.doors.find((one) => one.id === id)?.name ?? id })
  return {
    'access.letInOnce': ({ member, door, why }) => {
      const { overrides, letInOnce } = now(member)
      if (overrides.some(({ left }) => left === 1))
        return no('wrong-state', 'They may come in once already, until 14:20: use that, or end it.')
      const id = 'once-1'
      const until = iso(15 / 1_440)
      const one = { id, until, why, by: 'owner', door: door === null ? null : doorNamed(door), left: 1 }
      change(member, { overrides: [one, ...overrides], letInOnce: letInOnce + 1 })
      return { id, until }
    },
    'inductions.give': ({ member, induction, until }) =>
      change(member, {
        inductions: now(member).inductions.map((one) =>
          one.id === induction
            ? { ...one, given: { at: iso(0), until: until && `${until}T22:00:00.000Z`, by: 'owner', over: false } }
            : one,
        ),
      }),
    'inductions.take': ({ member, induction }) =>
      change(member, {
        inductions: now(member).inductions.map((one) => (one.id === induction ? { ...one, given: null } : one)),
      }),
    'guests.invite': ({ host, guest, until }) => {
      const one = { id: 'guest-2', guest: named(guest), until: `${until}T22:00:00.000Z` }
      change(host, { guests: [...now(host).guests, one] })
      return { id: 'guest-2' }
    },
    'guests.end': ({ id }) => {
      for (const member of members.slice(0, 10)) {
        const { hosts, guests } = now(member.id)
        change(member.id, {
          hosts: hosts.filter((one) => one.id !== id),
          guests: guests.filter((one) => one.id !== id),
        })
      }
      return done
    },
    'members.setMinor': ({ member, ofAge, guardianNeeded, hours, guardians }) =>
      ofAge < '2026'
        ? no('bad-request', 'On that day they were of age already: choose the day on which they come of age.')
        : change(member, {
            unruledMinor: false,
            minor: {
              ofAge,
              guardianNeeded,
              hours: hours === null ? null : { id: hours, name: 'Daytime' },
              guardians: guardians.map((id) => ({ ...named(id), isIn: false })),
            },
          }),
    'members.clearMinor': ({ member }) => change(member, { minor: null }),
    'events.list': () => events,
    'events.save': ({ id, name, doors, members: people, heads }) => {
      if (knobs.refuseEvents) return no('bad-request', 'It has to end after it begins.')
      const row: SpaceEventRow = {
        ...{ id: id ?? `event-${events.length}`, name, from: iso(-0.01), until: iso(0.3), isOn: true },
        doors: doors.map(doorNamed),
        members: people === null ? null : people.map(named),
        heads,
        came: heads === null ? null : 0,
        by: 'owner',
      }
      events = [...events.filter((one) => one.id !== id), row]
      return events
    },
    'events.end': ({ id }) => {
      events = events.filter((one) => one.id !== id)
      return events
    },
  }
}
