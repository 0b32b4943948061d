// A checkout in a temporary folder with a page of one line, for tests that run Electron Forge: it writes into the folder
// that it works in. And a placeholder for Electron's own archive.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { crc32 } from 'node:zlib'

const root = path.resolve(import.meta.dirname, '../..')
const PARTS = [
  'src/main',
  'src/preload',
  'hardware',
  'scripts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'LICENSE',
  'forge.config.ts',
  'vite.main.config.ts',
  'vite.preload.config.ts',
]

export type Checkout = { folder: string; app: string; remove(): void }

export function makeCheckout(): Checkout {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-checkout-'))
  const app = path.join(folder, 'app')
  for (const part of PARTS) fs.cpSync(path.join(root, part), path.join(app, part), { recursive: true })
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(app, 'node_modules'))
  fs.mkdirSync(path.join(app, 'src/renderer'))
  fs.writeFileSync(path.join(app, 'src/renderer/index.html'), '<!doctype html><title>Latchkey</title>')
  fs.writeFileSync(path.join(app, 'vite.renderer.config.ts'), "export default { root: 'src/renderer' }\n")
  return { folder, app, remove: () => fs.rmSync(folder, { recursive: true, force: true }) }
}

export type Run = {
  out: () => string
  err: () => string
  signal: (name: NodeJS.Signals) => void
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>
}

/** One of the project's programs, in that checkout, without what this machine happens to have set. */
export function runIn(app: string, args: string[], env: Record<string, string>): Run {
  const clean = { ...process.env }
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'ELECTRON_OVERRIDE_DIST_PATH', 'STRIPE_API_KEY', 'NODE_OPTIONS'])
    delete clean[name]
  for (const name of Object.keys(clean)) if (name.startsWith('VITEST')) delete clean[name]
  const child = spawn(process.execPath, args, {
    cwd: app,
    env: { ...clean, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  return {
    out: () => out,
    err: () => err,
    signal: (name) => void child.kill(name),
    ended: new Promise((resolve) => child.on('close', (code, signal) => resolve(code ?? signal))),
  }
}

/** A zip of stored files, all executable (PKWARE APPNOTE, 4.3.7, 4.3.12, 4.3.16). */
export function writeZip(file: string, entries: Record<string, string>): void {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(entries)) {
    const data = Buffer.from(text)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const rest = Buffer.alloc(14)
    // Where the mode of a Unix file stands.
    rest.writeUInt32LE(0o100755 * 0x10000, 6)
    rest.writeUInt32LE(offset, 10)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data])
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, rest, Buffer.from(name)]))
    bodies.push(local)
    offset += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  fs.writeFileSync(file, Buffer.concat([...bodies, list, end]))
}
