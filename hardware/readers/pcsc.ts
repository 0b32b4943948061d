// PC/SC readers such as the ACR122U: by a package and a service of the system that need not be there.
// The only file that knows the package "pcsc-mini".
import type * as PcscMini from 'pcsc-mini'
import type { Reader, ReaderOptions, ReaderProfile, ReaderState } from '../driver.ts'
import { hexOf } from '../frames/bytes.ts'
import { createDebounce, createThrottle } from '../frames/debounce.ts'

export const PCSC = 'pcsc'
/** GET DATA, which the reader itself answers with the UID of the card (PC/SC part 3). */
const GET_UID = Uint8Array.of(0xff, 0xca, 0x00, 0x00, 0x00)
const RETRY = 1_000

type Library = Pick<typeof PcscMini, 'Client' | 'CardMode' | 'CardDisposition' | 'ReaderStatus'>

export const pcsc: ReaderProfile = {
  name: 'pcsc',
  about: 'ACR122U and other PC/SC readers for 13.56 MHz',
  wiring:
    'Its USB plug. On Linux the packages pcscd and libpcsclite1 must be there; the port is pcsc, or pcsc: and a part of its name.',
  defaults: {},
  port: PCSC,
  parser: null,
  open: (options) => openPcsc(options, () => import('pcsc-mini')),
}

export function openPcsc({ path, now, events }: ReaderOptions, load: () => Promise<Library>): Reader {
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

  const readFrom = async (reader: PcscMini.Reader, library: Library) => {
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
  const life = async (library: Library) => {
    const client = new library.Client()
    const plugged = new Set<PcscMini.Reader>()
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
  'This computer cannot speak with PC/SC readers. On Linux install libpcsclite1 and pcscd, then start Latchkey again.'
const NO_SERVICE =
  'The service for PC/SC readers does not run. On Linux install and start pcscd; Latchkey looks again every second.'
