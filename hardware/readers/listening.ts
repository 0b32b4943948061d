// Readers that only have to be listened to: one table of what each sends, and one driver for all of them.
import type { FrameResult, Reader, ReaderOptions, ReaderProfile, ReaderSettings } from '../driver.ts'
import { countedBitsLine, plainLine, wiegandLine } from '../frames/card-line.ts'
import { createDebounce, createThrottle } from '../frames/debounce.ts'
import { createEm18Parser } from '../frames/em18.ts'
import { createLineParser, type LineReader } from '../frames/lines.ts'
import { createMarkedParser, ID12LA, PARALLAX, RDM6300 } from '../frames/marked.ts'
import { openSerialPort } from '../serial-port.ts'

type Listening = Pick<ReaderProfile, 'name' | 'about' | 'wiring' | 'defaults'> & {
  parser: NonNullable<ReaderProfile['parser']>
  /** What the reader waits for after each line. */
  answer?: string
}

const lines =
  (line: (...args: Parameters<Listening['parser']>) => LineReader): Listening['parser'] =>
  (settings, readCard) =>
    createLineParser(settings.end ?? 'newline', line(settings, readCard))

const TEXT: ReaderSettings = { baud: 9600, form: 'hex', end: 'newline', turned: false, prefix: '' }

const TABLE: Listening[] = [
  {
    name: 'rdm6300',
    about: 'RDM6300, RDM630 and 125 kHz USB serial readers',
    wiring: 'Its TX goes to RX of a USB adapter for 5 V, GND to GND; readers with a USB plug need nothing else.',
    defaults: { baud: 9600 },
    parser: () => createMarkedParser(RDM6300),
  },
  {
    name: 'id12la',
    about: 'ID-3LA, ID-12LA, ID-20LA (SparkFun and others)',
    wiring: 'D0 goes to RX of the adapter; the pin FORM to GND, so that it speaks ASCII.',
    defaults: { baud: 9600 },
    parser: () => createMarkedParser(ID12LA),
  },
  {
    name: 'em18',
    about: 'EM-18: twelve characters without start and end',
    wiring: 'TX goes to RX of the adapter; the pin SEL to 5 V, so that it speaks serial and not Wiegand.',
    defaults: { baud: 9600 },
    parser: createEm18Parser,
  },
  {
    name: 'parallax',
    about: 'Parallax 28140 and 28340',
    wiring: 'SOUT goes to RX of the adapter; /ENABLE to GND, or it stays off. The one with USB needs nothing else.',
    defaults: { baud: 2400 },
    parser: () => createMarkedParser(PARALLAX),
  },
  {
    name: 'mfrc522',
    about: 'Arduino with an RC522 that prints “Card UID: …”',
    wiring: 'The Arduino’s USB plug. The sketch must print two hex digits a byte, as the library’s example does.',
    defaults: { ...TEXT, prefix: 'Card UID:' },
    parser: lines((settings, readCard) => plainLine({ prefix: 'Card UID:', ...settings }, readCard)),
  },
  {
    name: 'line',
    about: 'Any reader that writes a line of text for each card (rf IDEAS, sketches of your own)',
    wiring: 'Any serial line. Say how its numbers are written; a card whose number is printed on it tells you.',
    defaults: TEXT,
    parser: lines(plainLine),
  },
  {
    name: 'doorboto2',
    about: 'The reader of a doorboto2 door, which waits for an answer',
    wiring: 'The Arduino’s USB plug. Each card is answered with “denied”, so that it goes on reading.',
    defaults: { baud: 9600, form: 'hex' },
    parser: lines(plainLine),
    answer: '<d>',
  },
  {
    name: 'twn3',
    about: 'Elatec TWN3 in transparent mode',
    wiring: 'Its USB plug. Transparent mode is how it comes.',
    defaults: { baud: 9600 },
    parser: lines(countedBitsLine),
  },
  {
    name: 'wiegand-text',
    about: 'A Wiegand reader behind a serial bridge: 26:bits, raw hex, or facility and number',
    wiring: 'D0 and D1 of the reader go to the bridge, and its USB plug here.',
    defaults: { baud: 9600, form: '2H3D,4H5D' },
    parser: lines(wiegandLine),
  },
]

export const listeningReaders: ReaderProfile[] = TABLE.map((one) => ({ ...one, open: (options) => open(one, options) }))

function open({ defaults, parser: make, answer }: Listening, options: ReaderOptions): Reader {
  const { path, now, events, readCard, settings = {}, where } = options
  const parser = make({ ...defaults, ...settings }, readCard)
  const isNew = createDebounce()
  const mayTell = createThrottle()
  let quiet: NodeJS.Timeout | undefined

  const tell = ({ reads, rejected }: FrameResult) => {
    for (const read of reads) if (isNew(read)) events.read(read)
    for (const reject of rejected) if (mayTell(reject.at)) events.rejected(reject)
    if (answer !== undefined && reads.length + rejected.length > 0) void port.write(Buffer.from(answer))
  }

  const port = openSerialPort({
    path,
    where,
    baudRate: settings.baud ?? defaults.baud ?? 9600,
    onState: (state) => events.state(state),
    onBytes: (bytes) => {
      clearTimeout(quiet)
      // What came while the computer was busy is read before a part is taken for all there is.
      quiet = setTimeout(() => tell(parser.silence(now())), parser.quiet)
      tell(parser.feed(bytes, now()))
    },
  })

  return {
    close() {
      clearTimeout(quiet)
      return port.close()
    },
  }
}
