// Every test of every screen, and every look at it, in light, in dark and in a small window; `npm test` runs some of these
// files, with a look at each of their screens in light.
import fs from 'node:fs'
import path from 'node:path'
import { describe } from 'vitest'

const folder = path.resolve(import.meta.dirname, '../renderer')

for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.test.ts'))) {
  describe(file, async () => {
    await import(path.join(folder, file))
  })
}
