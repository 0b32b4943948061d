import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Set by `npm run test:deep -- NAME`.
const deep = process.env.LATCHKEY_DEEP

export default defineConfig({
  test: {
    include: deep ? [`test/deep/${deep}.deep.ts`] : ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Native modules and real processes: each file in a process of its own.
    pool: 'forks',
    isolate: false,
    // Many files mostly wait, for a browser or another process.
    maxWorkers: availableParallelism() + 1,
    // Nothing here is about time: a busy machine may take long and still be right.
    testTimeout: deep ? 1_800_000 : 90_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
})
