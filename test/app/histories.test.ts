// Whatever Stripe and the network do, and wherever the desk dies: after the next sync it knows what is true. A short share
// with a fixed seed, or that of LATCHKEY_SEED; ten thousand by `npm run test:deep -- histories`.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { liveThrough } from '../histories/live-through.ts'
import { history } from '../histories/steps.ts'

const RUNS = 15
const SEED = Number(process.env.LATCHKEY_SEED ?? 3)

test(`${RUNS} random histories end with the truth`, async () => {
  let lived = 0
  await fc.assert(
    fc.asyncProperty(history, async (one) => {
      expect(await liveThrough(one)).toEqual([])
      lived += 1
    }),
    { numRuns: RUNS, seed: SEED },
  )
  console.log(`${lived} histories lived, seed ${SEED}`)
}, 300_000)
