// What use cases work with. Those that only read need no running desk; the others get what only a desk has.

import type { CallName, Push, PushName, Reply } from '../../preload/contract.ts'
import type { BankCard } from '../domain/bank-cards.ts'
import type { DoorEventKind } from '../domain/door-events.ts'
import type { AskDoors, DeviceState } from '../domain/door-questions.ts'
import type { NewId } from '../domain/ids.ts'
import type { Mail } from '../domain/mail.ts'
import type { Delivery } from '../domain/outbox.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from '../store/open.ts'
import type { CardWaits } from './card-wait.ts'
import type { ReaderBench } from './reader-bench.ts'
import type { ReaderQueue } from './reader-queue.ts'
import type { ReaderSearchDesk } from './reader-search.ts'
import type { WebhookDesk } from './receive-webhook.ts'
import type { Result } from './result.ts'
import type { SyncRunner } from './sync-runner.ts'

export type ReadDeps = {
  version: string
  desk: ReadDb
  /** The log of decisions; null where no door has ever been served. */
  access: ReadDb | null
  /** What is kept of the log for reports; null but in the report thread. To be had by `reportOf` (report-db.ts). */
  report: ReadDb | null
  deskId: string
  now: () => Ms
  /** What only a running desk knows; null where none runs. */
  live: Live | null
  /** Screens hear how far a long call is; only in the report thread. */
  progress?: (so: Push<'report.progress'>) => void
}

export type Live = {
  db: WriteDb
  newId: NewId
  /** Lower-case hex of that many random bytes. */
  randomHex: (bytes: number) => string
  operator: string
  sync: SyncRunner
  readers: ReaderBench
  readerSearch: ReaderSearchDesk
  waits: CardWaits
  signUps: SignUps
  changes: Changes
  readerQueue: ReaderQueue
  payments: Payments
  webhooks: WebhookDesk
  /** A new file, only for its owner, that takes lines; throws OpenRefused where it cannot be made. */
  openRecording: (file: string) => { write(line: string): void; close(): void }
  /** Bytes free on the disk of the data and taken by it, the folder of the data, and the computer's IANA time zone. */
  computer: () => { free: number; used: number; folder: string; zone: string }
  /** When each door last sent a correctly signed request in this run, and how many milliseconds ago by a clock that
   * nobody can set. */
  doorSeen: (doorId: string) => { at: Ms; ago: number } | null
  /** Has a call that reads much answered by the report thread. */
  aside: (name: CallName, args: unknown) => Promise<Result<unknown>>
  /** What only the door thread can answer; null where it does not. */
  askDoors: AskDoors
  /** What a device at a door last told of itself; null where there is none. */
  deviceState: (doorId: string) => DeviceState | null
  secrets: SecretDesk
  mail: MailDesk
  demo: DemoControls | null
  signIns: SignIns
  push: <N extends PushName>(name: N, value: Push<N>) => void
  /** Lamps changed: sent to every screen. */
  pushLamps: () => void
}

/** Browsers at this desk: a link that lets one in, and an end for all that were let in. */
export type SignIns = { link: () => string; endAll: () => void }

export type DeskDeps = ReadDeps & { live: Live }

/** The sign-ups that are under way in this run of the desk. */
export type SignUps = {
  /** Goes on with it until a person is asked; joins a run that is under way. */
  run(id: string): Promise<void>
  isRunning(id: string): boolean
  /** Why it stands still though nobody is asked, such as no connection. */
  trouble(id: string): string | null
  /** Ends what is under way at the card reader or on the page, and waits until it is known how that went. */
  stop(id: string): Promise<void>
  /** After a start: whatever was under way goes on. */
  resume(): void
  /** Stripe was reached: what waited for it goes on without anybody, links are looked at, provisional cards settled. */
  tend(): void
  /** The program ends: what is under way is left as it is. */
  close(): Promise<void>
}

/** The changes of memberships at Stripe that are under way in this run of the desk. */
export type Changes = {
  /** One after the other for each membership. */
  inTurn<T>(membershipId: string, work: () => Promise<T>): Promise<T>
  /** Finds out what became of those that were asked for and not answered. */
  settle(membershipId: string): Promise<void>
  /** The same for all of them, in a while. */
  settleLater(): void
  /** After a start: the same for all of them, now. */
  resume(): void
  close(): Promise<void>
}

/** The payments of what is owed that are under way in this run of the desk. */
export type Payments = {
  /** Goes on with it until a person is asked or waited for; joins a run that is under way. */
  run(id: string): Promise<void>
  isRunning(id: string): boolean
  /** Why it stands still though nobody is asked, such as no connection. */
  trouble(id: string): string | null
  /** Ends what is under way at the card reader or on a page, and waits until it is known how that went. */
  stop(id: string): Promise<void>
  /** One piece of work by its name at a time: a second click waits for the first and gets its answer. */
  once<T>(id: string, work: () => Promise<T>): Promise<T>
  /** After a start: whatever was under way goes on. */
  resume(): void
  /** The program ends: what is under way is left as it is. */
  close(): Promise<void>
}

/** Where the Stripe key comes from, and the one way to put a new one in. */
export type SecretDesk = {
  state(): { source: 'environment' | 'store' | 'none' | 'sandbox'; mode: 'live' | 'test' | null }
  setStripe(key: string): void
  /** What Stripe signs its webhooks with; returns a sentence where it cannot be kept. */
  setWebhook(secret: string): string | undefined
}

/** The way to the mail server, its password, and whoever sends what the outbox holds. */
export type MailDesk = {
  password(): string | null
  /** Throws where it cannot be kept; an empty one is forgotten. */
  keepPassword(password: string): void
  /** One mail beside the outbox; null while no mail is set up. */
  send(mail: Mail): Promise<Delivery | null>
  /** There is something new to send, or another way. */
  wake(): void
}

/** `doors` are the simulated ones; the calls below it are for their ids alone. */
export type DemoControls = {
  advance(ms: Ms): Promise<void>
  present(card: string): boolean
  /** Holds a bank card to whichever card reader waits for one; false where none does. */
  pay(card: BankCard): boolean
  /** Where the sandbox has the page of an invoice, which tells an address of Stripe's. */
  pageOf(url: string): string
  doors(): Reply<'demo.doors'>
  swipe(
    doorId: string,
    card: string,
  ): Promise<{ grant: boolean; reason: string; receipt: string | null; offline: boolean } | { why: string }>
  cutDoor(doorId: string, cut: boolean): Promise<void>
  /** What it answers ends a sentence: why it tells nothing of that. */
  tell(doorId: string, kind: DoorEventKind): Promise<string | null>
}
