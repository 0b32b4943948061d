// A reader without hardware, for trying out, for the demo and for tests: cards are presented by a call.
import type { PortInfo, Reader, ReaderOptions, ReaderProfile, ReaderState } from '../driver.ts'

export const simulated: ReaderProfile = {
  name: 'simulated',
  about: 'A reader inside this program, for trying out (path such as sim:desk)',
  wiring: 'Nothing to connect: its port is sim: and a name.',
  defaults: {},
  parser: null,
  open: openSimulated,
}

type Opening = ReaderOptions & { tell(state: ReaderState): void }

/** A path names the reader as a device does, so all who name `sim:desk` mean the same one: hence module state. */
const openings = new Map<string, Opening>()
const unplugged = new Set<string>()

/** Shows a card to the reader that is open at the path; false when none is, or when it is unplugged. */
export function presentToReader(path: string, card: string): boolean {
  const opening = plugged(path)
  opening?.events.read({ card, at: opening.now() })
  return opening !== undefined
}

/** The same for a card that is read badly; `bytes` is upper-case hex. */
export function garbleAtReader(path: string, bytes = '0236463047', why = 'The frame stopped half way.'): boolean {
  const opening = plugged(path)
  opening?.events.rejected({ bytes, why, at: opening.now() })
  return opening !== undefined
}

export function unplugReader(path: string): void {
  unplugged.add(path)
  openings.get(path)?.tell(missing(path))
}

export function plugReader(path: string): void {
  unplugged.delete(path)
  openings.get(path)?.tell({ kind: 'ready' })
}

/** Simulated readers in use, for the list of ports. */
export function simulatedPorts(): PortInfo[] {
  return Array.from(openings.keys(), (path) => ({ path, label: 'Simulated reader' }))
}

function openSimulated(options: ReaderOptions): Reader {
  const { path, events } = options
  let closed = false
  const tell = (state: ReaderState) => {
    if (!closed) events.state(state)
  }
  // Like a serial port: the first state comes when the caller has the reader in hand, and the second opener waits.
  const attempt = () => {
    if (closed) return
    if (openings.has(path)) return tell(busy(path))
    openings.set(path, { ...options, tell })
    tell(unplugged.has(path) ? missing(path) : { kind: 'ready' })
  }
  const first = Promise.resolve().then(() => {
    tell({ kind: 'starting' })
    attempt()
  })
  const retry = setInterval(() => {
    if (!openings.has(path)) attempt()
  }, 1_000)
  return {
    async close() {
      closed = true
      clearInterval(retry)
      await first
      if (openings.get(path)?.tell === tell) openings.delete(path)
    },
  }
}

function plugged(path: string): Opening | undefined {
  return unplugged.has(path) ? undefined : openings.get(path)
}

function missing(path: string): ReaderState {
  return { kind: 'missing', sentence: `The reader is not at ${path}. Plug it in; Latchkey looks again every second.` }
}

function busy(path: string): ReaderState {
  return {
    kind: 'busy',
    sentence: `Another program is using the reader at ${path}. Close it there; Latchkey looks again every second.`,
  }
}
