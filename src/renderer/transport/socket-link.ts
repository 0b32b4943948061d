// The desk over a WebSocket, for a browser: comes back by itself, ever more slowly, until it is told to sign in.
import type { DeskLink, DeskMessage } from '../../preload/wire.ts'
import { createLinkCore } from './link-core.ts'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 5_000
/** The server's close code for "no session" (src/main/host/ws-transport.ts). */
const SIGNED_OUT = 4401

export function socketLink(url: string): DeskLink {
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = FIRST_WAIT_MS
  let closed = false
  const core = createLinkCore((envelope) => socket?.send(JSON.stringify(envelope)))

  function open(): void {
    const mine = new WebSocket(url)
    socket = mine
    mine.onmessage = ({ data }) => {
      core.receive(JSON.parse(String(data)) as DeskMessage)
      if (core.state() === 'open') wait = FIRST_WAIT_MS
    }
    mine.onclose = ({ code }) => {
      if (closed) return
      if (code === SIGNED_OUT) return core.signedOut()
      if (core.state() === 'outdated') return
      core.lost()
      timer = setTimeout(open, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    }
  }

  open()
  const { call, on, onLink } = core
  return {
    call,
    on,
    onLink,
    close() {
      closed = true
      clearTimeout(timer)
      socket?.close()
    },
  }
}
