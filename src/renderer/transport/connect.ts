// Which way to the desk this page has: the bridge inside the Electron window, else a WebSocket to its own server.
import { BRIDGE, type Bridge, type DeskLink } from '../../preload/wire.ts'
import { bridgeLink } from './bridge-link.ts'
import { socketLink } from './socket-link.ts'

export function connect(): DeskLink {
  const bridge = (window as unknown as Partial<Record<typeof BRIDGE, Bridge>>)[BRIDGE]
  if (bridge !== undefined) return bridgeLink(bridge)
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws'
  return socketLink(`${scheme}://${window.location.host}/desk`)
}
