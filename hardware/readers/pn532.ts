// PN532 on a serial line (HSU): woken, set up, and asked again and again whether a card is there.
import type { Reader, ReaderOptions, ReaderProfile, ReaderState } from '../driver.ts'
import { hexOf } from '../frames/bytes.ts'
import { createDebounce, createThrottle } from '../frames/debounce.ts'
import {
  cardsIn,
  createPn532Parser,
  createPn532Scanner,
  PN532_ACK,
  type Pn532Frame,
  type Pn532Scan,
  pn532Frame,
} from '../frames/pn532.ts'
import { openSerialPort } from '../serial-port.ts'

/** A sleeping chip takes the first bytes for a call to wake up, and needs about a millisecond: 14 bytes of nothing. */
const WAKE = Uint8Array.from([0x55, 0x55, ...Array.from({ length: 14 }, () => 0x00)])
/** SAMConfiguration: normal mode. */
const SET_UP = [0x14, 0x01]
const IS_SET_UP = 0x15
/** InListPassiveTarget: one card, 106 kbit/s type A. */
const LIST = [0x4a, 0x01, 0x00]
const IS_LISTED = 0x4b

/** The chip confirms a command within 15 ms; a USB adapter and a busy computer add to that. */
const CONFIRM = 500
/** Without a card it answers only when one comes; after this long we ask again, and so see that it is still there. */
const PATIENCE = 1_000
/** Between two questions, so that a card that is held is seen as held. */
const PAUSE = 100
const RETRY = 1_000

export const pn532: ReaderProfile = {
  name: 'pn532',
  about: 'PN532 board for 13.56 MHz, switched to HSU (serial)',
  wiring:
    'Both switches to 0 (HSU). TXD goes to RX of the adapter and RXD to TX, VCC to 5 V or 3.3 V as printed, GND to GND.',
  defaults: { baud: 115_200 },
  parser: createPn532Parser,
  open,
}

function open({ path, now, events, where, settings = {} }: ReaderOptions): Reader {
  const isNew = createDebounce()
  const mayTell = createThrottle()
  let scanner = createPn532Scanner()
  let closed = false
  let life = 0
  let quiet: NodeJS.Timeout | undefined
  const waiting: { wants(frame: Pn532Frame): boolean; settle(came: boolean): void }[] = []
  let wake = () => {}

  const take = ({ frames, rejected }: Pn532Scan) => {
    const at = now()
    const refuse = (bytes: string, why: string) => mayTell(at) && events.rejected({ bytes, why, at })
    for (const { bytes, why } of rejected) refuse(bytes, why)
    for (const frame of frames) {
      waiting.find((one) => one.wants(frame))?.settle(true)
      if (frame.kind !== 'data') continue
      // Also when nobody waits for it any more: a card that came late is a card.
      const found = cardsIn(frame.data)
      if ('why' in found) refuse(hexOf(frame.data), found.why)
      else for (const card of found.cards) if (isNew({ card, at })) events.read({ card, at })
    }
  }

  const expect = (wants: (frame: Pn532Frame) => boolean, ms: number) =>
    new Promise<boolean>((resolve) => {
      const settle = (came: boolean) => {
        clearTimeout(timer)
        waiting.splice(waiting.indexOf(one), 1)
        resolve(came)
      }
      const timer = setTimeout(() => settle(false), ms)
      const one = { wants, settle }
      waiting.push(one)
    })
  const giveUp = () => {
    for (const one of [...waiting]) one.settle(false)
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  /** The chip confirms a command, and answers it some time. */
  const command = async (data: readonly number[], answer: number, ms: number, before = new Uint8Array()) => {
    // Both are waited for from the start: they may come in one piece.
    const confirmed = expect(({ kind }) => kind === 'ack', CONFIRM)
    const answered = expect((frame) => frame.kind === 'data' && frame.data[1] === answer, CONFIRM + ms)
    if (!(await port.write(Uint8Array.from([...before, ...pn532Frame(data)])))) giveUp()
    if (await confirmed) return (await answered) ? 'answered' : 'confirmed'
    giveUp()
    return 'silent'
  }

  const converse = async (mine: number, ready: ReaderState) => {
    let told = ''
    const tell = (state: ReaderState) => {
      if (state.kind !== told) events.state(state)
      told = state.kind
    }
    const goesOn = () => !closed && life === mine
    while (goesOn()) {
      const state = await command(SET_UP, IS_SET_UP, CONFIRM, WAKE)
      if (!goesOn()) return
      if (state !== 'answered') {
        tell({ kind: 'missing', sentence: silent(path) })
        await pause(RETRY)
        continue
      }
      tell(ready)
      let asked = await command(LIST, IS_LISTED, PATIENCE)
      while (goesOn() && asked !== 'silent') {
        // The question that stands is taken back before it is asked anew.
        if (asked === 'confirmed') await port.write(PN532_ACK)
        await pause(PAUSE)
        if (goesOn()) asked = await command(LIST, IS_LISTED, PATIENCE)
      }
    }
  }

  const port = openSerialPort({
    path,
    where,
    baudRate: settings.baud ?? 115_200,
    onState(state) {
      life += 1
      giveUp()
      wake()
      scanner = createPn532Scanner()
      if (state.kind === 'ready') void converse(life, state)
      else events.state(state)
    },
    onBytes(bytes) {
      clearTimeout(quiet)
      quiet = setTimeout(() => take(scanner.silence(now())), 100)
      take(scanner.feed(bytes, now()))
    },
  })

  return {
    async close() {
      closed = true
      clearTimeout(quiet)
      giveUp()
      wake()
      await port.close()
      clearTimeout(quiet)
    },
  }
}

function silent(path: string): string {
  return `No PN532 answers at ${path}. Set both switches to HSU and let TXD go to RX, RXD to TX; Latchkey asks again every second.`
}
