// The only file that knows the package "serialport": opens a port, says how it stands, and looks again for ever.
import { readFileSync, statSync } from 'node:fs'
import type { SerialPort } from 'serialport'
import type { PortInfo, ReaderState } from './driver.ts'

/** A port that is missing, busy or denied is tried again this often, in milliseconds. */
const RETRY = 1_000
/** What is not written by then, in milliseconds, never will be: the port is given up and opened anew. */
const WRITE_DEADLINE = 1_000
/** Some systems do not tell that a port was pulled out (serialport #2351, #1834), and none always: so we also look. */
const WATCH = 500

export type SerialPortOptions = {
  path: string
  baudRate: number
  /** Where the device is now; null where something else has its place. */
  where?: (() => Promise<string | null>) | undefined
  onBytes(bytes: Uint8Array): void
  onState(state: ReaderState): void
}

export type SerialLine = {
  /** True once the bytes have left; false where the port is not open or takes too long, and then they never leave. */
  write(bytes: Uint8Array): Promise<boolean>
  close(): Promise<void>
}

/** Never throws: trouble arrives as a state. After `close` has resolved nothing is called any more. */
export function openSerialPort({ path, baudRate, where, onBytes, onState }: SerialPortOptions): SerialLine {
  let closed = false
  let told = ''
  let wake = () => {}
  let current: { port: SerialPort; giveUp(): void } | null = null

  const tell = (state: ReaderState) => {
    const text = JSON.stringify(state)
    if (closed || text === told) return
    told = text
    onState(state)
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      if (closed) return resolve()
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  /** One life of one port object; a new one each time, for a closed one keeps what was written (serialport #1593). */
  const life = async (at: string): Promise<void> => {
    const { SerialPort } = await import('serialport')
    const port = new SerialPort({ path: at, baudRate, autoOpen: false })
    // Without a listener an 'error' that comes late would end the whole program.
    port.on('error', () => {})
    let there = true
    const giveUp = () => {
      there = false
      wake()
    }
    port.on('data', (bytes: Uint8Array) => {
      if (!closed && there) onBytes(bytes)
    })
    port.once('close', giveUp)
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
    current = { port, giveUp }
    tell(at === path ? { kind: 'ready' } : { kind: 'ready', path: at })
    const device = identity(at)
    while (!closed && there && identity(at) === device && (await isThere(at))) await pause(there ? WATCH : 0)
    current = null
    there = false
    if (port.isOpen) await closePort(port)
  }

  const run = async () => {
    tell({ kind: 'starting' })
    while (!closed) {
      const at = where === undefined ? path : await where().catch(() => path)
      try {
        if (at !== null) await life(at)
        tell({ kind: 'missing', sentence: missing(path) })
      } catch (error) {
        tell(stateOfOpenError(at ?? path, error instanceof Error ? error.message : String(error)))
      }
      await pause(RETRY)
    }
  }

  // Not at once: who opens a reader has it in hand before the first state comes.
  const ended = Promise.resolve().then(run)
  return {
    write(bytes) {
      const writing = current
      if (closed || writing === null || !writing.port.isOpen) return Promise.resolve(false)
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          resolve(false)
          writing.giveUp()
        }, WRITE_DEADLINE)
        writing.port.write(Uint8Array.from(bytes) as Buffer, (error) => {
          clearTimeout(timer)
          resolve(!error)
        })
      })
    },
    async close() {
      closed = true
      wake()
      await ended
    },
  }
}

/** Ports as the system lists them; rejects where it cannot (no udevadm). Pseudo-terminals are never among them. */
export async function listSerialPorts(): Promise<PortInfo[]> {
  const { SerialPort } = await import('serialport')
  const ports = await SerialPort.list()
  return ports.map(({ path, pnpId, manufacturer, serialNumber, vendorId, productId }) => {
    const known = pnpId ?? [manufacturer, serialNumber].filter(Boolean).join(' ')
    const ids = { vendor: vendorId, product: productId, serial: serialNumber, link: pnpId }
    return {
      path,
      label: known.replaceAll('_', ' ').replace(/^usb-/, '') || 'Serial port',
      ...(pnpId !== undefined || vendorId !== undefined ? { ids } : {}),
    }
  })
}

/** What a failed attempt to open means, by the words of the system. */
export function stateOfOpenError(path: string, message: string): ReaderState {
  if (/cannot lock port|resource busy|access denied/i.test(message)) {
    return {
      kind: 'busy',
      sentence: `Another program is using the reader at ${path}. Close it there; Latchkey looks again every second.`,
    }
  }
  if (/permission denied|operation not permitted/i.test(message)) {
    return {
      kind: 'denied',
      sentence: `Latchkey may not open ${path}. Add the user that runs it to the group ${groupOf(path)} and sign in again.`,
    }
  }
  if (/no such (file|device)|file not found/i.test(message)) {
    return { kind: 'missing', sentence: missing(path) }
  }
  return {
    kind: 'missing',
    sentence: `What is at ${path} does not work as a serial port. Check the path; Latchkey looks again every second.`,
  }
}

function missing(path: string): string {
  return `The reader is not at ${path}. Plug it in; Latchkey looks again every second.`
}

/** The group that may use the port: dialout on Debian, uucp on Arch. */
function groupOf(path: string): string {
  try {
    const { gid } = statSync(path)
    const line = readFileSync('/etc/group', 'utf8')
      .split('\n')
      .find((entry) => entry.split(':')[2] === String(gid))
    const name = line?.split(':')[0]
    return name && name !== 'root' ? name : 'dialout'
  } catch {
    return 'dialout'
  }
}

/** Pulled out and plugged in again between two looks, it is another device under the old name. */
function identity(path: string): string {
  try {
    const { dev, ino, rdev } = statSync(path)
    return `${dev} ${ino} ${rdev}`
  } catch {
    return ''
  }
}

/** Where the system does not let us look, the port itself will tell. */
async function isThere(path: string): Promise<boolean> {
  try {
    if (process.platform !== 'win32') return statSync(path, { throwIfNoEntry: false }) !== undefined
    return (await listSerialPorts()).some((port) => port.path === path)
  } catch {
    return true
  }
}

/** With a deadline: a driver that hangs on to a pulled-out port must not hold up the rest. */
function closePort(port: SerialPort): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 1_000)
    port.close(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
