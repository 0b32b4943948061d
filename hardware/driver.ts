// The whole plug-in interface for readers: a driver turns one device into card reads. It knows nothing of members or money.

/** A canonical card identity such as `em:6F007B3972` (docs/cards.md). */
export type CardIdentity = string

export type ReaderRead = { card: CardIdentity; at: number }

/** Why bytes were refused; `bytes` is upper-case hex. */
export type ReaderReject = { bytes: string; why: string; at: number }

/** `missing`: not there, tried again; `busy`: another program holds it; `denied`: no permission. */
export type ReaderState =
  | { kind: 'starting' }
  | { kind: 'ready' }
  | { kind: 'missing'; sentence: string }
  | { kind: 'busy'; sentence: string }
  | { kind: 'denied'; sentence: string }

export type ReaderEvents = {
  read(read: ReaderRead): void
  rejected(reject: ReaderReject): void
  state(state: ReaderState): void
}

/** An open reader. `close` ends it for good: no event follows its promise. */
export type Reader = { close(): Promise<void> }

export type ReaderOptions = { path: string; now: () => number; events: ReaderEvents }

/** One way of speaking, chosen by `--profile`. `open` never throws: trouble arrives as a state, and is retried. */
export type ReaderProfile = {
  name: string
  about: string
  open(options: ReaderOptions): Reader
}

/** A serial port as the computer lists it. */
export type PortInfo = { path: string; label: string }
