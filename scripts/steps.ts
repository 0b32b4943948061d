// Runs the steps of a check one after another, each shown with its name and time; the first that fails ends it.
import { spawn } from 'node:child_process'
import path from 'node:path'

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
export const web: Step = { name: 'web build', args: [path.join(root, 'scripts', 'build-web.ts')] }
export const vitest = (...args: string[]): Step => ({
  name: 'tests',
  args: [tool('vitest', 'vitest.mjs'), 'run', ...args],
})
export const playwright = (...args: string[]): Step => ({
  name: 'tests in a browser',
  args: [tool('playwright', 'cli.js'), 'test', ...args],
})

/** The exit code of the first step that failed, else 0. Ctrl-C reaches the steps by the terminal; SIGTERM is handed on. */
export async function runSteps(steps: readonly Step[]): Promise<number> {
  for (const step of steps) {
    console.log(`\n== ${step.name}`)
    const began = performance.now()
    const code = await runStep(step)
    console.log(
      `== ${step.name}: ${code === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - began) / 1_000).toFixed(1)} s`,
    )
    if (code !== 0) return code
  }
  return 0
}

function runStep({ args, env }: Step): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    })
    const handOn = () => child.kill('SIGTERM')
    process.once('SIGTERM', handOn)
    child.on('error', (error) => {
      console.error(`This step could not be started: ${error.message}`)
      resolve(1)
    })
    child.on('exit', (code) => {
      process.off('SIGTERM', handOn)
      resolve(code ?? 1)
    })
  })
}
