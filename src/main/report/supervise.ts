// Keeps the report thread: started by the first question or some time after the desk, and again by the next question where
// it died. Nothing waits for it but whoever asked.
import { Worker } from 'node:worker_threads'
import type { Push } from '../../preload/contract.ts'
import { type Result, refuse } from '../app/result.ts'
import { reportWords } from '../domain/numbers-en.ts'
import { MINUTE, type Ms, SECOND } from '../domain/time.ts'

export type ReportThreadData = {
  dataDir: string
  migrations: string
  deskId: string
  version: string
  /** One Float64: milliseconds that the program's clock runs ahead of the computer's (the demo's). */
  clockOffset: SharedArrayBuffer
}

/** To the thread, beside 'stop'. */
export type ReportAsk = { id: number; name: string; args: unknown }

/** `outcome` is null where answering broke. */
export type ReportThreadMessage =
  | { kind: 'reply'; id: number; outcome: Result<unknown> | null }
  | { kind: 'progress'; so: Push<'report.progress'> }
  | { kind: 'failure'; what: string; error: string }

export type Reports = { ask(name: string, args: unknown): Promise<Result<unknown>>; stop(): Promise<void> }

export type ReportOptions = {
  /** The thread's program: a .ts file in a checkout, a bundle in a package. */
  entry: URL | string
  data: ReportThreadData
  onProgress: (so: Push<'report.progress'>) => void
  log: (line: string, error?: unknown) => void
  /** When it is started though nobody asked, to read the log before somebody does. */
  startAfter?: Ms
  /** How often it is looked whether it still says anything while somebody waits. */
  lookEvery?: Ms
}

/** For what an answer makes and drops again: with less, V8 copies it about in tenths of a second, while somebody waits. */
const YOUNG_MB = 192
/** Looks in a row that heard nothing: counted and not by the clock, for a lid may have been shut. */
const SILENT = 8

export function startReports(options: ReportOptions): Reports {
  const { entry, data, onProgress, log, startAfter = MINUTE, lookEvery = 15 * SECOND } = options
  const waiting = new Map<number, (outcome: Result<unknown>) => void>()
  let worker: Worker | null = null
  let stopping = false
  let asked = 0
  let silent = 0
  let looking: NodeJS.Timeout | undefined
  const broken = () => refuse('broken', reportWords.broken)

  function settle(id: number, outcome: Result<unknown>): void {
    waiting.get(id)?.(outcome)
    waiting.delete(id)
    if (waiting.size > 0) return
    clearInterval(looking)
    looking = undefined
  }

  function start(): Worker {
    const started = new Worker(entry, { workerData: data, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } })
    worker = started
    started.on('message', (message: ReportThreadMessage) => {
      silent = 0
      switch (message.kind) {
        case 'reply':
          return settle(message.id, message.outcome ?? broken())
        case 'progress':
          return onProgress(message.so)
        case 'failure':
          return log(message.what, message.error)
      }
    })
    started.on('error', (error) => log('The report thread failed', error))
    started.on('exit', () => {
      if (worker === started) worker = null
      for (const id of [...waiting.keys()]) settle(id, broken())
    })
    return started
  }

  function look(): void {
    silent += 1
    if (silent < SILENT) return
    log('The report thread hangs and is ended')
    void worker?.terminate()
  }

  const early = setTimeout(() => worker ?? start(), startAfter)
  early.unref()
  return {
    ask(name, args) {
      if (stopping) return Promise.resolve(broken())
      return new Promise((resolve) => {
        const id = ++asked
        waiting.set(id, resolve)
        silent = 0
        looking ??= setInterval(look, lookEvery)
        ;(worker ?? start()).postMessage({ id, name, args } satisfies ReportAsk)
      })
    },
    async stop() {
      stopping = true
      clearTimeout(early)
      const last = worker
      if (last === null) return
      const ended = new Promise((resolve) => last.once('exit', resolve))
      last.postMessage('stop')
      // One that is in the middle of a long question is not waited for.
      const patience = setTimeout(() => void last.terminate(), SECOND)
      await ended
      clearTimeout(patience)
    },
  }
}
