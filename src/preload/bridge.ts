// The page's only way out of its sandbox: plain envelopes to the desk and messages back. No Electron object passes.
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import { BRIDGE, type Bridge, type CallEnvelope, type DeskMessage } from './wire.ts'

type Listener = (message: DeskMessage) => void

const listeners = new Set<Listener>()
/** The desk's greeting, for whoever begins to listen after it came. */
let hello: DeskMessage | null = null

ipcRenderer.on('latchkey:message', (_event: IpcRendererEvent, message: DeskMessage) => {
  if (message.kind === 'hello') hello = message
  for (const listener of listeners) listener(message)
})

const bridge: Bridge = {
  send(envelope: CallEnvelope) {
    ipcRenderer.send('latchkey:call', envelope)
  },
  receive(listener: Listener) {
    listeners.add(listener)
    if (hello !== null) listener(hello)
    return () => {
      listeners.delete(listener)
    }
  },
}

contextBridge.exposeInMainWorld(BRIDGE, bridge)
// This runs once for each load of the page, so each gets a session of its own.
ipcRenderer.send('latchkey:open')
