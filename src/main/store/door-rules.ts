// What a door asks, as it stands in desk.db. Read once for each revision: a check reads only what is about the person.
import type { Hours } from '../domain/schedule.ts'
import type { Policy } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import { groupsOfDoor, type PlanAccess } from './door-groups.ts'
import { orderAt, orderThen, type StoredOrder } from './door-orders.ts'
import { type Door, plansOfDoor } from './doors.ts'
import { type Induction, inductionsOfDoor } from './inductions.ts'
import type { ReadDb } from './open.ts'
import { extensionsOfDoor, extensionsThen, type OutageExtension } from './outage-extensions.ts'
import { allPlans, type Plan } from './plans.ts'
import { allHolidays, allSchedules } from './schedules.ts'
import { policyFrom, readRevision, readSettings } from './settings.ts'
import { eventsFrom, eventsThen, type SpaceEvent } from './space-events.ts'
import { sql } from './statement.ts'

/** `opens` false: the plan does not open this door. `hours` null: at all hours. */
export type PlanAtDoor = { opens: boolean; hours: Hours | null; visits: Pick<Plan, 'visits' | 'visitsPer'> | null }

export type DoorRules = {
  revision: number
  policy: Policy
  holidays: ReadonlySet<string>
  inductions: Induction[]
  /** What a manager has said of this door; each may have run out since. */
  order: StoredOrder | null
  extensions: OutageExtension[]
  /** Those at this door that are on or still to come. */
  events: SpaceEvent[]
  plan(id: string): PlanAtDoor
  schedule(id: string): Hours | null
  /** Whether anybody at all is a guest, or not of age, or has a subscription of several plans. */
  anyGuests: boolean
  anyMinors: boolean
  anyMorePlans: boolean
}

/** Until when a manager lets stale data hold there; null for not at all. */
export function extendedTo({ extensions }: DoorRules, now: Ms): Ms | null {
  return extensions.find(({ until }) => until > now)?.until ?? null
}

/** `from`: the moment that they were read at. What was over by then is not among them. */
type Kept = { revision: number; byDoor: Map<string, { from: Ms; rules: DoorRules }> }

const kept = new WeakMap<ReadDb, Kept>()

/** In the caller's read transaction, so that rules and rows belong together. */
export function doorRules(db: ReadDb, door: Door, now: Ms): DoorRules {
  const revision = readRevision(db)
  let at = kept.get(db)
  if (at?.revision !== revision) {
    at = { revision, byDoor: new Map() }
    kept.set(db, at)
  }
  const known = at.byDoor.get(door.id)
  if (known !== undefined && now >= known.from) return known.rules
  const rules = readRules(db, door, revision, now)
  at.byDoor.set(door.id, { from: now, rules })
  return rules
}

/** As they stand, with those orders, extensions and events that held at a moment that is past. */
export function doorRulesThen(db: ReadDb, door: Door, at: Ms): DoorRules {
  return {
    ...readRules(db, door, readRevision(db), at),
    anyMorePlans: true,
    order: orderThen(db, door.id, at),
    extensions: extensionsThen(db, door, at),
    events: eventsThen(db, at).filter(({ doors }) => doors.length === 0 || doors.includes(door.id)),
  }
}

function readRules(db: ReadDb, door: Door, revision: number, now: Ms): DoorRules {
  const schedules = new Map(allSchedules(db).map(({ id, windows }) => [id, windows]))
  const schedule = (id: string | null): Hours | null => (id === null ? null : (schedules.get(id) ?? null))
  const plans = plansAtDoor(db, door, schedule)
  const any = (table: string) => sql(db, `SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined
  return {
    revision,
    policy: policyFrom(readSettings(db)),
    holidays: new Set(allHolidays(db).map(({ day }) => day)),
    inductions: inductionsOfDoor(db, door.id),
    order: orderAt(db, door.id, now),
    extensions: extensionsOfDoor(db, door, now),
    events: eventsFrom(db, now).filter(({ doors }) => doors.length === 0 || doors.includes(door.id)),
    plan: (id) => plans.get(id) ?? { opens: !plans.restricted, hours: null, visits: null },
    schedule,
    anyGuests: any('guest'),
    anyMinors: any('minor'),
    anyMorePlans: any('membership_plan'),
  }
}

/** A door opens to every plan until it, or a group that it is in, is restricted; then to those that one of them names. */
function plansAtDoor(db: ReadDb, door: Door, schedule: (id: string | null) => Hours | null) {
  const groups = groupsOfDoor(db, door.id)
  const restricted = door.restricted || groups.some(({ plans }) => plans !== null)
  const named: PlanAccess[] = [
    ...(door.restricted ? plansOfDoor(db, door.id) : []),
    ...groups.flatMap(({ plans }) => plans ?? []),
  ]
  const plans = new Map(
    allPlans(db).map((plan): [string, PlanAtDoor] => {
      const ways = named.filter((one) => one.plan === plan.id)
      const hours = (restricted ? ways : [{ schedule: null }]).map((way) => schedule(way.schedule ?? plan.scheduleId))
      return [
        plan.id,
        {
          opens: hours.length > 0,
          hours: hours.includes(null) ? null : hours.flatMap((one) => one ?? []),
          visits: plan.visits === null ? null : { visits: plan.visits, visitsPer: plan.visitsPer },
        },
      ]
    }),
  )
  return Object.assign(plans, { restricted })
}
