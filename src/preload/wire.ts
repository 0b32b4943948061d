// Envelopes that carry the contract over any transport (WebSocket, Electron IPC), and the version they speak.
import type { Args, CallName, Push, PushName, Refusal, Reply } from './contract.ts'

/** Raised when an envelope changes shape; a page of another version is told to reload. */
export const PROTOCOL = 1

export type CallEnvelope = { id: number; name: string; args: unknown }

export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal }

export type DeskMessage =
  | { kind: 'hello'; protocol: number; version: string }
  | ({ kind: 'reply'; id: number } & Outcome<unknown>)
  | { kind: 'push'; name: PushName; value: unknown }

/** What a screen or a command holds: one typed function, whatever carries it. */
export type DeskLink = {
  call<N extends CallName>(name: N, args: Args<N>): Promise<Outcome<Reply<N>>>
  on<N extends PushName>(name: N, listener: (value: Push<N>) => void): () => void
  /** Tells whether the desk is reached; listeners are told at once and on every change. */
  onLink(listener: (state: LinkState) => void): () => void
  close(): void
}

export type LinkState = 'connecting' | 'open' | 'lost' | 'signed-out' | 'outdated'

/** Name under which the Electron bridge stands on `window`. */
export const BRIDGE = 'latchkey'

/** What the bridge exposes: plain messages, so that every check stays on the privileged side. */
export type Bridge = {
  send(envelope: CallEnvelope): void
  receive(listener: (message: DeskMessage) => void): () => void
}
