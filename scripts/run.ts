// Runs a program with everything that it starts, in a process group of its own: Ctrl-C, a time limit and its own end
// leave nothing of it behind.
import { type ChildProcess, spawn } from 'node:child_process'

export type RunOptions = {
  cwd?: string
  env?: Record<string, string>
  /** Nothing of its output is shown. */
  quiet?: boolean
  /** Milliseconds; then it is ended. */
  limit?: number
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** Browsers and servers close themselves in well under a second; what has not by then is ended. */
const PATIENCE = 5_000
const groups = process.platform !== 'win32'

let asked: NodeJS.Signals | null = null

/** Whether this program was told to end. */
export function wasInterrupted(): boolean {
  return asked !== null
}

/** The exit code; 1 where it was ended or could not be started. */
export function runProgram(command: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  const { cwd, env, quiet = false, limit } = options
  return new Promise((resolve) => {
    const output = quiet ? 'ignore' : 'inherit'
    const child = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      stdio: ['ignore', output, output],
      env: { ...process.env, ...env },
      detached: groups,
    })
    let patience: NodeJS.Timeout | undefined
    const end = (signal: NodeJS.Signals) => {
      signalAll(child, signal)
      patience ??= setTimeout(() => signalAll(child, 'SIGKILL'), PATIENCE)
    }
    const handOn = (signal: NodeJS.Signals) => {
      // A terminal and npm both tell us: once is enough.
      if (asked !== null) return
      asked = signal
      end(signal)
    }
    for (const signal of SIGNALS) process.on(signal, handOn)
    const time = limit === undefined ? undefined : setTimeout(() => end('SIGTERM'), limit)
    const done = (code: number) => {
      clearTimeout(time)
      clearTimeout(patience)
      for (const signal of SIGNALS) process.off(signal, handOn)
      signalAll(child, 'SIGKILL')
      resolve(code)
    }
    child.on('error', (error) => {
      if (!quiet) console.error(`This could not be started: ${error.message}`)
      done(1)
    })
    child.on('exit', (code) => done(code ?? 1))
  })
}

function signalAll(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  if (!groups) return void child.kill(signal)
  try {
    process.kill(-child.pid, signal)
  } catch {
    // Nobody of the group is left.
  }
}
