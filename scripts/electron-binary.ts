// Whether Electron's program is here: npm installs the package without it, and it comes with the first use.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { root } from './steps.ts'

const folder = path.join(root, 'node_modules', 'electron')

/** The executable, or null. */
export function findElectron(): string | null {
  const name = path.join(folder, 'path.txt')
  const executable = fs.existsSync(name) ? fs.readFileSync(name, 'utf8').trim() : defaultName()
  const file = path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH || path.join(folder, 'dist'), executable)
  return fs.existsSync(file) ? file : null
}

function defaultName(): string {
  if (process.platform === 'win32') return 'electron.exe'
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
}

/** A window needs a display; on Windows and macOS there always is one. */
export function hasDisplay(): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** Tries the package's own download; quietly, for what it prints on failure is no help to anybody. */
export function fetchElectron(limit: number, signal: AbortSignal): Promise<void> {
  const installer = path.join(folder, 'install.js')
  if (!fs.existsSync(installer)) return Promise.resolve()
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], {
      stdio: 'ignore',
      timeout: limit,
      killSignal: 'SIGKILL',
      signal,
    })
    child.on('error', () => resolve())
    child.on('exit', () => resolve())
  })
}
