// The desk over the Electron bridge: the window's preload carries the same envelopes.
import type { Bridge, DeskLink } from '../../preload/wire.ts'
import { createLinkCore } from './link-core.ts'

export function bridgeLink(bridge: Bridge): DeskLink {
  const core = createLinkCore((envelope) => bridge.send(envelope))
  const close = bridge.receive((message) => core.receive(message))
  const { call, on, onLink } = core
  return { call, on, onLink, close }
}
