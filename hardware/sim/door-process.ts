// A simulated controller as a process of its own: one line of JSON for each thing that happens, and lines that steer it.
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { DoorMemory } from './door-memory.ts'
import { type NativeDoor, type NativeDoorOptions, startNativeDoor } from './native-door.ts'

export const SENSORS = ['forced', 'open-too-long', 'not-opened', 'closed', 'power-on']
const STEERING = `card CARD [FORM], cut, mend, tell ${SENSORS.join('|')}, state, quit`
/** The desk takes no longer text as a card. */
const LONGEST_CARD = 200

export type DoorProcessOptions = Omit<NativeDoorOptions, 'key' | 'flash' | 'onAnswer' | 'onNews'> & {
  /** Null: the first line of the input. */
  key: string | null
  openMemory(key: string): DoorMemory | undefined
  input: Readable
  say(line: string): void
  complain(sentence: string): void
}

export type DoorProcess = {
  /** Null when it was told to quit; a sentence where it cannot begin. */
  ended: Promise<string | null>
  close(): Promise<void>
}

export function runDoorProcess({
  key: given,
  openMemory,
  input,
  complain,
  ...options
}: DoorProcessOptions): DoorProcess {
  const reader = createInterface({ input })
  // Taken at once: a line that comes before somebody waits for it is lost.
  const lines = reader[Symbol.asyncIterator]()
  const say = (told: object) => options.say(JSON.stringify(told))
  let door: NativeDoor | null = null

  async function begin(key: string): Promise<NativeDoor> {
    const memory = openMemory(key)
    const flash = memory && {
      ...memory,
      save(remembered: Parameters<DoorMemory['save']>[0]) {
        // A disk that is full must not keep the door shut.
        try {
          memory.save(remembered)
        } catch (error) {
          complain((error as Error).message)
        }
      },
    }
    const started = startNativeDoor({
      ...options,
      key,
      ...(flash && { flash }),
      onAnswer: (card, answer) => say({ what: 'answer', card, ...answer }),
      onNews: say,
    })
    // At once: it may be told to end while it still says that it is there.
    door = started
    say({ what: 'ready', door: options.id, pid: process.pid })
    if (options.memory !== 0) await started.tell('power-on')
    return started
  }

  /** False: it is to end. */
  async function steer(at: NativeDoor, line: string): Promise<boolean> {
    const [word = '', first, second, ...more] = line.trim().split(/\s+/)
    if (word === '') return true
    if (word === 'quit' && first === undefined) return false
    if (word === 'card' && first !== undefined && more.length === 0 && first.length <= LONGEST_CARD) {
      await at.present(first, second)
    } else if (word === 'tell' && SENSORS.includes(first ?? '') && second === undefined && options.memory !== 0) {
      await at.tell(first ?? '')
      say({ what: 'told', kind: first, waiting: at.held().waiting })
    } else if ((word === 'cut' || word === 'mend') && first === undefined) {
      at.cutOff(word === 'cut')
      say({ what: word === 'cut' ? 'cut' : 'mended' })
      if (word === 'mend') await at.catchUp()
    } else if (word === 'state' && first === undefined) {
      const { clock, ...held } = at.held()
      say({ what: 'state', ...held, clock: clock === null ? null : new Date(clock).toISOString() })
    } else complain(`"${line.trim().slice(0, 60)}" is nothing to be done at a door: write ${STEERING}.`)
    return true
  }

  async function run(): Promise<string | null> {
    const key = given ?? (await lines.next()).value?.trim() ?? ''
    if (!/^[0-9a-f]{64}$/.test(key))
      return 'The key is none: give the 64 hex characters that `latchkey door add` printed, with --key or as the first line of the input.'
    let at: NativeDoor
    try {
      at = await begin(key)
    } catch (error) {
      return (error as Error).message
    }
    for await (const line of lines) if (!(await steer(at, line))) return null
    // The end of the input is no reason to stop: a door runs on until it is told to.
    return new Promise(() => undefined)
  }

  return {
    ended: run(),
    async close() {
      reader.close()
      await door?.close()
    },
  }
}
