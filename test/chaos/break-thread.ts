// Tells a thread of a desk that was started with the faults in it to die.
import fs from 'node:fs'
import path from 'node:path'
import { until } from '../hardware/until.ts'

/** `unsaid`: with its next answer to a check or an upload, when the rows are on disk and the answer has not left. */
export type Fault = 'throw' | 'reject' | 'exit' | 'hang' | 'unsaid'

/** Resolves when the thread has seen it. */
export async function breakThread(
  dataDir: string,
  how: Fault,
  name: 'fault' | 'report-fault' = 'fault',
): Promise<void> {
  const file = path.join(dataDir, name)
  // Renamed into place, so that it never reads half of it.
  fs.writeFileSync(`${file}.new`, how)
  fs.renameSync(`${file}.new`, file)
  await until('the fault is taken', () => !fs.existsSync(file), 30_000)
}
