// What a host gives to a desk, and what it gets of it.
import type { Push, PushName } from '../preload/contract.ts'
import type { DemoControls, DeskDeps, SignIns } from './app/deps.ts'
import type { WebhookDesk } from './app/receive-webhook.ts'
import type { MailOptions } from './notify/start-mail.ts'
import type { StripePort } from './stripe/port.ts'

export type KeySource = 'environment' | 'store' | 'none' | 'sandbox'

export type DeskOptions = {
  version: string
  dataDir: string
  /** Folder of the numbered .sql files. */
  migrations: string
  /** The door thread's program. */
  doorThread: URL | string
  /** The report thread's. */
  reportThread: URL | string
  doors: { host: string; port: number }
  /** Where our own broker for boxes at doors listens, once a door needs it; port 0 is any that is free. */
  mqtt: { host: string; port: number }
  /** One Float64: milliseconds that the program's clock runs ahead of the computer's. */
  clockOffset: SharedArrayBuffer
  defaultZone: string
  /** A new file that takes lines (host/recording-file.ts). */
  openRecording: (file: string) => { write(line: string): void; close(): void }
  /** What the computer has left (host/computer.ts). */
  computer: () => { free: number; used: number; folder: string; zone: string }
  stripe: { source: KeySource; key: string | null; connect: (key: string) => Promise<StripePort> }
  keepStripeKey: (key: string) => void
  mailPassword: MailOptions['password']
  /** Stripe's webhooks, for those who have a tunnel: whether an address listens, and what they are signed with. */
  webhook: {
    listening: boolean
    secret: () => string | null
    /** Returns a sentence where it cannot be kept. */
    keep: (secret: string) => string | undefined
  }
  demo: DemoControls | null
  signIns: SignIns
  log: (line: string, error?: unknown) => void
}

export type PushListener = <N extends PushName>(name: N, value: Push<N>) => void

export type Desk = {
  deps: DeskDeps
  /** Where doors are answered. */
  doorsPort: number
  /** Where our own broker listens, known once a door has needed it. */
  brokerPort: Promise<number>
  webhooks: WebhookDesk
  /** Called for every push; returns how to stop. */
  onPush(listener: PushListener): () => void
  stop(): Promise<void>
}
