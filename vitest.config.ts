import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Set by `npm run test:deep -- NAME`.
const deep = process.env.LATCHKEY_DEEP
// A file that is asked for by name is run wherever it stands.
const all = process.argv.some((word) => word.startsWith('test/'))
const every = deep ? [`test/deep/${deep}.deep.ts`] : ['test/**/*.test.ts', 'test/**/*.test.tsx']
/** Of the screens' tests those that see most of them; all of them, looked at from every side: `npm run test:deep -- pages`. */
const SCREENS = ['screens', 'sign-up', 'money-late', 'trouble']
const OTHER_SCREENS = `test/renderer/!(${SCREENS.join('|')}).test.ts`
/** They put a double in Electron's place, which no other file may find there. */
const ALONE = 'test/host/electron-*.test.ts'

export default defineConfig({
  test: {
    // Native modules and real processes: no threads. A worker runs many files, with what it has loaded for the first.
    pool: 'forks',
    setupFiles: ['test/each-file.ts'],
    // Garbage of many small tests: with the program's own four megabytes a tenth of the time went into it.
    execArgv: ['--max-semi-space-size=32'],
    projects: [
      {
        extends: true,
        test: { name: 'shared', include: every, exclude: [ALONE, ...(all ? [] : [OTHER_SCREENS])], isolate: false },
      },
      ...(deep ? [] : [{ extends: true as const, test: { name: 'alone', include: [ALONE] } }]),
    ],
    // Many files mostly wait, for a browser or another process.
    maxWorkers: 2 * availableParallelism(),
    // Nothing here is about time: a busy machine may take long and still be right.
    testTimeout: deep ? 1_800_000 : 90_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
})
