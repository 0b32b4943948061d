// A simulated ESP-RFID box as a process of its own: one line of JSON for each thing that happens, and lines that steer it.
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { type EspDeviceOptions, startEspDevice } from './esp-rfid-device.ts'

const STEERING = 'swipe UID, state, quit'

export type EspProcessOptions = Omit<EspDeviceOptions, 'onOpen'> & {
  input: Readable
  say(line: string): void
  complain(sentence: string): void
}

export type EspProcess = {
  /** Null when it was told to quit. */
  ended: Promise<null>
  close(): Promise<void>
}

export function runEspProcess({ input, complain, ...options }: EspProcessOptions): EspProcess {
  const lines = createInterface({ input })
  const say = (told: object) => options.say(JSON.stringify(told))
  const box = startEspDevice({ ...options, onOpen: (by) => say({ what: 'opened', by }) })
  box.port.onState((state) => {
    if (state.kind === 'down') complain(state.sentence)
    else say({ what: state.kind === 'ready' ? 'ready' : 'started', topic: options.topic, pid: process.pid })
  })

  const ended = new Promise<null>((resolve) => {
    // The end of the input is no reason to stop: a box runs on until it is told to.
    lines.on('line', (line) => {
      const [word = '', uid, ...more] = line.trim().split(/\s+/)
      if (word === 'quit' && uid === undefined) resolve(null)
      else if (word === 'swipe' && uid !== undefined && more.length === 0)
        say({ what: 'swiped', uid, result: box.swipe(uid) })
      else if (word === 'state' && uid === undefined)
        say({ what: 'state', cards: box.list.uids().length, opened: box.opened(), broker: box.port.state().kind })
      else if (word !== '') complain(`"${line.trim().slice(0, 60)}" is nothing to be done at a box: write ${STEERING}.`)
    })
  })

  return {
    ended,
    async close() {
      lines.close()
      await box.close()
    },
  }
}
