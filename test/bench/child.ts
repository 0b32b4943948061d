// Programs that a bench starts beside itself; each prints JSON lines. All end with the bench.
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'

export type Child = {
  process: ChildProcess
  /** The next line that it prints; rejects where it ends before. */
  // biome-ignore lint/suspicious/noExplicitAny: each program prints its own shape
  next(): Promise<any>
  end(): void
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** `file` from this folder, or a path from the project's root. */
export function startChild(file: string, args: readonly string[], env: Record<string, string> = {}): Child {
  const program = path.resolve(import.meta.dirname, file)
  const child = spawn(process.execPath, [...process.execArgv, program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  running.add(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  child.on('exit', () => running.delete(child))
  return {
    process: child,
    async next() {
      const { value, done } = await lines.next()
      if (done) throw new Error(`${file} ended before it had said everything.`)
      return JSON.parse(value)
    },
    end: () => void child.kill('SIGTERM'),
  }
}
