// Electron in memory: the parts that the shell uses, so that its wiring can be tried without the program (facts: it
// proves our side only; that a real window keeps these promises needs a real one).
import { EventEmitter } from 'node:events'
import { Worker } from 'node:worker_threads'

/** What the shell did, and what the test decides. */
export const seen = {
  appPath: '',
  paths: {} as Record<string, string>,
  exitCode: null as number | null,
  firstInstance: true,
  privileged: [] as unknown[],
  pages: new Map<string, (request: { url: string }) => Response>(),
  windows: [] as BrowserWindow[],
  children: [] as Child[],
  exposed: {} as Record<string, Record<string, (...args: never[]) => unknown>>,
  errors: [] as string[],
  questions: [] as string[],
  answer: 0,
  menu: [] as { label: string; click: () => void }[],
  keychain: 'gnome_libsecret',
  /** Addresses handed to the person's browser. */
  opened: [] as string[],
}

class App extends EventEmitter {
  isPackaged = false
  getAppPath = () => seen.appPath
  getVersion = () => '0.1.0'
  setPath = (name: string, value: string) => {
    seen.paths[name] = value
  }
  requestSingleInstanceLock = () => seen.firstInstance
  whenReady = () => Promise.resolve()
  exit = (code: number) => {
    seen.exitCode = code
  }
}
export const app = new App()

class Frame {
  url: string
  constructor(url: string) {
    this.url = url
  }
}

export class WebContents extends EventEmitter {
  mainFrame = new Frame('app://latchkey/')
  openHandler: ((details: { url: string }) => { action: string }) | null = null
  session = {
    request: null as
      | ((contents: unknown, permission: string, answer: (yes: boolean) => void, details: object) => void)
      | null,
    check: null as ((contents: unknown, permission: string, origin: string, details: object) => boolean) | null,
    device: null as (() => boolean) | null,
    setPermissionRequestHandler(handler: never) {
      this.request = handler
    },
    setPermissionCheckHandler(handler: never) {
      this.check = handler
    },
    setDevicePermissionHandler(handler: never) {
      this.device = handler
    },
  }
  setWindowOpenHandler(handler: never) {
    this.openHandler = handler
  }
  send(channel: string, value: unknown) {
    ipcRenderer.emit(channel, {}, structuredClone(value))
  }
}

export class BrowserWindow extends EventEmitter {
  options: { webPreferences: Record<string, unknown> }
  webContents = new WebContents()
  address = ''
  focused = 0
  constructor(options: { webPreferences: Record<string, unknown> }) {
    super()
    this.options = options
    seen.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(url: string) {
    this.address = url
  }
  show() {}
  restore() {}
  isMinimized = () => false
  focus() {
    this.focused += 1
  }
}

class IpcMain extends EventEmitter {
  /** As the page of `window` would send it, or as a stranger would. */
  from(sender: WebContents, senderFrame: Frame | null, channel: string, value?: unknown) {
    this.emit(channel, { sender, senderFrame }, structuredClone(value))
  }
}
export const ipcMain = new IpcMain()

class IpcRenderer extends EventEmitter {
  send(channel: string, value?: unknown) {
    const contents = seen.windows.at(-1)?.webContents
    if (contents !== undefined) ipcMain.from(contents, contents.mainFrame, channel, value)
  }
}
export const ipcRenderer = new IpcRenderer()

export const contextBridge = {
  exposeInMainWorld(name: string, value: Record<string, (...args: never[]) => unknown>) {
    seen.exposed[name] = value
  },
}

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]) => void seen.privileged.push(...schemes),
  handle: (scheme: string, handler: (request: { url: string }) => Response) => void seen.pages.set(scheme, handler),
}

export const dialog = {
  showErrorBox: (_title: string, text: string) => void seen.errors.push(text),
  async showMessageBox({ message, detail }: { message: string; detail: string }) {
    seen.questions.push(`${message} ${detail}`)
    return { response: seen.answer }
  },
}

export const Menu = {
  setApplicationMenu() {},
  buildFromTemplate(items: typeof seen.menu) {
    seen.menu = items
    return items
  },
}
export class Tray extends EventEmitter {
  setToolTip() {}
  setContextMenu() {}
}
export const nativeImage = { createFromBitmap: (pixels: Buffer) => ({ pixels }) }

/** Reversed and marked: enough to see that nothing is stored as it is. */
export const shell = {
  openExternal: async (url: string) => void seen.opened.push(url),
}

export const safeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => seen.keychain,
  encryptString: (text: string) => Buffer.from(`keychain:${Array.from(text).reverse().join('')}`),
  decryptString: (data: Buffer) => Array.from(data.toString().slice('keychain:'.length)).reverse().join(''),
}

/** Gives a worker thread what a utility process has, then runs the program in it. */
const SHIM = `
const { parentPort, workerData } = require('node:worker_threads')
const { EventEmitter } = require('node:events')
const port = new EventEmitter()
port.postMessage = (message) => parentPort.postMessage(message)
const early = []
parentPort.on('message', (data) => (early === null ? 0 : port.listenerCount('message') === 0 ? early.push(data) : port.emit('message', { data })))
port.on('newListener', (name) => name === 'message' && setImmediate(() => { for (const data of early.splice(0)) port.emit('message', { data }) }))
process.parentPort = port
require(workerData)
`

export class Child extends EventEmitter {
  worker: Worker
  constructor(program: string) {
    super()
    this.worker = new Worker(SHIM, { eval: true, workerData: program })
    this.worker.on('message', (message) => this.emit('message', message))
    this.worker.on('error', (error) => console.error(error))
    this.worker.on('exit', (code) => this.emit('exit', code))
  }
  postMessage(message: unknown) {
    this.worker.postMessage(message)
  }
  kill() {
    void this.worker.terminate()
    return true
  }
}

export const utilityProcess = {
  fork(program: string) {
    const child = new Child(program)
    seen.children.push(child)
    return child
  },
}
