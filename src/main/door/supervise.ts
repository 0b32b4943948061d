// Starts the door thread and keeps it: a thread that dies is started again within a second, at the same address; one that
// hangs, after some fifteen.
import { Worker } from 'node:worker_threads'
import type { AskDoors, DeviceState, DoorQuestion } from '../domain/door-questions.ts'
import type { Ms } from '../domain/time.ts'
import type { DecisionNotice } from '../store/access-log.ts'

export type DoorThreadData = {
  dataDir: string
  migrations: string
  deskId: string
  host: string
  port: number
  /** One Float64: milliseconds that the program's clock runs ahead of the computer's (the demo's). */
  clockOffset: SharedArrayBuffer
  /** Where our own broker listens, if a door needs it; port 0 is any that is free. */
  mqtt: { host: string; port: number }
}

/** To the thread, beside 'stop' and 'alive?'. */
export type DoorAsk = { id: number; question: DoorQuestion }

export type DoorThreadMessage =
  | { kind: 'listening'; port: number }
  | { kind: 'cannot-listen'; code: string }
  | { kind: 'seen'; doorId: string; at: Ms }
  | { kind: 'decisions'; rows: readonly DecisionNotice[] }
  | { kind: 'failure'; what: string; error: string }
  | { kind: 'alive' }
  | { kind: 'device'; state: DeviceState }
  | { kind: 'broker'; port: number }
  | { kind: 'reply'; id: number; value: unknown }

export type Doors = {
  port: number
  ask: AskDoors
  stop(): Promise<void>
}

export type SuperviseOptions = {
  /** The thread's program: a .ts file in a checkout, a bundle in a package. */
  entry: URL | string
  data: DoorThreadData
  onDecision: (decision: DecisionNotice) => void
  onSeen: (doorId: string, at: Ms) => void
  onDevice: (state: DeviceState) => void
  /** Our own broker listens there. */
  onBroker: (port: number) => void
  log: (line: string, error?: unknown) => void
  /** How often it is asked whether it is alive. */
  lookEvery?: Ms
}

/** Thrown when the doors' address cannot be listened on; `code` is the system's. */
export class CannotListen extends Error {
  code: string
  constructor(code: string) {
    super(`The doors' address cannot be used (${code})`)
    this.code = code
  }
}

const RESTART_AFTER = 100
/** A board of many cards is read one by one. */
const PATIENCE = 60_000
/** Counted in questions and not by the clock: a desk that was held up itself, or a lid that was shut, kills no thread. */
const UNANSWERED = 5

export async function startDoors(options: SuperviseOptions): Promise<Doors> {
  const { entry, data, onDecision, onSeen, onDevice, onBroker, log, lookEvery = 3_000 } = options
  let worker: Worker | null = null
  /** The thread as it is now: a restart puts another in its place, and between the two there is none. */
  const current = (): Worker | null => worker
  let stopping = false
  let pending: NodeJS.Timeout | undefined
  let looking: NodeJS.Timeout | undefined
  let port = data.port
  let mqtt = data.mqtt
  /** Questions that the thread has left open since it listens. */
  let unanswered = 0
  let questions = 0
  const waiting = new Map<number, (value: unknown) => void>()

  const ask: AskDoors = (question) => {
    const id = ++questions
    return new Promise((resolve) => {
      const settle = (value: unknown) => {
        clearTimeout(patience)
        waiting.delete(id)
        resolve(value as Parameters<typeof resolve>[0])
      }
      const patience = setTimeout(settle, PATIENCE, null)
      waiting.set(id, settle)
      current()?.postMessage({ id, question } satisfies DoorAsk)
    })
  }

  function start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const started = new Worker(entry, { workerData: { ...data, port, mqtt } })
      worker = started
      started.on('message', (message: DoorThreadMessage) => {
        switch (message.kind) {
          case 'listening':
            port = message.port
            unanswered = 0
            looking ??= setInterval(look, lookEvery)
            return resolve()
          case 'alive':
            unanswered = 0
            return
          case 'cannot-listen':
            return reject(new CannotListen(message.code))
          case 'seen':
            return onSeen(message.doorId, message.at)
          case 'decisions':
            return message.rows.forEach(onDecision)
          case 'device':
            return onDevice(message.state)
          case 'broker':
            mqtt = { ...mqtt, port: message.port }
            return onBroker(message.port)
          case 'reply':
            return waiting.get(message.id)?.(message.value)
          case 'failure':
            return log(message.what, message.error)
        }
      })
      started.on('error', (error) => {
        log('The door thread failed', error)
        reject(error)
      })
      started.on('exit', () => {
        if (worker === started) worker = null
        clearInterval(looking)
        looking = undefined
        reject(new Error('The door thread ended before it listened'))
        if (!stopping) pending = setTimeout(restart, RESTART_AFTER)
      })
    })
  }

  function look(): void {
    unanswered += 1
    if (unanswered <= UNANSWERED) return current()?.postMessage('alive?')
    if (unanswered === UNANSWERED + 1) log('The door thread hangs and is ended')
    void current()?.terminate()
  }

  function restart(): void {
    if (stopping) return
    log('The door thread is started again')
    // A start that fails ends the thread, and that brings us here again.
    start().catch((error) => {
      log('The door thread could not be started again', error)
      void current()?.terminate()
    })
  }

  try {
    await start()
  } catch (error) {
    stopping = true
    await current()?.terminate()
    throw error
  }
  return {
    port,
    ask,
    async stop() {
      stopping = true
      clearTimeout(pending)
      clearInterval(looking)
      const last = current()
      if (last === null) return
      const ended = new Promise((resolve) => last.once('exit', resolve))
      last.postMessage('stop')
      // One that hangs is ended.
      const patience = setTimeout(() => void last.terminate(), 2_000)
      await ended
      clearTimeout(patience)
    },
  }
}
