// Connections to the doors' address that have not yet brought a correctly signed request: few, and none of them greedy.
import type http from 'node:http'
import type { Socket } from 'node:net'

/** More than any space has doors, and few enough that their buffers and open files are no burden. */
export const MOST_STRANGERS = 256
/** A controller asks one thing at a time. Hundreds in one packet were measured to hold up every door for seconds. */
const MOST_AT_ONCE = 16

export type Strangers = {
  /** False: the connection asked too much at once and is ended. */
  admits(socket: Socket): boolean
  /** It brought a correctly signed request, so nothing here is for it any longer. */
  vouchFor(socket: Socket): void
}

/** Nobody is counted by address or door, so that nobody's place can be used up: a new one takes that of the oldest. */
export function watchStrangers(server: http.Server): Strangers {
  /** The oldest first. */
  const strangers = new Set<Socket>()
  /** How much each asked in this turn of the event loop: more than one request only if it did not wait for answers. */
  const asked = new Map<Socket, number>()

  server.on('connection', (socket) => {
    strangers.add(socket)
    socket.once('close', () => strangers.delete(socket))
    const [oldest] = strangers
    if (strangers.size > MOST_STRANGERS && oldest !== undefined) end(oldest)
  })

  function end(socket: Socket): void {
    strangers.delete(socket)
    socket.destroy()
  }

  return {
    admits(socket) {
      if (!strangers.has(socket)) return !socket.destroyed
      if (asked.size === 0) setImmediate(() => asked.clear())
      const count = (asked.get(socket) ?? 0) + 1
      asked.set(socket, count)
      if (count > MOST_AT_ONCE) end(socket)
      return count <= MOST_AT_ONCE
    },
    vouchFor(socket) {
      strangers.delete(socket)
    },
  }
}
