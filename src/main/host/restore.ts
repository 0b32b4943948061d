// Puts a backup back where no desk runs.
import fs from 'node:fs'
import path from 'node:path'
import { type Restored, restoreBackup } from '../store/restore-backup.ts'
import { migrations } from './config.ts'
import { takeLock } from './lock.ts'
import { alreadyRunning, Refused } from './refusals.ts'
import { readRuntime } from './runtime-file.ts'

/** Rejects with Refused or OpenRefused. */
export async function restore(file: string, dataDir: string, at: number): Promise<Restored> {
  const backup = path.resolve(file)
  if (!fs.statSync(backup, { throwIfNoEntry: false })?.isFile())
    throw new Refused(`There is no file ${backup}: look where the backup is.`)
  let lock: ReturnType<typeof takeLock> = null
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    lock = takeLock(dataDir)
    if (lock === null) throw alreadyRunning(dataDir, readRuntime(dataDir))
    return await restoreBackup(backup, dataDir, { at, migrations })
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === undefined) throw error
    throw new Refused(
      /^(ENOSPC|SQLITE_FULL)/.test(code)
        ? `The disk of ${dataDir} is full: free some space and restore again, nothing was replaced.`
        : `The folder ${dataDir} or the file ${backup} cannot be used (${code}): check who owns them; nothing was replaced.`,
    )
  } finally {
    lock?.release()
  }
}
