// What the contract says of who may come in beside paying: by word, with whom, after which induction, at what the space
// puts on.
import { z } from 'zod'
import { iso, isoOrNull, named, person } from './shapes-basic.ts'

z.config({ jitless: true })

/** Of the member panel. */
export const companyParts = {
  /** Access by a person's word, whatever the payments say; the longest first. `door` null: at every door. `left`: how many
   * times still, null for as often as they like. */
  overrides: z.array(
    z.object({
      id: z.string(),
      until: iso,
      why: z.string(),
      by: z.string(),
      door: named.nullable(),
      left: z.number().nullable(),
    }),
  ),
  /** Times that they were let in once in the last 30 days. */
  letInOnce: z.number(),
  /** Every induction that there is. `given` null: they were not shown how. */
  inductions: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      given: z.object({ at: iso, until: isoOrNull, by: z.string(), over: z.boolean() }).nullable(),
    }),
  ),
  /** Whose guest they are, and who are theirs. */
  hosts: z.array(z.object({ id: z.string(), host: person, isIn: z.boolean(), until: iso })),
  guests: z.array(z.object({ id: z.string(), guest: person, until: iso })),
  /** Null for everybody who is of age. `ofAge` is a local day, `hours` null for all. */
  minor: z
    .object({
      ofAge: z.string(),
      guardianNeeded: z.boolean(),
      hours: named.nullable(),
      guardians: z.array(person.extend({ isIn: z.boolean() })),
    })
    .nullable(),
  /** Under age by their birth date, and no such rules were set. */
  unruledMinor: z.boolean(),
}

export const spaceEvent = z.object({
  id: z.string(),
  name: z.string(),
  from: iso,
  until: iso,
  isOn: z.boolean(),
  /** None: every door. */
  doors: z.array(named),
  /** Null: everyone with a card of ours. */
  members: z.array(person).nullable(),
  /** How many people at most; null: as many as come. `came`: how many so far, where they are counted. */
  heads: z.number().nullable(),
  came: z.number().nullable(),
  by: z.string(),
})

export type SpaceEventRow = z.infer<typeof spaceEvent>
