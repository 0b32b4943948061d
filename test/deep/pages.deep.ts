// Every look at every screen, in light, in dark and in a small window; `npm test` looks at all of them in light, and at
// each screen of a file once in dark.
import fs from 'node:fs'
import path from 'node:path'
import { describe } from 'vitest'

const folder = path.resolve(import.meta.dirname, '../renderer')

for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.test.ts'))) {
  describe(file, async () => {
    await import(path.join(folder, file))
  })
}
