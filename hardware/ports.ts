// Which serial ports there are, and at which of them a reader is that was seen before.
import { readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { PortIds, PortInfo } from './driver.ts'
import { listSerialPorts } from './serial-port.ts'

/** `sentence` says what is amiss with the list, for the person who looks for a reader in it. */
export type PortList = { ports: PortInfo[]; sentence: string | null }

export type PortSources = { list(): Promise<PortInfo[]>; byIdDir: string }

export const OWN_PORTS: PortSources = { list: listSerialPorts, byIdDir: '/dev/serial/by-id' }

/** Never fails. A path that is not listed (a pseudo-terminal, an odd driver) opens all the same when typed in. */
export async function listPorts({ list, byIdDir }: PortSources = OWN_PORTS): Promise<PortList> {
  try {
    return { ports: await list(), sentence: null }
  } catch {
    return {
      ports: await listById(byIdDir),
      sentence:
        'This computer cannot list all of its serial ports; install the package udev, or type the path of the reader.',
    }
  }
}

/** The links that the system keeps for USB serial devices, there also where udevadm is not. */
async function listById(dir: string): Promise<PortInfo[]> {
  const names = await readdir(dir).catch(() => [])
  const ports = names.toSorted().map(async (name) => {
    const path = await realpath(join(dir, name)).catch(() => null)
    if (path === null) return []
    return [{ path, label: name.replace(/^usb-/, '').replaceAll('_', ' '), ids: { link: name } }]
  })
  return (await Promise.all(ports)).flat()
}

/** Where a reader is now that was at `path` when it told these ids; null where another device has its place. */
export function portNow(path: string, ids: PortIds, ports: readonly PortInfo[]): string | null {
  const here = ports.find((port) => port.path === path)
  if (here?.ids !== undefined && isSame(here.ids, ids)) return path
  const elsewhere = ports.filter((port) => port.ids !== undefined && isSame(port.ids, ids))
  const [only] = elsewhere
  // Two of one kind without serial numbers cannot be told apart.
  if (only !== undefined && elsewhere.length === 1) return only.path
  return here?.ids === undefined ? path : null
}

function isSame(one: PortIds, other: PortIds): boolean {
  if (one.link !== undefined && one.link === other.link) return true
  if (one.vendor === undefined || one.vendor !== other.vendor || one.product !== other.product) return false
  return one.serial === other.serial
}
