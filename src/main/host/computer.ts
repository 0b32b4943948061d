// What this computer has left: room for the data, and its time zone.
import fs from 'node:fs'
import path from 'node:path'

export type Computer = {
  /** Bytes. */
  free: number
  used: number
  /** Where the data is. */
  folder: string
  /** IANA name. */
  zone: string
}

export function readComputer(dataDir: string): Computer {
  const { bavail, bsize } = fs.statfsSync(dataDir)
  const used = fs.readdirSync(dataDir, { withFileTypes: true }).reduce((sum, entry) => {
    return entry.isFile() ? sum + fs.statSync(path.join(dataDir, entry.name)).size : sum
  }, 0)
  return {
    free: bavail * bsize,
    used,
    folder: path.resolve(dataDir),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}
