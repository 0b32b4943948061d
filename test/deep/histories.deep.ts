// Ten thousand random histories; LATCHKEY_HISTORIES and LATCHKEY_SEED choose others.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { liveThrough } from '../histories/live-through.ts'
import { history } from '../histories/steps.ts'

const RUNS = Number(process.env.LATCHKEY_HISTORIES ?? 10_000)
const SEED = Number(process.env.LATCHKEY_SEED ?? 1)

test(
  `${RUNS} random histories end with the truth`,
  async () => {
    let lived = 0
    await fc.assert(
      fc.asyncProperty(history, async (one) => {
        expect(await liveThrough(one)).toEqual([])
        lived += 1
        if (lived % 250 === 0) console.log(`${lived} histories`)
      }),
      { numRuns: RUNS, seed: SEED },
    )
    console.log(`${lived} histories, seed ${SEED}`)
  },
  24 * 3_600_000,
)
