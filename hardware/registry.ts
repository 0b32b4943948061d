// Which readers Latchkey can speak with, and which ports there are to find one on.
import { readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { PortInfo, Reader, ReaderEvents, ReaderProfile } from './driver.ts'
import { rdm6300 } from './readers/rdm6300.ts'
import { listSerialPorts } from './serial-port.ts'
import { simulated, simulatedPorts } from './sim/reader.ts'

/** By the name that `--profile` takes. */
export const READER_PROFILES: ReadonlyMap<string, ReaderProfile> = new Map(
  [rdm6300, simulated].map((profile) => [profile.name, profile]),
)

/** `sentence` says what is amiss with the list, for the person who looks for a reader in it. */
export type PortList = { ports: PortInfo[]; sentence: string | null }

export type PortSources = { list(): Promise<PortInfo[]>; byIdDir: string }

/** Never fails. A path that is not listed (a pseudo-terminal, an odd driver) opens all the same when typed in. */
export async function listPorts(
  { list, byIdDir }: PortSources = { list: listSerialPorts, byIdDir: '/dev/serial/by-id' },
): Promise<PortList> {
  try {
    return { ports: [...simulatedPorts(), ...(await list())], sentence: null }
  } catch {
    const ports = [...simulatedPorts(), ...(await listById(byIdDir))]
    return {
      ports,
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
    return path === null ? [] : [{ path, label: name.replace(/^usb-/, '').replaceAll('_', ' ') }]
  })
  return (await Promise.all(ports)).flat()
}

/** What the desk needs of the readers at it; the simulated one is for the demo alone. */
export function readerHardware(now: () => number, demo: boolean) {
  return {
    profiles: [...READER_PROFILES.values()].filter(({ name }) => demo || name !== 'simulated'),
    open(name: string, path: string, events: ReaderEvents): Reader {
      const profile = READER_PROFILES.get(name)
      if (profile === undefined) throw new Error(`Opening the reader on ${path}: no profile ${name}`)
      return profile.open({ path, now, events })
    },
    listPorts: () => listPorts(),
  }
}
