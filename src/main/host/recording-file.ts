// The file of a recording: made new, readable by its owner only, one line at a time.
import fs from 'node:fs'
import { OpenRefused } from '../store/refused.ts'

export function openRecording(file: string): { write(line: string): void; close(): void } {
  let handle: number
  try {
    handle = fs.openSync(file, 'wx', 0o600)
  } catch (error) {
    throw new OpenRefused(
      (error as { code?: string }).code === 'EEXIST'
        ? `${file} is there already: choose another name, or move it away.`
        : `${file} cannot be written: choose a folder that is there and that you may write to.`,
    )
  }
  return { write: (line) => void fs.writeSync(handle, `${line}\n`), close: () => fs.closeSync(handle) }
}
