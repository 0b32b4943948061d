// `npm run bench -- NAME`: measures against a bare baseline in the same run and prints ratios. It judges nothing.
import fs from 'node:fs'
import path from 'node:path'
import { runProgram } from './run.ts'
import { root } from './steps.ts'

const ENDING = '.bench.ts'
const folder = path.join(root, 'test', 'bench')
const names = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length))
const [name, ...rest] = process.argv.slice(2)

if (name !== undefined && names.includes(name)) {
  process.exitCode = await runProgram(process.execPath, [
    ...process.execArgv,
    path.join(folder, `${name}${ENDING}`),
    ...rest,
  ])
} else {
  console.error(`Say which: ${names.map((one) => `\`npm run bench -- ${one}\``).join(', ')}.`)
  process.exitCode = 1
}
