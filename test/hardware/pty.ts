// A serial line without hardware: two pseudo-terminals joined by socat, the reader's end and ours.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SerialPort } from 'serialport'
import { until } from './until.ts'

export type Line = {
  /** What the driver opens. */
  path: string
  plug(): Promise<void>
  unplug(): Promise<void>
  write(bytes: Uint8Array): Promise<void>
  /** What our side writes, until the line is unplugged. */
  hear(onBytes: (bytes: Uint8Array) => void): Promise<void>
  remove(): Promise<void>
}

export function createLine(): Line {
  const dir = mkdtempSync(join(tmpdir(), 'latchkey-pty-'))
  const [path, other] = [join(dir, 'reader'), join(dir, 'card')]
  let socat: ChildProcess | null = null
  let ear: SerialPort | null = null

  const unplug = async () => {
    const child = socat
    if (child === null) return
    if (ear?.isOpen) await new Promise((resolve) => ear?.close(resolve))
    ear = null
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    await gone
    socat = null
  }

  return {
    path,
    unplug,
    async plug() {
      const pty = (link: string) => `pty,raw,echo=0,link=${link}`
      socat = spawn('socat', ['-d', '-d', pty(path), pty(other)], { stdio: 'ignore' })
      let failed: Error | null = null
      socat.once('error', (error) => {
        failed = error
      })
      await until('socat has made the line', () => failed !== null || (existsSync(path) && existsSync(other)))
      if (failed) throw new Error('These tests need the program socat; install the package socat.', { cause: failed })
    },
    write: (bytes) => appendFile(other, bytes),
    async hear(onBytes) {
      const port = new SerialPort({ path: other, baudRate: 9_600, lock: false, autoOpen: false })
      port.on('data', onBytes)
      port.on('error', () => undefined)
      await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
      ear = port
    },
    async remove() {
      await unplug()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
