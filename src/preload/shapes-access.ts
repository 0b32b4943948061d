// What the contract says of who may open what and when: hours, holidays, groups of doors, inductions.
import { z } from 'zod'

z.config({ jitless: true })

/** `days` 1 = Monday to 7; `from` and `to` as HH:MM. One that ends before it begins runs into the next day. */
export const hoursWindow = z.object({ days: z.array(z.number().int()), from: z.string(), to: z.string() })

export const hours = z.object({
  id: z.string(),
  name: z.string(),
  windows: z.array(hoursWindow),
  /** "Mon–Fri 08:00–18:00, Sat 10:00–16:00" */
  says: z.string(),
  /** What goes by them, in words. */
  usedBy: z.array(z.string()),
})

/** `day` is local, YYYY-MM-DD. */
export const holiday = z.object({ day: z.string(), name: z.string() })

/** A plan that opens a door or a group; `hours` null: in its own, where it has some. */
export const planAccess = z.object({ plan: z.string(), hours: z.string().nullable() })

export const group = z.object({
  id: z.string(),
  name: z.string(),
  doors: z.array(z.string()),
  /** null: open to every plan, as far as the group goes. */
  plans: z.array(planAccess).nullable(),
})

export const induction = z.object({
  id: z.string(),
  name: z.string(),
  /** Names of the doors that ask for it. */
  doors: z.array(z.string()),
})

/** What a door asks, as it works out from its own plans, those of its groups, and hours. */
export const doorAccess = z.object({
  /** Of the plans that it names itself. */
  hours: z.array(planAccess),
  /** `every`: then `plans` are those that open it in certain hours only. `hours` in words, null for all. */
  opensFor: z.object({
    every: z.boolean(),
    plans: z.array(z.object({ plan: z.string(), name: z.string(), hours: z.string().nullable() })),
  }),
  groups: z.array(z.object({ id: z.string(), name: z.string(), restricts: z.boolean() })),
  inductions: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Which way people pass by its reader; null where that is not known. */
  direction: z.enum(['in', 'out']).nullable(),
  /** Lets nobody in twice who has not gone out between. */
  antiPassback: z.boolean(),
})

export type Hours = z.infer<typeof hours>
export type HoursWindow = z.infer<typeof hoursWindow>
export type Holiday = z.infer<typeof holiday>
export type PlanAccess = z.infer<typeof planAccess>
export type Group = z.infer<typeof group>
export type Induction = z.infer<typeof induction>
export type DoorAccess = z.infer<typeof doorAccess>
