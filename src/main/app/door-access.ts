// What a door asks of whoever wants in, as it goes by it itself: plans and hours from the door and its groups, inductions.
import type { DoorAccess } from '../../preload/shapes-access.ts'
import { sayHours } from '../domain/say-hours.ts'
import { groupsOfDoor } from '../store/door-groups.ts'
import { doorRules } from '../store/door-rules.ts'
import { type Door, plansOfDoor } from '../store/doors.ts'
import { allPlans } from '../store/plans.ts'
import type { ReadDeps } from './deps.ts'

export function accessOfDoor({ desk: db, now }: ReadDeps, door: Door): DoorAccess {
  return db.transaction(() => {
    const rules = doorRules(db, door, now())
    const groups = groupsOfDoor(db, door.id)
    const every = !door.restricted && groups.every(({ plans }) => plans === null)
    const plans = allPlans(db).flatMap(({ id, name }) => {
      const { opens, hours } = rules.plan(id)
      const needsNoWord = every && hours === null
      return opens && !needsNoWord ? [{ plan: id, name, hours: hours === null ? null : sayHours(hours) }] : []
    })
    const named = door.restricted ? plansOfDoor(db, door.id) : []
    return {
      hours: named.map(({ plan, schedule }) => ({ plan, hours: schedule })),
      opensFor: { every, plans },
      groups: groups.map(({ id, name, plans: limits }) => ({ id, name, restricts: limits !== null })),
      inductions: rules.inductions,
      direction: door.direction,
      antiPassback: door.antiPassback,
    }
  })()
}
