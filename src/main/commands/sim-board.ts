// `latchkey sim board`: a simulated UHPPOTE board that runs until it is told to end, for trying a desk without hardware.
import path from 'node:path'
import { type Lasting, text } from './command.ts'

export const SIM_BOARD: Lasting = {
  words: 'sim board',
  args: '--port N --serial N [--cards FILE]',
  about:
    'a simulated UHPPOTE board at this computer, which says what it logs; its input takes: swipe NUMBER DOOR, exit DOOR, force DOOR, state, quit',
  options: { port: { type: 'string' }, serial: { type: 'string' }, cards: { type: 'string' } },
  async start(values, { out, err, stdin }) {
    const [port = '', serial = '', cards] = [text(values.port), text(values.serial), text(values.cards)]
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
      return { usage: '--port is where the board is served, from 0 (any that is free) to 65535.' }
    if (!/^[1-9]\d{0,9}$/.test(serial) || Number(serial) > 0xffff_ffff)
      return { usage: '--serial is the number on the board, from 1 to 4294967295.' }
    const { runBoardProcess } = await import('../../../hardware/sim/uhppote-process.ts')
    return runBoardProcess({
      port: Number(port),
      serial: Number(serial),
      cards: cards === undefined ? null : path.resolve(cards),
      now: Date.now,
      input: stdin,
      say: out,
      complain: err,
    })
  },
}
