// Whatever others have stored on a board: a change at one door changes what no other card and no other door may, not by a
// minute. Random cards and profiles, over real UDP.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Window } from '../../hardware/controller.ts'
import type { CardRecord, Profile } from '../../hardware/controllers/uhppote-frames.ts'
import { addDays, clockOf } from '../../hardware/controllers/uhppote-rights.ts'
import type { UhppoteBoard } from '../../hardware/sim/uhppote-board.ts'
import { opens, type Rig, rig, TODAY, wanted } from './uhppote-rig.ts'

const OFFICE: Window[] = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }]
const MOMENTS = Array.from(
  { length: 40 * 8 },
  (_, n) => `${addDays(TODAY, Math.floor(n / 8))}T${clockOf((n % 8) * 180 + 7)}:00`,
)
const near = (from: number, to: number) => fc.integer({ min: from, max: to }).map((days) => addDays(TODAY, days))
const spans = fc
  .array(fc.integer({ min: 1, max: 1_438 }), { minLength: 6, maxLength: 6 })
  .map((ends) => [...ends].sort((a, b) => a - b))
  .map(([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]) =>
    [
      [a, b],
      [c, d],
      [e, f],
    ].map(([from = 0, to = 0]) => [clockOf(from), clockOf(to)] as const),
  )
const theirProfile = fc.record({
  from: near(-50, 10),
  to: near(5, 60),
  days: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  spans,
})
const theirCard = fc.record({
  from: near(-30, 15),
  to: near(-2, 45),
  doors: fc.array(fc.constantFrom(0, 1, 2, 3, 4, 5), { minLength: 4, maxLength: 4 }),
  pin: fc.integer({ min: 0, max: 9_999 }),
})
const change = fc.record({
  door: fc.constantFrom('front', 'shop'),
  number: fc.constantFrom(1, 2, 3),
  wanted: fc.option(
    fc.record({
      lastDay: near(0, 40),
      hours: fc.constantFrom<Window[]>([], OFFICE, [{ days: [6, 7], from: '20:00', to: '05:00' }]),
    }),
  ),
})

test('whatever others have stored, a change at one door changes no other by a minute', {
  timeout: 120_000,
}, async () => {
  const world = await rig()
  await world.takeOver()
  let others = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(theirProfile, { minLength: 4, maxLength: 4 }),
      fc.array(theirCard, { minLength: 2, maxLength: 2 }),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      async (profiles, cards, changes) => {
        await start(world, profiles, cards)
        for (const { door, number, wanted: want } of changes) {
          const output = door === 'front' ? 1 : 2
          const before = kept(world.board)
          const asked = { door, card: String(number), wanted: want && wanted(number, want.lastDay, want.hours) }
          const [held] = await world.device.apply([asked])
          expect(held).toEqual({
            door,
            card: String(number),
            terms: asked.wanted && world.device.termsOf(door, asked.wanted),
          })
          for (const one of [1, 2, 3])
            for (const at of [1, 2, 3, 4])
              if (one !== number || at !== output)
                for (const clock of MOMENTS) {
                  const was = opens(before, one, at, clock)
                  if (was) others += 1
                  if (was !== opens(world.board, one, at, clock))
                    throw new Error(`Card ${one} at ${at}, ${clock}: ${was ? 'not any more' : 'now too'}`)
                }
          if (number < 3)
            expect(world.board.cards.get(number)?.pin ?? 0).toBe(
              world.board.cards.has(number) ? (before.cards.get(number)?.pin ?? 0) : 0,
            )
        }
      },
    ),
    { numRuns: 120, seed: 11 },
  )
  expect(others).toBeGreaterThan(10_000)
})

async function start(
  world: Rig,
  profiles: readonly Omit<Profile, 'id' | 'linked'>[],
  cards: readonly Omit<CardRecord, 'number'>[],
) {
  world.board.wipe()
  world.board.holdProfiles(...profiles.map((one, n) => ({ ...one, id: n + 2, linked: n === 1 ? 4 : 0 })))
  world.board.hold(...cards.map((one, n) => ({ ...one, number: n + 1 })))
  await world.device.read()
}

function kept({ cards, profiles }: UhppoteBoard) {
  return { cards: new Map(cards), profiles: new Map(profiles) }
}
