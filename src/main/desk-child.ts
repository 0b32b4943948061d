// The desk inside the desktop program: a process of its own below Electron's main one, steered by messages. It also
// listens on this computer for the command line, so that every command works while the window is open.
import type { ParentPort } from 'electron'
import type { DeskMessage } from '../preload/wire.ts'
import { addressOf, usualBroker } from './host/config.ts'
import { openSession, owner, type Session } from './host/dispatch.ts'
import type { FromDesk, KeptSecret, StartDesk, ToDesk } from './host/electron-transport.ts'
import { lastWords, onBroken } from './host/last-words.ts'
import { sentenceOf } from './host/refusals.ts'
import { type RunningDesk, runDesk } from './run-desk.ts'

const port = (process as unknown as { parentPort: ParentPort }).parentPort
const tell = (message: FromDesk) => port.postMessage(message)
let running: Promise<RunningDesk | null> = Promise.resolve(null)
let session: Session | null = null
let opened = 0

// One after another: what arrives while the desk starts waits for it.
let turn: Promise<void> = Promise.resolve()
port.on('message', ({ data }) => {
  turn = turn.then(() => receive(data as ToDesk))
})

async function receive(message: ToDesk): Promise<void> {
  switch (message.kind) {
    case 'start':
      running = begin(message).catch(failed)
      if ((await running) !== null) tell({ kind: 'ready' })
      return
    case 'open': {
      session?.close()
      const started = await running
      if (started === null) return
      opened += 1
      const mine = opened
      // Ids begin anew with each page: an answer to the one before would be taken for another.
      const send = (sent: DeskMessage) => mine === opened && tell({ kind: 'message', message: sent })
      session = openSession(started.desk, owner(), send, started.log)
      return
    }
    case 'close':
      session?.close()
      session = null
      return
    case 'call':
      return session?.receive(message.envelope)
    case 'stop':
      session?.close()
      await (await running)?.stop()
      process.exit(0)
  }
}

function failed(error: unknown): null {
  const what = error instanceof Error ? error.message : String(error)
  tell({ kind: 'failed', sentence: sentenceOf(error) ?? `Latchkey could not go on: ${what}` })
  return null
}

const keptByShell = (given: string | null, purpose: KeptSecret) => ({
  get: () => given,
  set: (key: string) => tell({ kind: 'keep-key', key, purpose }),
})

async function begin(options: StartDesk): Promise<RunningDesk> {
  // The shell starts it again.
  onBroken((reason) => {
    lastWords(options.dataDir, reason)
    process.exit(1)
  })
  // The keychain is the shell's: it gave the key with the start, and keeps a new one.
  const secrets = keptByShell(options.stripeKey, 'stripe')
  const mailSecrets = keptByShell(options.mailPassword, 'mail')
  const doors = addressOf('--doors', options.doors)
  const mqtt = addressOf('--mqtt', usualBroker(options.demo))
  const running = await runDesk({ ...options, doors, mqtt, ui: { host: '127.0.0.1', port: 0 }, secrets, mailSecrets })
  for (const note of options.notes) running.log(note)
  return running
}
