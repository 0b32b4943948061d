// What a program says before it ends of something that nobody caught: the reason to the log, one sentence to a person.
import fs from 'node:fs'
import { inspect } from 'node:util'
import { logFile, withoutKeys } from './log.ts'

/** Writes the reason down and returns the sentence. By the shortest way, and at once: nothing else may work any more. */
export function lastWords(dataDir: string, reason: unknown): string {
  const file = logFile(dataDir)
  // Levels and names are those of the log's other lines.
  const line = { level: 50, time: new Date().toISOString(), error: withoutKeys(textOf(reason)), msg: 'Latchkey broke' }
  try {
    fs.appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 })
    return `Latchkey broke and had to end: the last line of ${file} says why.`
  } catch {
    const why = withoutKeys(reason instanceof Error ? reason.message : String(reason))
    return `Latchkey broke and had to end, and its log cannot be written: ${why}.`
  }
}

/** With what caused it, and without the rest of what hangs on an error, such as what was sent. */
function textOf(reason: unknown): string {
  if (!(reason instanceof Error)) return inspect(reason, { depth: 1 })
  const stack = reason.stack ?? String(reason)
  return reason.cause === undefined ? stack : `${stack}\nbecause of ${textOf(reason.cause)}`
}

/** From now on; what it returns takes it back. */
export function onBroken(end: (reason: unknown) => void): () => void {
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
  return () => {
    process.off('uncaughtException', end)
    process.off('unhandledRejection', end)
  }
}

/** For programs without a window. */
export function endWithLastWords(dataDir: string): () => void {
  return onBroken((reason) => {
    const sentence = lastWords(dataDir, reason)
    try {
      fs.writeSync(2, `${sentence}\n`)
    } catch {
      // Whoever read it is gone; the log has it.
    }
    process.exit(1)
  })
}
