// Finding out what is on a port: asks whether it is a PN532, then listens, and shows each burst of bytes with every
// profile that can make a card of it.
import type { ReadCard, Reader, ReaderEvents, ReaderProfile, ReaderSettings, ReaderState } from './driver.ts'
import { hexOf, QUIET } from './frames/bytes.ts'
import { type Found, foundIn } from './guess.ts'
import { openSerialPort } from './serial-port.ts'

/** `text`: the bytes as characters, those that are none as dots. */
export type Heard = { at: number; hex: string; text: string; found: Found[] }

export type ListenEvents = {
  heard(heard: Heard): void
  /** `asking`: whether it is a reader that must be asked. `baud` null where a driver of its own has answered. */
  state(state: ReaderState, how: { asking: boolean; baud: number | null }): void
}

export type Listener = { close(): Promise<void>; typed(text: string): void }

type Deps = {
  now: () => number
  readCard: ReadCard
  events: ListenEvents
  profiles: ReadonlyMap<string, ReaderProfile>
}

/** In the order in which readers are common. */
const BAUDS = [9_600, 115_200, 2_400]
/** A chip that is there has answered by then. */
const ASKING = 1_200
/** A reader that repeats its frame never falls silent while the card stays. */
const LONGEST_BURST = 200

export function listenTo(path: string, { now, readCard, events, profiles }: Deps): Listener {
  let closed = false
  let device: Reader | null = null
  let end = () => {}
  const until = (ms: number | null) =>
    new Promise<void>((resolve) => {
      if (closed) return resolve()
      const timer = ms === null ? undefined : setTimeout(resolve, ms)
      end = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const tell = (state: ReaderState, asking: boolean, baud: number | null) => {
    if (!closed) events.state(state, { asking, baud })
  }
  const heard = (bytes: Uint8Array, found: Found[]) => {
    if (!closed) events.heard({ at: now(), hex: hexOf(bytes), text: shown(bytes), found })
  }

  /** A driver of its own listens; `found` tells what it is as soon as it is ready. */
  const drive = (profile: ReaderProfile, asking: boolean, onReady: () => void): Reader => {
    const driverEvents: ReaderEvents = {
      read: ({ card }) => heard(new Uint8Array(), [{ profile: profile.name, settings: {}, card }]),
      rejected: ({ bytes }) => heard(Buffer.from(bytes, 'hex'), []),
      state(state) {
        if (state.kind === 'ready') onReady()
        // That it does not answer is what was to be found out.
        if (state.kind === 'ready' || !asking) tell(state, false, null)
      },
    }
    return profile.open({ path, now, readCard, events: driverEvents })
  }

  const askPn532 = async (profile: ReaderProfile): Promise<boolean> => {
    let answered = false
    tell({ kind: 'starting' }, true, profile.defaults.baud ?? null)
    device = drive(profile, true, () => {
      answered = true
      end()
    })
    await until(ASKING)
    if (answered) await until(null)
    await device.close()
    return answered
  }

  const listenAt = async (baudRate: number) => {
    let burst: number[] = []
    let quiet: NodeJS.Timeout | undefined
    const flush = () => {
      if (burst.length === 0) return
      const bytes = Uint8Array.from(burst)
      burst = []
      const found = foundIn(bytes, profiles, readCard)
      heard(
        bytes,
        found.map((one) => ({ ...one, settings: withBaud(one, baudRate, profiles) })),
      )
      // Bytes that are no text at all were sent at another pace.
      if (found.length === 0 && bytes.length > 3 && garbled(bytes)) end()
    }
    const port = openSerialPort({
      path,
      baudRate,
      onState: (state) => tell(state, false, baudRate),
      onBytes(bytes) {
        burst.push(...bytes)
        clearTimeout(quiet)
        quiet = setTimeout(flush, QUIET)
        if (burst.length >= LONGEST_BURST) flush()
      },
    })
    await until(null)
    clearTimeout(quiet)
    await port.close()
  }

  const run = async () => {
    const own = [...profiles.values()].find(({ name, port }) => (port ?? simulatedPort(name)) === path.split(':')[0])
    if (own !== undefined) {
      if (own.parser !== null && own.port !== undefined) return tell({ kind: 'ready' }, false, null)
      device = drive(own, false, () => undefined)
      await until(null)
      return device.close()
    }
    const chip = profiles.get('pn532')
    if (chip !== undefined && (await askPn532(chip))) return
    for (let turn = 0; !closed; turn++) await listenAt(BAUDS[turn % BAUDS.length] ?? 9_600)
  }

  const ended = Promise.resolve().then(run)
  return {
    typed: (text) => heard(Buffer.from(text), foundIn(Buffer.from(text), profiles, readCard, 'wedge')),
    async close() {
      closed = true
      end()
      await ended
    },
  }
}

const simulatedPort = (name: string) => (name === 'simulated' ? 'sim' : undefined)

function withBaud({ profile, settings }: Found, baud: number, profiles: Deps['profiles']): ReaderSettings {
  return profiles.get(profile)?.defaults.baud === baud ? settings : { ...settings, baud }
}

function shown(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('')
}

/** More than a quarter is neither text nor a mark around it. */
function garbled(bytes: Uint8Array): boolean {
  const odd = bytes.filter((byte) => byte > 0x7e || (byte < 0x20 && ![0x02, 0x03, 0x09, 0x0a, 0x0d].includes(byte)))
  return odd.length * 4 > bytes.length
}
