// What the contract says of devices at doors: what they hold, how that differs from what they should, how they are.
import { z } from 'zod'
import { CREDENTIAL_STATES } from '../main/domain/credential.ts'
import { iso, isoOrNull } from './shapes-basic.ts'
import { feedRow } from './shapes-doors.ts'

z.config({ jitless: true })

const person = z.object({ id: z.string(), name: z.string() })

/** A card as the device stores it, and whose it is or was. */
const deviceCard = z.object({
  card: z.string(),
  canonical: z.string().nullable(),
  member: person.nullable(),
  state: z.enum(CREDENTIAL_STATES).nullable(),
})

export const adoption = z.object({
  door: person,
  /** Who else is set to hear of its swipes. */
  otherDesk: z.string().nullable(),
  adoptedAt: isoOrNull,
  /** Cards of people who are here; `opens` whether they open this door after the take-over. */
  matched: z.array(deviceCard.extend({ opens: z.boolean() })),
  /** Cards of nobody: they are taken off by the take-over. */
  unknown: z.array(deviceCard),
  /** Cards that should open this door and are not there yet. */
  missing: z.array(deviceCard),
  /** People who come in certain hours only, where the device keeps none and nobody has said what then. */
  inHours: z.number(),
})

/** What is still to be done at a device; `remove` is a card that it still opens for. */
const difference = deviceCard.extend({ change: z.enum(['remove', 'change', 'add']), since: iso })

export const parity = z.object({
  adopted: z.boolean(),
  otherDesk: z.string().nullable(),
  readAt: isoOrNull,
  /** How many cards it should hold and how many it does, each with a fingerprint of the whole list: equal ones are equal
   * lists. */
  wanted: z.object({ cards: z.number(), hash: z.string() }),
  held: z.object({ cards: z.number(), hash: z.string() }),
  toRemove: z.number(),
  toRemoveSince: isoOrNull,
  differing: z.number(),
  /** The most urgent ones. */
  differences: z.array(difference),
  /** What was taken away and seen to be gone, the newest first. */
  receipts: z.array(deviceCard.extend({ since: iso, landedAt: iso })),
})

export const doorHealth = z.object({
  id: z.string(),
  name: z.string(),
  driver: z.string(),
  /** Where it is, without a password; null for a door that asks us. */
  device: z.string().nullable(),
  online: z.boolean(),
  lastSeenAt: isoOrNull,
  firmware: z.string().nullable(),
  /** Its clock less ours. */
  clockOffSeconds: z.number().nullable(),
  /** What is wrong with it and what to do. */
  trouble: z.string().nullable(),
  /** How long answers took today, in milliseconds. */
  times: z.object({ count: z.number(), p50: z.number(), p99: z.number() }).nullable(),
  keyholders: z.number(),
  /** Fewer than a door should have. */
  fewKeyholders: z.boolean(),
  /** Somebody should look. */
  amiss: z.boolean(),
  canOpen: z.boolean(),
  parity: parity.nullable(),
  /** When it was last opened from the desk, to see that it does. */
  triedAt: isoOrNull,
  /** Since the evening before. */
  overnight: z.object({ came: z.number(), refused: z.number(), told: z.number() }),
  lastEvents: z.array(feedRow),
})

export type Adoption = z.infer<typeof adoption>
export type Parity = z.infer<typeof parity>
export type DoorHealth = z.infer<typeof doorHealth>
export type DeviceCard = z.infer<typeof deviceCard>
