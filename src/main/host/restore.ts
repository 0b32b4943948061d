// Puts a backup back where no desk runs.
import fs from 'node:fs'
import path from 'node:path'
import { restoreBackup } from '../store/backup.ts'
import { migrations } from './config.ts'
import { takeLock } from './lock.ts'
import { alreadyRunning, Refused } from './refusals.ts'
import { readRuntime } from './runtime-file.ts'

/** Returns where the databases that were there are kept. Throws Refused or OpenRefused. */
export function restore(file: string, dataDir: string, at: number): { replaced: string[] } {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = takeLock(dataDir)
  if (lock === null) throw alreadyRunning(dataDir, readRuntime(dataDir))
  try {
    return restoreBackup(path.resolve(file), dataDir, { at, migrations })
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new Refused(
        `The folder ${dataDir} cannot be written: check who owns it, or choose another with --data-dir.`,
      )
    throw error
  } finally {
    lock.release()
  }
}
