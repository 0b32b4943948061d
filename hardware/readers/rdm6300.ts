// RDM6300, RDM630 and the 125 kHz USB readers that speak like them: 9600 baud, 8 data bits, no parity, 1 stop bit.
import type { Reader, ReaderOptions, ReaderProfile } from '../driver.ts'
import { createDebounce, createThrottle } from '../frames/debounce.ts'
import { createRdm6300Parser, type FrameResult, SILENCE } from '../frames/rdm6300.ts'
import { openSerialPort } from '../serial-port.ts'

export const rdm6300: ReaderProfile = {
  name: 'rdm6300',
  about: 'RDM6300 and 125 kHz USB readers with a virtual serial port (9600 baud)',
  open: openRdm6300,
}

function openRdm6300({ path, now, events }: ReaderOptions): Reader {
  const parser = createRdm6300Parser()
  const isNew = createDebounce()
  const mayTell = createThrottle()
  let quiet: NodeJS.Timeout | undefined

  const tell = ({ reads, rejected }: FrameResult) => {
    for (const read of reads) if (isNew(read)) events.read(read)
    for (const reject of rejected) if (mayTell(reject.at)) events.rejected(reject)
  }

  const port = openSerialPort({
    path,
    baudRate: 9600,
    onState: (state) => events.state(state),
    onBytes: (bytes) => {
      clearTimeout(quiet)
      quiet = setTimeout(() => tell(parser.silence(now())), SILENCE)
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
