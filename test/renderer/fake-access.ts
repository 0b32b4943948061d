// What the fake desk answers about who may open what and when: a few hours, holidays, a group, an induction.
import type { Group, Holiday, Hours, Induction } from '../../src/preload/shapes-access.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'

const OFFICE = 'Mon–Fri 08:00–18:00, Sat 10:00–16:00'

export function accessHandlers(world: World): Handlers {
  const done = { ok: true } as const
  let hours: Hours[] = [
    {
      id: 'hours-day',
      name: 'Daytime',
      windows: [
        { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' },
        { days: [6], from: '10:00', to: '16:00' },
      ],
      says: OFFICE,
      usedBy: ['the plan Community', 'the door Workshop'],
    },
    {
      id: 'hours-night',
      name: 'Nights and weekends',
      windows: [
        { days: [1, 2, 3, 4, 5], from: '18:00', to: '06:00' },
        { days: [6, 7], from: '00:00', to: '00:00' },
      ],
      says: 'Mon–Fri 18:00–06:00, Sat–Sun all day',
      usedBy: [],
    },
  ]
  let holidays: Holiday[] = [
    { day: '2020-01-01', name: 'New Year' },
    { day: `${new Date(Date.parse(world.iso(400))).getUTCFullYear()}-12-25`, name: 'Christmas' },
  ]
  let groups: Group[] = [
    { id: 'group-1', name: 'Machines', doors: ['workshop'], plans: [{ plan: 'plan-4', hours: null }] },
  ]
  let inductions: Induction[] = [
    { id: 'induction-1', name: 'Laser cutter', doors: ['Workshop'] },
    { id: 'induction-2', name: 'Kiln', doors: [] },
  ]
  const doorOf = (id: string) => world.doors.find((one) => one.id === id)
  const saysOf = (id: string | null) => hours.find((one) => one.id === id)?.says ?? null
  const putIn = <T extends { id: string }>(list: T[], one: T) => [...list.filter(({ id }) => id !== one.id), one]
  return {
    'hours.list': () => hours,
    'hours.save': ({ id, name, windows }) => {
      if (windows.some(({ from }) => !/^\d\d:\d\d$/.test(from)))
        return no('bad-request', 'Write hours as 09:00 or 17:30.')
      const saved = { id: id ?? `hours-${hours.length}`, name, windows, says: OFFICE, usedBy: [] }
      hours = putIn(hours, saved)
      return saved
    },
    'hours.remove': ({ id }) => {
      const one = hours.find((other) => other.id === id)
      if (one !== undefined && one.usedBy.length > 0)
        return no('wrong-state', 'Daytime is in use by the plan Community: choose other hours there first.')
      hours = hours.filter((other) => other.id !== id)
      return done
    },
    'holidays.get': () => holidays,
    'holidays.set': (asked) => {
      holidays = asked.holidays.toSorted((a, b) => a.day.localeCompare(b.day))
      return holidays
    },
    'groups.list': () => groups,
    'groups.save': ({ id, name, doors, plans }) => {
      const named = plans?.map((one) => (typeof one === 'string' ? { plan: one, hours: null } : { ...one })) ?? null
      const saved = { id: id ?? `group-${groups.length + 1}`, name, doors, plans: named }
      groups = putIn(groups, saved)
      return saved
    },
    'groups.remove': ({ id }) => {
      groups = groups.filter((one) => one.id !== id)
      return done
    },
    'inductions.list': () => inductions,
    'inductions.save': ({ id, name }) => {
      const saved = { id: id ?? `induction-${inductions.length + 1}`, name, doors: [] }
      inductions = putIn(inductions, saved)
      return saved
    },
    'inductions.remove': ({ id }) => {
      const one = inductions.find((other) => other.id === id)
      if (one !== undefined && one.doors.length > 0)
        return no('wrong-state', 'Workshop asks for it: take it off there first.')
      inductions = inductions.filter((other) => other.id !== id)
      return done
    },
    'doors.set': ({ id, antiPassback, ...change }) => {
      const door = doorOf(id)
      if (door === undefined) return no('not-found', 'There is no such door.')
      if (antiPassback === true && !world.doors.some(({ direction }) => direction === 'out'))
        return no('wrong-state', 'Nobody is seen to leave yet: first say of a door that its reader is on the way out.')
      return Object.assign(door, change, { antiPassback: antiPassback ?? door.antiPassback })
    },
    'doors.setPlans': ({ id, plans }) => {
      const door = doorOf(id)
      if (door === undefined) return no('not-found', 'There is no such door.')
      door.hours = plans?.map((one) => (typeof one === 'string' ? { plan: one, hours: null } : { ...one })) ?? []
      door.plans = plans === null ? null : door.hours.map(({ plan }) => plan)
      door.opensFor = {
        every: plans === null,
        plans: door.hours.map(({ plan, hours: given }) => ({
          plan,
          name: world.plans.find((one) => one.id === plan)?.name ?? plan,
          hours: saysOf(given),
        })),
      }
      return door
    },
    'doors.setInductions': ({ id, inductions: wanted }) => {
      const door = doorOf(id)
      if (door === undefined) return no('not-found', 'There is no such door.')
      door.inductions = inductions.filter((one) => wanted.includes(one.id)).map(({ id, name }) => ({ id, name }))
      return door
    },
  }
}
