// What every transport shares: numbered calls, replies, pushes and the state of the link.
import type { PushName } from '../../preload/contract.ts'
import {
  type CallEnvelope,
  type DeskLink,
  type DeskMessage,
  type LinkState,
  type Outcome,
  PROTOCOL,
} from '../../preload/wire.ts'
import { linkWords } from '../messages/link-en.ts'

export type LinkCore = Omit<DeskLink, 'close'> & {
  state(): LinkState
  receive(message: DeskMessage): void
  /** The carrier broke: what was sent is answered with a refusal; what was not sent yet waits on. */
  lost(): void
  signedOut(): void
}

type Settle = (outcome: Outcome<unknown>) => void

function broken(sentence: string): Outcome<never> {
  return { ok: false, refusal: { code: 'broken', sentence } }
}

export function createLinkCore(send: (envelope: CallEnvelope) => void): LinkCore {
  let state: LinkState = 'connecting'
  let lastId = 0
  let unsent: CallEnvelope[] = []
  const pending = new Map<number, Settle>()
  const linkListeners = new Set<(state: LinkState) => void>()
  const pushListeners = new Map<PushName, Set<(value: never) => void>>()

  function become(next: LinkState): void {
    if (next === state) return
    state = next
    for (const listener of linkListeners) listener(state)
  }

  function settleAll(sentence: string): void {
    const waiting = new Set(unsent.map(({ id }) => id))
    const drop = state === 'connecting' ? [...pending].filter(([id]) => !waiting.has(id)) : [...pending]
    if (state !== 'connecting') unsent = []
    for (const [id, settle] of drop) {
      pending.delete(id)
      settle(broken(sentence))
    }
  }

  function welcome(protocol: number): void {
    if (protocol !== PROTOCOL) {
      become('outdated')
      return settleAll(linkWords.outdatedRefusal)
    }
    // A second hello on an open link: the desk behind it was restarted and knows nothing of earlier calls.
    if (state === 'open') {
      settleAll(linkWords.lostRefusal)
      become('lost')
    }
    become('open')
    for (const envelope of unsent.splice(0)) send(envelope)
  }

  return {
    state: () => state,
    call(name, args) {
      if (state !== 'open' && state !== 'connecting') {
        const why = { lost: linkWords.lostRefusal, 'signed-out': linkWords.signedOutRefusal }
        return Promise.resolve(broken(state === 'outdated' ? linkWords.outdatedRefusal : why[state]))
      }
      lastId += 1
      const envelope: CallEnvelope = { id: lastId, name, args }
      const answer = new Promise<Outcome<unknown>>((resolve) => pending.set(envelope.id, resolve))
      if (state === 'open') send(envelope)
      else unsent.push(envelope)
      return answer as Promise<Outcome<never>>
    },
    on(name, listener) {
      const listeners = pushListeners.get(name) ?? new Set()
      pushListeners.set(name, listeners.add(listener as (value: never) => void))
      return () => listeners.delete(listener as (value: never) => void)
    },
    onLink(listener) {
      linkListeners.add(listener)
      listener(state)
      return () => linkListeners.delete(listener)
    },
    receive(message) {
      if (message.kind === 'hello') return welcome(message.protocol)
      if (message.kind === 'push') {
        for (const listener of pushListeners.get(message.name) ?? []) listener(message.value as never)
        return
      }
      const { id, kind, ...outcome } = message
      pending.get(id)?.(outcome)
      pending.delete(id)
    },
    lost() {
      settleAll(linkWords.lostRefusal)
      if (state === 'open') become('lost')
    },
    signedOut() {
      become('signed-out')
      settleAll(linkWords.signedOutRefusal)
    },
  }
}
