// `npm run test:deep -- NAME`: the long suites, one at a time; `npm test` runs a short, fixed share of each.
import fs from 'node:fs'
import path from 'node:path'
import { findNeeds } from './needs.ts'
import { playwright, root, runSteps, vitest } from './steps.ts'

const ENDING = '.deep.ts'
const folder = path.join(root, 'test', 'deep')
const names = (fs.existsSync(folder) ? fs.readdirSync(folder) : [])
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length))
const name = process.argv[2]
/** In a browser, step by step: the life of a card, a manager at work, and walk-ins. `npm test` does the whole job and a plain sign-up once. */
const IN_BROWSER = ['cards', 'manager', 'sign-up']

if (name !== undefined && [...IN_BROWSER, ...names].includes(name)) {
  const needsBrowser = name === 'pages' || IN_BROWSER.includes(name)
  const needs = needsBrowser ? await findNeeds((line) => console.error(line)) : { chromium: '' }
  const env = { LATCHKEY_DEEP: name, ...(needs?.chromium && { LATCHKEY_CHROMIUM: needs.chromium }) }
  const step = IN_BROWSER.includes(name) ? playwright(`${name}.spec.ts`) : vitest()
  process.exitCode = needs === null ? 1 : await runSteps([{ ...step, env }])
} else {
  console.error(
    names.length === 0
      ? 'There are no deep tests yet: everything is in `npm test`.'
      : `Say which: ${[...names, ...IN_BROWSER].map((one) => `\`npm run test:deep -- ${one}\``).join(', ')}.`,
  )
  process.exitCode = 1
}
