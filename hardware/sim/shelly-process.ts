// A simulated relay as a process of its own: one line of JSON for each thing that happens, and lines that steer it.
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { type Shelly, startShelly } from './shelly.ts'

const STEERING = 'state, quit'

export type ShellyProcessOptions = {
  port: number
  password?: string
  random(bytes: number): Uint8Array
  input: Readable
  say(line: string): void
  complain(sentence: string): void
}

export type ShellyProcess = {
  /** Null when it was told to quit; a sentence where it cannot begin. */
  ended: Promise<string | null>
  close(): Promise<void>
}

export function runShellyProcess({ input, complain, ...options }: ShellyProcessOptions): ShellyProcess {
  const reader = createInterface({ input })
  // Taken at once: a line that comes before somebody waits for it is lost.
  const lines = reader[Symbol.asyncIterator]()
  const say = (told: object) => options.say(JSON.stringify(told))
  let relay: Promise<Shelly> | null = null

  async function run(): Promise<string | null> {
    relay = startShelly({
      ...options,
      onSwitch: ({ id, on, seconds, by }) => say({ what: on ? 'opened' : 'closed', switch: id, by, seconds }),
    })
    let running: Shelly
    try {
      running = await relay
    } catch (error) {
      relay = null
      return `No relay can be served at port ${options.port}: ${(error as Error).message}`
    }
    say({ what: 'ready', url: `http://127.0.0.1:${running.port}`, pid: process.pid })
    for await (const line of lines) {
      const word = line.trim()
      if (word === 'quit') return null
      if (word === 'state') say({ what: 'state', open: running.isOn() })
      else if (word !== '') complain(`"${word.slice(0, 60)}" is nothing to be done at a relay: write ${STEERING}.`)
    }
    // The end of the input is no reason to stop: a relay runs on until it is told to.
    return new Promise(() => undefined)
  }

  return {
    ended: run(),
    async close() {
      reader.close()
      await (await relay)?.close()
    },
  }
}
