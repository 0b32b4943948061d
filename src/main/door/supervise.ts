// Starts the door thread and keeps it: a thread that dies is started again within a second, at the same address.
import { Worker } from 'node:worker_threads'
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
}

export type DoorThreadMessage =
  | { kind: 'listening'; port: number }
  | { kind: 'cannot-listen'; code: string }
  | { kind: 'seen'; doorId: string; at: Ms }
  | ({ kind: 'decision' } & DecisionNotice)
  | { kind: 'failure'; what: string; error: string }

export type Doors = { port: number; stop(): Promise<void> }

export type SuperviseOptions = {
  /** The thread's program: a .ts file in a checkout, a bundle in a package. */
  entry: URL | string
  data: DoorThreadData
  onDecision: (decision: DecisionNotice) => void
  onSeen: (doorId: string, at: Ms) => void
  log: (line: string, error?: unknown) => void
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

export async function startDoors({ entry, data, onDecision, onSeen, log }: SuperviseOptions): Promise<Doors> {
  let worker: Worker | null = null
  /** The thread as it is now: a restart puts another in its place, and between the two there is none. */
  const current = (): Worker | null => worker
  let stopping = false
  let pending: NodeJS.Timeout | undefined
  let port = data.port

  function start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const started = new Worker(entry, { workerData: { ...data, port } })
      worker = started
      started.on('message', (message: DoorThreadMessage) => {
        switch (message.kind) {
          case 'listening':
            port = message.port
            return resolve()
          case 'cannot-listen':
            return reject(new CannotListen(message.code))
          case 'seen':
            return onSeen(message.doorId, message.at)
          case 'decision':
            return onDecision(message)
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
        reject(new Error('The door thread ended before it listened'))
        if (!stopping) pending = setTimeout(restart, RESTART_AFTER)
      })
    })
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
    async stop() {
      stopping = true
      clearTimeout(pending)
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
