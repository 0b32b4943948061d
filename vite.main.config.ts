// Builds the desktop program's Node entries into .vite/build: the shell, the desk's process and its two threads.
import { builtinModules } from 'node:module'
import { defineConfig } from 'vite'

/** Not bundled: native code, and packages that load files of their own. forge.config.ts copies them into the package. */
export const EXTERNALS = ['better-sqlite3', 'serialport', 'pino']

export default defineConfig({
  build: {
    outDir: '.vite/build',
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    copyPublicDir: false,
    lib: {
      entry: {
        electron: 'src/main/electron.ts',
        'desk-child': 'src/main/desk-child.ts',
        'door-thread': 'src/main/door/thread.ts',
        'report-thread': 'src/main/report/thread.ts',
      },
      formats: ['cjs'],
      fileName: () => '[name].cjs',
    },
    rolldownOptions: {
      platform: 'node',
      external: ['electron', ...EXTERNALS, ...builtinModules, /^node:/],
      // package.json says "module", so whatever is shared between the entries must say that it is not.
      output: { chunkFileNames: '[name]-[hash].cjs' },
    },
  },
  resolve: { conditions: ['node'] },
})
