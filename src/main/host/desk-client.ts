// The command line's end of the contract: calls to the running desk, or reads from the databases where none runs.
import WebSocket from 'ws'
import type { Args, CallName, Reply } from '../../preload/contract.ts'
import type { DeskMessage, Outcome } from '../../preload/wire.ts'
import { type Runtime, readRuntime } from './runtime-file.ts'
import type { DeskClient } from './stored-desk.ts'

export type { DeskClient }

/** Throws OpenRefused where there is neither a running desk nor data. */
export async function connectDesk(dataDir: string, migrations: string, version: string): Promise<DeskClient> {
  const runtime = readRuntime(dataDir)
  const socket = runtime === null ? null : await connect(runtime.ui, runtime.token)
  if (socket !== null) return overSocket(socket)
  // Only here, for it brings half of the program along: a command to a running desk is there in half the time.
  const { openStoredDesk } = await import('./stored-desk.ts')
  return unlessSilent(openStoredDesk(dataDir, migrations, version), dataDir, runtime)
}

/** A desk that is there and does not answer, such as one that was halted or only just starts, is not one that somebody
 * should start again. */
function unlessSilent(stored: DeskClient, dataDir: string, runtime: Runtime | null): DeskClient {
  return {
    ...stored,
    async call(name, args) {
      const outcome = await stored.call(name, args)
      if (outcome.ok || outcome.refusal.code !== 'not-running') return outcome
      const { isLocked } = await import('./lock.ts')
      if (!isLocked(dataDir)) return outcome
      const sentence =
        runtime === null
          ? `Latchkey is just starting on ${dataDir}, or stopping: try again in a moment.`
          : `Latchkey (process ${runtime.pid}) works with ${dataDir} and does not answer: wait a minute; if it still does not, end that process and start it again.`
      return { ok: false, refusal: { code: 'not-running', sentence } }
    },
  }
}

/** null where nobody answers there any more, or somebody else does. */
function connect(ui: string, token: string): Promise<WebSocket | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${ui.replace(/^http/, 'ws')}/desk`, {
      headers: { authorization: `Bearer ${token}` },
      handshakeTimeout: 5_000,
    })
    socket.once('error', () => resolve(null))
    socket.once('close', () => resolve(null))
    socket.once('message', (data) => {
      const message = JSON.parse(String(data)) as DeskMessage
      resolve(message.kind === 'hello' ? socket : null)
    })
  })
}

function overSocket(socket: WebSocket): DeskClient {
  const waiting = new Map<number, (outcome: Outcome<unknown>) => void>()
  let last = 0
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as DeskMessage
    if (message.kind !== 'reply') return
    waiting.get(message.id)?.(message)
    waiting.delete(message.id)
  })
  const stopped: Outcome<never> = {
    ok: false,
    refusal: {
      code: 'not-running',
      sentence: 'Latchkey stopped before it had answered: look whether it runs, and try again.',
    },
  }
  socket.on('close', () => {
    for (const resolve of waiting.values()) resolve(stopped)
  })
  return {
    running: true,
    call<N extends CallName>(name: N, args: Args<N>) {
      // On a connection that is over nothing would ever come back.
      if (socket.readyState !== WebSocket.OPEN) return Promise.resolve(stopped)
      last += 1
      const id = last
      return new Promise<Outcome<Reply<N>>>((resolve) => {
        waiting.set(id, resolve as (outcome: Outcome<unknown>) => void)
        socket.send(JSON.stringify({ id, name, args }))
      })
    },
    close: () => socket.close(),
  }
}
