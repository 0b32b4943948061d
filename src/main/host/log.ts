// The program's log: JSON lines in the data folder, one file and the one before it. Secrets never reach it.
import fs from 'node:fs'
import path from 'node:path'
import { pino } from 'pino'

const LARGEST = 5 * 1024 * 1024

export type Log = (line: string, error?: unknown) => void

export const logFile = (dataDir: string): string => path.join(dataDir, 'latchkey.log')

export function openLog(dataDir: string): Log {
  const file = logFile(dataDir)
  if (fs.existsSync(file) && fs.statSync(file).size > LARGEST) fs.renameSync(file, `${file}.1`)
  const to = pino.destination({ dest: file, sync: true, mode: 0o600 })
  // What cannot be written, say on a full disk, is lost; doors go on without it.
  to.on('error', () => undefined)
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, to)
  return (line, error) => {
    if (error === undefined) logger.info(withoutKeys(line))
    else logger.error({ error: withoutKeys(String((error as Error)?.stack ?? error)) }, withoutKeys(line))
  }
}

/** Stripe keys and door keys, whatever sentence they stand in. */
export function withoutKeys(text: string): string {
  return text.replace(/\b([srp]k|whsec)_(live|test)?_?[A-Za-z0-9_]{6,}/g, '$1_…').replace(/\b[0-9a-f]{64}\b/g, '…')
}
