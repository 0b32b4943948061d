// Runs the steps of a check one after another, each shown with its name and time; the first that fails ends it.
import path from 'node:path'
import { runProgram, wasInterrupted } from './run.ts'

export const root = path.resolve(import.meta.dirname, '..')

export type Step = { name: string; args: string[]; env?: Record<string, string> }

const tool = (...parts: string[]) => path.join(root, 'node_modules', ...parts)

export const lint: Step = {
  name: 'lint',
  args: [tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings'],
}
export const types: Step = { name: 'types', args: [tool('typescript', 'bin', 'tsc'), '-p', '.'] }
export const domainTypes: Step = {
  name: 'types of the domain, alone',
  args: [tool('typescript', 'bin', 'tsc'), '-p', 'src/main/domain'],
}
/** That nobody has edited it, and that no other SDK is installed. */
export const stripeSchema: Step = {
  name: "schema of Stripe's parameters and objects",
  args: [path.join(root, 'scripts', 'stripe-schema.ts'), '--check'],
}
export const web: Step = { name: 'web build', args: [path.join(root, 'scripts', 'build-web.ts')] }
export const vitest = (...args: string[]): Step => ({
  name: 'tests',
  args: [tool('vitest', 'vitest.mjs'), 'run', ...args],
})
export const playwright = (...args: string[]): Step => ({
  name: 'tests in a browser',
  args: [tool('playwright', 'cli.js'), 'test', ...args],
})

/** The exit code of the first step that failed, else 0. Nothing follows once we were told to end. */
export async function runSteps(steps: readonly Step[]): Promise<number> {
  for (const { name, args, env = {} } of steps) {
    console.log(`\n== ${name}`)
    const began = performance.now()
    const code = await runProgram(process.execPath, args, { cwd: root, env })
    const seconds = ((performance.now() - began) / 1_000).toFixed(1)
    const outcome = wasInterrupted() ? 'stopped' : code === 0 ? 'passed' : 'FAILED'
    console.log(`== ${name}: ${outcome} in ${seconds} s`)
    if (code !== 0 || wasInterrupted()) return code === 0 ? 1 : code
  }
  return 0
}
