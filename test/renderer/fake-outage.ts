// What the fake desk answers about an outage of Stripe and about doors that somebody has to look at.
import type { DoorAlarm } from '../../src/preload/shapes-doors.ts'
import type { OutageForecast } from '../../src/preload/shapes-outage.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'

export type Outage = {
  forecast: OutageForecast
  alarms: DoorAlarm[]
  /** At the door of that number, so many minutes ago. */
  alarm: (door: number, kind: DoorAlarm['kind'], minutes: number) => DoorAlarm
}

export function createOutage({ iso, members, doors }: World): Outage {
  const people = [3, 17, 21, 36].flatMap((n) => {
    const member = members[n]
    return member === undefined ? [] : [{ id: member.id, name: member.name, doors: n === 21 ? ['Workshop'] : null }]
  })
  const alarm = (n: number, kind: DoorAlarm['kind'], minutes: number): DoorAlarm => {
    const { id, name } = doors[n] ?? { id: 'front', name: 'Front door' }
    return { seq: 90 - minutes, at: iso(-minutes / 1_440), door: { id, name }, kind }
  }
  return {
    forecast: {
      offlineSince: iso(-3 / 24),
      refused: { count: 0, people: [] },
      first: { at: iso(2 + 4.2 / 24), count: 4, people },
      next: [
        { at: iso(2.5), count: 2 },
        { at: iso(3.3), count: 1_204 },
        { at: iso(9), count: 17 },
      ],
      extensions: [],
    },
    alarms: [],
    alarm,
  }
}

export function outageHandlers({ doors }: World, outage: Outage): Handlers {
  const { forecast } = outage
  return {
    'outage.forecast': () => forecast,
    'outage.extend': ({ door, until, why }) => {
      if (until < '2026-01-01') return no('bad-request', 'That moment is over: choose a day that is still to come.')
      const at = `${until}T23:00:00.000Z`
      const known = doors.find(({ id }) => id === door)
      const where = known === undefined ? null : { id: known.id, name: known.name }
      forecast.extensions = [{ id: 'extension-1', door: where, until: at, why, by: 'owner' }]
      forecast.first = null
      forecast.next = []
      return { id: 'extension-1' }
    },
    'outage.endExtension': () => {
      forecast.extensions = []
      return { ok: true }
    },
    'doors.setAllowance': ({ id, days }) => {
      const door = doors.find((one) => one.id === id)
      if (door === undefined) return no('not-found', 'There is no such door.')
      door.allowanceDays = days
      return door
    },
    'doors.alarms': () => outage.alarms,
    'doors.seen': ({ door, kind }) => {
      outage.alarms = outage.alarms.filter((one) => one.door.id !== door || one.kind !== kind)
      return { ok: true }
    },
  }
}
