// Where UHPPOTE boards tell what happens: one socket for all boards that are told the same address, for the boards' own
// default is one port. What arrives is only a hint; what counts is read from the board itself.
import { createSocket, type Socket } from 'node:dgram'
import { parseReply, type Status } from './uhppote-frames.ts'

/** A port that another program uses is tried again after this many milliseconds. */
const AGAIN = 1_000

export type Pushes = { close(): Promise<void> }
export type Hearer = {
  serial: number
  hear(push: Status, from: string): void
  trouble(sentence: string | null): void
}

type Shared = { hearers: Set<Hearer>; close(): Promise<void> }

const open = new Map<string, Shared>()

export function hearPushes(host: string, port: number, hearer: Hearer): Pushes {
  const key = `${host}:${port}`
  const shared = open.get(key) ?? openShared(host, port)
  open.set(key, shared)
  shared.hearers.add(hearer)
  return {
    async close() {
      shared.hearers.delete(hearer)
      if (shared.hearers.size > 0 || open.get(key) !== shared) return
      open.delete(key)
      await shared.close()
    },
  }
}

function openShared(host: string, port: number): Shared {
  const hearers = new Set<Hearer>()
  let socket: Socket | null = null
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const tell = (sentence: string | null) => {
    for (const { trouble } of hearers) trouble(sentence)
  }

  function begin(): void {
    const trying = createSocket('udp4')
    socket = trying
    trying.on('listening', () => tell(null))
    trying.on('message', (message, { address }) => {
      const push = parseReply(message)
      if (push?.op !== 'get-status') return
      for (const { serial, hear } of hearers) if (serial === push.serial) hear(push.values, address)
    })
    trying.on('error', () => {
      tell(`Port ${port} at ${host} cannot be used to hear of swipes. End the other program that uses it.`)
      if (closed) return
      trying.close()
      socket = null
      timer = setTimeout(begin, AGAIN)
    })
    trying.bind(port, host)
  }

  begin()
  return {
    hearers,
    close() {
      closed = true
      clearTimeout(timer)
      const last = socket
      return new Promise((resolve) => {
        if (last === null) return resolve()
        last.close(() => resolve())
      })
    },
  }
}
