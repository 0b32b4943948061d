// What starts the program in a checkout, and what of it is left when whoever started it goes.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { freshDir, until } from '../serving.ts'

const root = path.resolve(import.meta.dirname, '../..')

const started: number[] = []
afterAll(() => {
  for (const pid of started.filter(isThere)) process.kill(pid, 'SIGTERM')
})

/** Starts it with its output in a file, for whoever started it may be gone before the first word. */
async function start(command: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const file = path.join(freshDir(), 'out')
  const handle = fs.openSync(file, 'w')
  const starter = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', handle, handle],
  })
  const ended = new Promise((resolve) => starter.once('exit', resolve))
  const pid = await until(async () => Number(/"pid":(\d+)/.exec(fs.readFileSync(file, 'utf8'))?.[1]), 'it to be ready')
  started.push(pid)
  return { starter, ended, pid }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe.skipIf(process.platform === 'win32')('the program in a checkout', () => {
  it('ends with the npm that runs it, though npm tells only the shell between them', async () => {
    const { starter, ended, pid } = await start('npm', ['run', '-s', 'latchkey', '--', 'sandbox', '--empty'])
    starter.kill('SIGTERM')
    await ended
    await until(async () => !isThere(pid), 'the program to end', 10_000)
  })

  it.concurrent.each([
    ['a shell that has nothing more to do', {}],
    ['another script of this one', { npm_lifecycle_script: 'node scripts/bench.ts' }],
    [
      'a script of another package',
      { npm_package_json: '/elsewhere/package.json', npm_lifecycle_script: 'node scripts/latchkey.mjs' },
    ],
  ])('outlives %s', async (_, env) => {
    const here = { npm_package_json: path.join(root, 'package.json'), ...env }
    const { ended, pid } = await start('sh', ['-c', 'node scripts/latchkey.mjs sandbox --empty & sleep 1'], here)
    await ended
    await new Promise((resolve) => setTimeout(resolve, 750))
    expect(isThere(pid)).toBe(true)
  })
})
