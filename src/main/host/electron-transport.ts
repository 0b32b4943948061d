// Between the window and the desk: relays envelopes to the desk's process and its messages back, and keeps that process
// alive. Nothing but our own page in our own window is listened to.
import { ipcMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron'
import type { CallEnvelope, DeskMessage } from '../../preload/wire.ts'
import { isOurPage } from './windows.ts'

/** Everything that differs between a checkout and a package, or that only the shell can know. */
export type StartDesk = {
  version: string
  dataDir: string
  migrations: string
  doorThread: string
  reportThread: string
  webFolder: string
  doors: string
  stripeBase: string | null
  stripeKey: string | null
  /** The mail server's. */
  mailPassword: string | null
  demo: boolean
  /** Lines for the log, which only the desk's process writes. */
  notes: string[]
}

/** What the shell keeps for the desk. */
export type KeptSecret = 'stripe' | 'mail'

export type ToDesk =
  | ({ kind: 'start' } & StartDesk)
  | { kind: 'open' }
  | { kind: 'close' }
  | { kind: 'call'; envelope: CallEnvelope }
  | { kind: 'stop' }

export type FromDesk =
  | { kind: 'ready' }
  | { kind: 'failed'; sentence: string }
  | { kind: 'message'; message: DeskMessage }
  | { kind: 'keep-key'; key: string; purpose: KeptSecret }

const RESTART_AFTER = 250
const MOST_RESTARTS = 5
const WITHIN = 60_000
/** The desk closes its databases and the readers' ports in well under a second; the door thread has two. */
const STOP_WITHIN = 5_000

export type TransportOptions = {
  /** The desk's program. */
  program: string
  start: () => StartDesk
  page: () => WebContents | null
  keepKey: (key: string, purpose: KeptSecret) => void
  /** The desk cannot run; a person has to do something first. */
  onFailed: (sentence: string) => void
}

export type DeskProcess = { stop(): Promise<void>; pageClosed(): void }

export function startDeskProcess({ program, start, page, keepKey, onFailed }: TransportOptions): DeskProcess {
  let child: UtilityProcess | null = null
  let state: 'starting' | 'ready' | 'stopping' = 'starting'
  let opened = false
  const waiting: CallEnvelope[] = []
  const pending = new Set<number>()
  const deaths: number[] = []
  const notes: string[] = []

  const toDesk = (message: ToDesk) => child?.postMessage(message)
  const toPage = (message: DeskMessage) => page()?.send('latchkey:message', message)

  function run(): void {
    const started = utilityProcess.fork(program, [], { serviceName: 'Latchkey desk' })
    child = started
    started.on('message', (message: FromDesk) => hear(message))
    started.on('exit', (code) => ended(code))
    toDesk({ kind: 'start', ...start(), notes: notes.splice(0) })
  }

  function hear(message: FromDesk): void {
    switch (message.kind) {
      case 'ready':
        if (state === 'stopping') return
        state = 'ready'
        if (opened) toDesk({ kind: 'open' })
        for (const envelope of waiting.splice(0)) relay(envelope)
        return
      case 'failed':
        state = 'stopping'
        return onFailed(message.sentence)
      case 'message':
        if (message.message.kind === 'reply') pending.delete(message.message.id)
        return void toPage(message.message)
      case 'keep-key':
        return keepKey(message.key, message.purpose)
    }
  }

  function relay(envelope: CallEnvelope): void {
    pending.add(envelope.id)
    toDesk({ kind: 'call', envelope })
  }

  function ended(code: number): void {
    child = null
    refusePending('The desk stopped before it had answered and is being started again: try again in a moment.')
    if (state === 'stopping') return
    state = 'starting'
    deaths.push(Date.now())
    while ((deaths[0] ?? 0) < Date.now() - WITHIN) deaths.shift()
    if (deaths.length > MOST_RESTARTS) {
      state = 'stopping'
      return onFailed(`The desk's process ended ${deaths.length} times within a minute: the log says what broke.`)
    }
    notes.push(`The desk's process ended with code ${code} and was started again`)
    setTimeout(() => {
      if (state === 'starting') run()
    }, RESTART_AFTER)
  }

  function refusePending(sentence: string): void {
    for (const id of pending) toPage({ kind: 'reply', id, ok: false, refusal: { code: 'not-running', sentence } })
    pending.clear()
  }

  /** Another frame, another window or another address gets no answer at all. */
  const isOurs = (event: Electron.IpcMainEvent) => {
    const ours = page()
    const frame = event.senderFrame
    return ours !== null && event.sender === ours && frame === ours.mainFrame && frame !== null && isOurPage(frame.url)
  }

  ipcMain.on('latchkey:open', (event) => {
    if (!isOurs(event)) return
    // What a page before a reload asked is nobody's any more.
    pending.clear()
    waiting.length = 0
    opened = true
    if (state === 'ready') toDesk({ kind: 'open' })
  })
  ipcMain.on('latchkey:call', (event, raw: unknown) => {
    if (!isOurs(event)) return
    const envelope = raw as Partial<CallEnvelope> | null
    if (typeof envelope?.id !== 'number' || typeof envelope.name !== 'string') return
    const call = { id: envelope.id, name: envelope.name, args: envelope.args }
    if (state === 'ready') relay(call)
    else waiting.push(call)
  })

  run()
  return {
    pageClosed() {
      opened = false
      pending.clear()
      waiting.length = 0
      if (state === 'ready') toDesk({ kind: 'close' })
    },
    stop() {
      state = 'stopping'
      const last = child
      if (last === null) return Promise.resolve()
      return new Promise((resolve) => {
        const patience = setTimeout(() => last.kill(), STOP_WITHIN)
        last.once('exit', () => {
          clearTimeout(patience)
          resolve()
        })
        toDesk({ kind: 'stop' })
      })
    },
  }
}
