import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Native modules and real processes: each file in a process of its own.
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
