// The time profiles of a UHPPOTE board: what one means with all that it is linked to, and one for whatever is wanted. A
// profile that any card uses is never written over: something else gets another number, and the cards follow.
import { DeviceSilent } from '../controller.ts'
import type { Profile } from './uhppote-frames.ts'
import { always, clockOf, FIRST, LAST, minutesOf, type Right, SPANS_IN_A_RULE } from './uhppote-rights.ts'
import type { Wire } from './uhppote-wire.ts'

/** 0 is no right and 1 is always. */
const IDS = Array.from({ length: 253 }, (_, n) => n + 2)
const UNUSED = ['00:00', '00:00'] as const

export type Profiles = {
  /** A door's byte in the record of a card. */
  rightOf(byte: number): Promise<Right>
  /** Those that these bytes use, links included. */
  inUse(bytes: Iterable<number>): Promise<Set<number>>
  /** The profile that means this, written where there is none yet; null where the board has no room for it. `used` is asked
   * for where one has to be written. */
  idFor(right: Right, used: () => Promise<ReadonlySet<number>>): Promise<number | null>
  forget(): void
}

export function createProfiles(wire: Wire): Profiles {
  /** Null: the board has none of this number. */
  const known = new Map<number, Profile | null>()

  async function read(id: number): Promise<Profile | null> {
    const fits = (reply: Profile) => reply.id === id || reply.id === 0
    const reply = await wire.ask('get-profile', { id }, { fits })
    known.set(id, reply.id === 0 ? null : reply)
    return known.get(id) ?? null
  }

  const get = async (id: number) => known.get(id) ?? (known.has(id) ? null : await read(id))

  /** Null where a part of it is missing. */
  async function chain(first: number): Promise<Profile[] | null> {
    const found: Profile[] = []
    for (let id = first; isProfile(id) && found.every((one) => one.id !== id); ) {
      const profile = await get(id)
      if (profile === null) return null
      found.push(profile)
      id = profile.linked
    }
    return found
  }

  async function write(profile: Profile): Promise<void> {
    await wire.order('set-profile', profile)
    if (same(await read(profile.id), profile)) return
    throw new DeviceSilent('The board does not keep a time profile. Switch it off and on again.')
  }

  /** One that the board does not have, or else one that no card uses. */
  async function free(used: ReadonlySet<number>): Promise<number | null> {
    for (const id of IDS) if (!used.has(id) && (await get(id)) === null) return id
    return IDS.find((id) => !used.has(id)) ?? null
  }

  return {
    forget: () => known.clear(),
    async rightOf(byte) {
      if (byte === 1) return always(FIRST, LAST)
      if (!isProfile(byte)) return []
      const profiles = await chain(byte)
      // A board lets a card in whose profile is missing (uhppote-simulator, actions.go).
      return profiles === null ? always(FIRST, LAST) : profiles.map(ruleOf)
    },
    async inUse(bytes) {
      const used = new Set<number>()
      for (const byte of bytes)
        for (let id = byte; isProfile(id) && !used.has(id); ) {
          used.add(id)
          id = (await get(id))?.linked ?? 0
        }
      return used
    },
    async idFor(right, used) {
      const chosen: number[] = []
      let linked = 0
      // The last first: what is linked to has to be there, or the card is let in at all hours.
      for (const { from, to, days, spans } of right.toReversed()) {
        const texts = spans.map(([first, last]) => [clockOf(first), clockOf(last)] as const)
        const filled = Array.from({ length: SPANS_IN_A_RULE }, (_, n) => texts[n] ?? UNUSED)
        const wanted = { from, to, days, spans: filled, linked }
        const there = [...known.values()].find((one) => one !== null && same(one, { id: one.id, ...wanted }))
        const id = there?.id ?? (await free(new Set([...(await used()), ...chosen])))
        if (id === null) return null
        if (there === undefined) await write({ id, ...wanted })
        chosen.push(id)
        linked = id
      }
      return linked
    },
  }
}

export function isProfile(byte: number): boolean {
  return byte >= 2 && byte <= 254
}

function same(a: Profile | null, b: Profile): boolean {
  const order = (one: Profile) => [one.id, one.from, one.to, one.days, one.spans, one.linked]
  return a !== null && JSON.stringify(order(a)) === JSON.stringify(order(b))
}

function ruleOf({ from, to, days, spans }: Profile) {
  const used = spans.filter(([first, last]) => last >= first && !(first === UNUSED[0] && last === UNUSED[1]))
  return { from, to, days, spans: used.map(([first, last]) => [minutesOf(first), minutesOf(last)] as const) }
}
