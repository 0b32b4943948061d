// The whole plug-in interface for readers: a driver turns one device into card reads. It knows nothing of members or money.

/** A canonical card identity such as `em:6F007B3972` (docs/cards.md). */
export type CardIdentity = string

export type ReaderRead = { card: CardIdentity; at: number }

/** Why bytes were refused; `bytes` is upper-case hex. */
export type ReaderReject = { bytes: string; why: string; at: number }

/** `missing`: not there or silent, tried again; `busy`: another program holds it; `denied`: no permission. */
export type ReaderState =
  | { kind: 'starting' }
  /** `path`: where it was found, if it is not where it was. */
  | { kind: 'ready'; path?: string }
  | { kind: 'missing'; sentence: string }
  | { kind: 'busy'; sentence: string }
  | { kind: 'denied'; sentence: string }

export type ReaderEvents = {
  read(read: ReaderRead): void
  rejected(reject: ReaderReject): void
  state(state: ReaderState): void
}

/** An open reader. `close` ends it for good: no event follows its promise. */
export type Reader = {
  close(): Promise<void>
  /** Of a reader that types: what the page has caught. */
  typed?(text: string): void
}

/** Where a line of text ends. */
export const LINE_ENDS = ['newline', 'tab', 'semicolon', 'etx', 'silence'] as const
export type LineEnd = (typeof LINE_ENDS)[number]

/** What differs between two readers of one kind; what is left out is as the kind has it. */
export type ReaderSettings = {
  baud?: number | undefined
  /** The written form of its numbers (docs/cards.md). */
  form?: string | undefined
  /** It writes the bytes of a card last first. */
  turned?: boolean | undefined
  /** What stands before the card; lines without it are not about cards. */
  prefix?: string | undefined
  end?: LineEnd | undefined
}

/** The identity of a card by its written form: the one rule that drivers do not have themselves. */
export type ReadCard = (
  text: string,
  form: string,
) => { ok: true; canonical: CardIdentity } | { ok: false; why: string }

export type ReaderOptions = {
  path: string
  now: () => number
  events: ReaderEvents
  readCard: ReadCard
  settings?: ReaderSettings
  /** Where the device is now, null where something else has its place; asked before each attempt to open it. */
  where?: () => Promise<string | null>
}

export type FrameResult = { reads: ReaderRead[]; rejected: ReaderReject[] }

/** From the bytes of one line to cards: pure, with the moments handed in. */
export type FrameParser = {
  /** What stops for this long, in milliseconds, is not going on. */
  quiet: number
  /** Takes bytes as they come, in pieces of any size; every frame that repeats is a read. */
  feed(bytes: Uint8Array, atMs: number): FrameResult
  /** To be called when nothing has come for `quiet` and when the line ends: a part is dropped and told. */
  silence(atMs: number): FrameResult
}

/** One way of speaking, chosen by `--profile`. `open` never throws: trouble arrives as a state, and is retried. */
export type ReaderProfile = {
  name: string
  about: string
  /** How it is connected, in one or two sentences for whoever has it in the hand. */
  wiring: string
  /** What may be set for one reader of this kind, and what holds where nothing is. */
  defaults: ReaderSettings
  /** The one port that it has, where that is no serial port. */
  port?: string
  /** Null where it does not speak in frames. */
  parser: ((settings: ReaderSettings, readCard: ReadCard) => FrameParser) | null
  open(options: ReaderOptions): Reader
}

/** What a device tells of itself by USB, and the name that the system gave it for that. */
export type PortIds = {
  vendor?: string | undefined
  product?: string | undefined
  serial?: string | undefined
  link?: string | undefined
}

/** A serial port as the computer lists it. */
export type PortInfo = { path: string; label: string; ids?: PortIds | undefined }
