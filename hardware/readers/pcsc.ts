// PC/SC readers such as the ACR122U: by a package and a service of the system that need not be there.
// The only file that knows the package "pcsc-mini", which whoever has such a reader installs: see NO_PACKAGE.
import type { Reader, ReaderOptions, ReaderProfile, ReaderState } from '../driver.ts'
import { hexOf } from '../frames/bytes.ts'
import { createDebounce, createThrottle } from '../frames/debounce.ts'

export const PCSC = 'pcsc'
/** GET DATA, which the reader itself answers with the UID of the card (PC/SC part 3). */
const GET_UID = Uint8Array.of(0xff, 0xca, 0x00, 0x00, 0x00)
const RETRY = 1_000

/** Not ours to depend on: its lock entries for other systems are not complete with every npm, and then nothing installs. */
const PACKAGE: string = 'pcsc-mini'

/** What is used of it (version 0.1.3). */
export type PcscLibrary = {
  Client: new () => PcscClient
  CardMode: { SHARED: number }
  CardDisposition: { LEAVE: number }
  ReaderStatus: { PRESENT: number; MUTE: number }
}
type PcscClient = {
  on(event: 'error', hear: () => void): unknown
  on(event: 'reader', hear: (reader: PcscReader) => void): unknown
  start(): unknown
  stop(): void
}
type PcscReader = {
  name(): string
  connect(mode: number): Promise<PcscCard>
  on(event: 'change', hear: (status: { has(flag: number): boolean }) => void): unknown
  on(event: 'disconnect', hear: () => void): unknown
}
type PcscCard = { transmit(command: Uint8Array): Promise<Uint8Array>; disconnect(then: number): Promise<void> }

export const pcsc: ReaderProfile = {
  name: 'pcsc',
  about: 'ACR122U and other PC/SC readers for 13.56 MHz',
  wiring:
    'Its USB plug. It needs the package pcsc-mini in Latchkey’s folder, and on Linux pcscd; the port is pcsc, or pcsc: and a part of its name.',
  defaults: {},
  port: PCSC,
  parser: null,
  open: (options) => openPcsc(options, () => import(PACKAGE)),
}

export function openPcsc({ path, now, events }: ReaderOptions, load: () => Promise<PcscLibrary>): Reader {
  const wanted = path.slice(PCSC.length + 1).toLowerCase()
  const isNew = createDebounce()
  const mayTell = createThrottle()
  let closed = false
  let told = ''
  let wake = () => {}

  const tell = (state: ReaderState) => {
    const text = JSON.stringify(state)
    if (closed || text === told) return
    told = text
    events.state(state)
  }
  const missing = (sentence: string) => tell({ kind: 'missing', sentence })
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      if (closed) return resolve()
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const readFrom = async (reader: PcscReader, library: PcscLibrary) => {
    const at = now()
    const refuse = (bytes: string, why: string) => {
      if (!closed && mayTell(at)) events.rejected({ bytes, why, at })
    }
    try {
      const card = await reader.connect(library.CardMode.SHARED)
      const answer = await card.transmit(GET_UID)
      await card.disconnect(library.CardDisposition.LEAVE)
      const uid = answer.slice(0, -2)
      if (hexOf(answer.slice(-2)) !== '9000' || (uid.length !== 4 && uid.length !== 7))
        return refuse(hexOf(answer), 'The card has no number that can be kept.')
      const read = { card: `iso14a:${hexOf(uid)}`, at }
      if (!closed && isNew(read)) events.read(read)
    } catch {
      refuse('', 'The card was gone before it was read.')
    }
  }

  /** Until the service ends or we do. */
  const life = async (library: PcscLibrary) => {
    const client = new library.Client()
    const plugged = new Set<PcscReader>()
    let ended = false
    const say = () =>
      plugged.size > 0 ? tell({ kind: 'ready' }) : missing('The card reader is not plugged in. Plug it in to go on.')
    client.on('error', () => {
      ended = true
      wake()
    })
    client.on('reader', (reader) => {
      if (!reader.name().toLowerCase().includes(wanted)) return
      plugged.add(reader)
      let there = false
      reader.on('change', (status) => {
        const before = there
        there = status.has(library.ReaderStatus.PRESENT) && !status.has(library.ReaderStatus.MUTE)
        if (there && !before) void readFrom(reader, library)
      })
      reader.on('disconnect', () => {
        plugged.delete(reader)
        say()
      })
      say()
    })
    try {
      client.start()
    } catch {
      return missing(NO_SERVICE)
    }
    // Readers that are there are told at once; only then is one missed.
    await pause(RETRY / 2)
    say()
    while (!closed && !ended) await pause(60_000)
    client.stop()
    if (ended) missing(NO_SERVICE)
  }

  const run = async () => {
    tell({ kind: 'starting' })
    while (!closed) {
      const library = await load().catch(() => null)
      if (library === null) missing(NO_PACKAGE)
      else await life(library)
      await pause(RETRY)
    }
  }

  const ended = Promise.resolve().then(run)
  return {
    async close() {
      closed = true
      wake()
      await ended
    },
  }
}

const NO_PACKAGE =
  'Latchkey cannot speak with PC/SC readers yet. Run "npm install --no-save pcsc-mini@0.1.3" in its folder, on Linux install pcscd too, and start it again.'
const NO_SERVICE =
  'The service for PC/SC readers does not run. On Linux install and start pcscd; Latchkey looks again every second.'
