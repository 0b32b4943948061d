// Whatever Stripe and the network do, and wherever the desk dies: after the next sync it knows what is true. A short share
// with fixed seeds; ten thousand by `npm run test:deep -- histories`.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { liveThrough } from '../histories/live-through.ts'
import { history } from '../histories/steps.ts'

const RUNS = 40

test(`${RUNS} random histories end with the truth`, async () => {
  await fc.assert(
    fc.asyncProperty(history, async (one) => {
      expect(await liveThrough(one)).toEqual([])
    }),
    { numRuns: RUNS, seed: 3 },
  )
}, 120_000)
