// How commands find the running desk: a file that only its owner can read, with addresses and a random token.
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const runtime = z.object({ pid: z.number(), ui: z.string(), doors: z.string(), token: z.string() })
export type Runtime = z.infer<typeof runtime>

const fileIn = (dataDir: string) => path.join(dataDir, 'desk.json')

export function writeRuntime(dataDir: string, value: Runtime): void {
  const temporary = `${fileIn(dataDir)}.${process.pid}`
  fs.writeFileSync(temporary, JSON.stringify(value), { mode: 0o600 })
  fs.renameSync(temporary, fileIn(dataDir))
}

/** null where no desk has left one, or it cannot be read. */
export function readRuntime(dataDir: string): Runtime | null {
  try {
    return runtime.parse(JSON.parse(fs.readFileSync(fileIn(dataDir), 'utf8')))
  } catch {
    return null
  }
}

export function removeRuntime(dataDir: string): void {
  fs.rmSync(fileIn(dataDir), { force: true })
}
