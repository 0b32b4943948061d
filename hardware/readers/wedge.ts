// A reader that types like a keyboard: the page catches what it types and hands it to the desk (docs/readers.md).
import type { Reader, ReaderOptions, ReaderProfile, ReaderSettings } from '../driver.ts'
import { plainLine } from '../frames/card-line.ts'
import { createDebounce } from '../frames/debounce.ts'
import { createLineParser } from '../frames/lines.ts'

/** Most of them come set to the last four bytes in ten digits. */
const DEFAULTS: ReaderSettings = { form: '8H10D', turned: false, prefix: '' }
export const KEYBOARD = 'keyboard'

export const wedge: ReaderProfile = {
  name: 'wedge',
  about: 'A reader that types like a keyboard',
  wiring: 'Its USB plug. Latchkey’s window must be in front when a card is presented.',
  defaults: DEFAULTS,
  port: KEYBOARD,
  parser: (settings, readCard) => createLineParser('newline', plainLine({ ...DEFAULTS, ...settings }, readCard)),
  open,
}

function open({ now, events, readCard, settings = {} }: ReaderOptions): Reader {
  const read = plainLine({ ...DEFAULTS, ...settings }, readCard)
  const isNew = createDebounce()
  let closed = false
  const first = Promise.resolve().then(() => {
    if (!closed) events.state({ kind: 'ready' })
  })
  return {
    typed(text) {
      const at = now()
      const judged = read(text.trim())
      if (closed || judged === null) return
      if ('why' in judged)
        events.rejected({ bytes: Buffer.from(text).toString('hex').toUpperCase(), why: judged.why, at })
      else if (isNew({ card: judged.card, at })) events.read({ card: judged.card, at })
    },
    async close() {
      closed = true
      await first
    },
  }
}
