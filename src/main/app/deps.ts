// What use cases work with. Those that only read need no running desk; the others get what only a desk has.

import type { Push, PushName, Reply } from '../../preload/contract.ts'
import type { DoorEventKind } from '../domain/door-events.ts'
import type { AskDoors, DeviceState } from '../domain/door-questions.ts'
import type { NewId } from '../domain/ids.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from '../store/open.ts'
import type { Enrolments } from './enrolment.ts'
import type { ReaderBench } from './reader-bench.ts'
import type { WebhookDesk } from './receive-webhook.ts'
import type { SyncRunner } from './sync-runner.ts'

export type ReadDeps = {
  version: string
  desk: ReadDb
  /** The log of decisions; null where no door has ever been served. */
  access: ReadDb | null
  deskId: string
  now: () => Ms
  /** What only a running desk knows; null where none runs. */
  live: Live | null
}

export type Live = {
  db: WriteDb
  newId: NewId
  /** Lower-case hex of that many random bytes. */
  randomHex: (bytes: number) => string
  operator: string
  sync: SyncRunner
  readers: ReaderBench
  enrolments: Enrolments
  webhooks: WebhookDesk
  /** A new file, only for its owner, that takes lines; throws OpenRefused where it cannot be made. */
  openRecording: (file: string) => { write(line: string): void; close(): void }
  /** Bytes free on the disk of the data and taken by it, the folder of the data, and the computer's IANA time zone. */
  computer: () => { free: number; used: number; folder: string; zone: string }
  /** When each door last sent a correctly signed request in this run, and how many milliseconds ago by a clock that
   * nobody can set. */
  doorSeen: (doorId: string) => { at: Ms; ago: number } | null
  /** What only the door thread can answer; null where it does not. */
  askDoors: AskDoors
  /** What a device at a door last told of itself; null where there is none. */
  deviceState: (doorId: string) => DeviceState | null
  secrets: SecretDesk
  demo: DemoControls | null
  signInLink: () => string
  push: <N extends PushName>(name: N, value: Push<N>) => void
  /** Lamps changed: sent to every screen. */
  pushLamps: () => void
}

export type DeskDeps = ReadDeps & { live: Live }

/** Where the Stripe key comes from, and the one way to put a new one in. */
export type SecretDesk = {
  state(): { source: 'environment' | 'store' | 'none' | 'sandbox'; mode: 'live' | 'test' | null }
  setStripe(key: string): void
  /** What Stripe signs its webhooks with; returns a sentence where it cannot be kept. */
  setWebhook(secret: string): string | undefined
}

/** `doors` are the simulated ones; the calls below it are for their ids alone. */
export type DemoControls = {
  advance(ms: Ms): Promise<void>
  present(card: string): boolean
  doors(): Reply<'demo.doors'>
  swipe(
    doorId: string,
    card: string,
  ): Promise<{ grant: boolean; reason: string; receipt: string | null; offline: boolean } | { why: string }>
  cutDoor(doorId: string, cut: boolean): Promise<void>
  tell(doorId: string, kind: DoorEventKind): Promise<void>
}
