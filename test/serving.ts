// Starts the program as a person would, in a process of its own, and talks to it by its command line.
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { runCommandLine } from '../src/main/command-line.ts'

const cli = path.resolve(import.meta.dirname, '../src/main/cli.ts')

export type Ran = { code: number | null; stdout: string; stderr: string }

/** One command to its end, as a program of its own. `input` goes to its standard input. */
export function latchkey(
  args: string[],
  { env = {}, input = '' }: { env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { env: { ...cleanEnv(), ...env } })
    const output = collect(child)
    child.stdin?.end(input)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...output }))
  })
}

/** The same in this process, which is there in a twentieth of the time. */
export async function command(args: string[], { input = '' }: { input?: string } = {}): Promise<Ran> {
  const output = { stdout: '', stderr: '' }
  const code = await runCommandLine(args, {
    out: (line) => {
      output.stdout += `${line}\n`
    },
    err: (line) => {
      output.stderr += `${line}\n`
    },
    stdin: Readable.from([input]),
  })
  return { code, ...output }
}

export type Served = {
  ready: { ui: string; doors: string; pid: number }
  dataDir: string
  output: { stdout: string; stderr: string }
  /** A command on this desk's data folder. */
  run(...args: string[]): Promise<Ran>
  /** The JSON that a command prints; fails the test where the command does. */
  json<T>(...args: string[]): Promise<T>
  stop(): Promise<number | null>
}

/** `latchkey serve` on free ports; rejects with what it said where it ends before it is ready. */
export async function startServe(
  args: string[],
  { dataDir = freshDir(), env = {} }: { dataDir?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Served> {
  const free = ['--ui', '127.0.0.1:0', '--doors', '127.0.0.1:0', '--data-dir', dataDir]
  const child = spawn(process.execPath, [cli, 'serve', ...free, ...args], { env: { ...cleanEnv(), ...env } })
  const output = collect(child)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => output.stdout.includes('\n') && resolve())
    void ended.then((code) => reject(new Error(`serve ended with ${code}: ${output.stderr}`)))
  })
  const run = (...words: string[]) => command([...words, '--data-dir', dataDir])
  return {
    ready: JSON.parse(output.stdout),
    dataDir,
    output,
    run,
    async json<T>(...words: string[]) {
      const ran = await run(...words, '--json')
      if (ran.code !== 0) throw new Error(`latchkey ${words.join(' ')}: ${ran.code} ${ran.stderr}`)
      return JSON.parse(ran.stdout) as T
    },
    stop() {
      // Twice, as whoever signals a whole group does.
      child.kill('SIGTERM')
      child.kill('SIGTERM')
      return ended
    },
  }
}

export function freshDir(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-test-'))
}

/** Polls until the value is there; fails with what was last seen. */
export async function until<T>(
  look: () => Promise<T | null | false | undefined>,
  what: string,
  within = 60_000,
): Promise<T> {
  const deadline = performance.now() + within
  for (;;) {
    const seen = await look()
    if (seen) return seen
    if (performance.now() > deadline) throw new Error(`Waited ${within} ms in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The tests' own environment must not decide what the program does. */
function cleanEnv(): NodeJS.ProcessEnv {
  const ours = ['STRIPE_API_KEY', 'STRIPE_WEBHOOK_SECRET', 'LATCHKEY_PASSPHRASE', 'DISPLAY', 'WAYLAND_DISPLAY']
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.includes(name)))
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk) => {
    output.stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    output.stderr += chunk
  })
  return output
}
