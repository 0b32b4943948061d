// Where things are on this computer.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { WrongUsage } from './refusals.ts'

/** Where the program's files are in a checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
export const migrations = path.join(root, 'src/main/store/migrations')

export function programVersion(): string {
  return JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version
}

/** The platform's folder for application data; the demo has its own. */
export function defaultDataDir(demo: boolean): string {
  const name = demo ? 'latchkey-demo' : 'latchkey'
  switch (process.platform) {
    case 'win32':
      return path.join(process.env.APPDATA ?? path.join(os.homedir(), 'AppData', 'Roaming'), name)
    case 'darwin':
      return path.join(os.homedir(), 'Library', 'Application Support', name)
    default:
      return path.join(process.env.XDG_DATA_HOME ?? path.join(os.homedir(), '.local', 'share'), name)
  }
}

export type Address = { host: string; port: number }

/** What `--ui` and `--doors` take: `HOST:PORT`, with `[::1]:PORT` for IPv6. */
export function addressOf(option: string, text: string): Address {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text)
  const port = Number(match?.[3])
  const host = match?.[1] ?? match?.[2]
  if (host === undefined || port > 65_535)
    throw new WrongUsage(`"${text}" is not an address: write ${option} like 127.0.0.1:4700.`)
  return { host, port }
}

/** Where our own broker for boxes listens where nobody says otherwise; a demo leaves MQTT's port to whoever uses it. */
export function usualBroker(demo: boolean): string {
  return demo ? '127.0.0.1:0' : '127.0.0.1:1883'
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

/** The address as it stands in a link. */
export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
