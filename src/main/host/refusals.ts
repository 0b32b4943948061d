// What can be wrong when the program starts, each in one sentence that says what to do.
import { CannotListen } from '../door/supervise.ts'
import { OpenRefused } from '../store/refused.ts'
import type { Runtime } from './runtime-file.ts'
import { SecretsRefused } from './secrets.ts'

/** Thrown where a command cannot go on; its message is for a person, and the exit code is 1. */
export class Refused extends Error {}

/** The same of how it was asked to start; the exit code is 2. */
export class WrongUsage extends Refused {}

/** The sentence for an error that a person caused or can mend; null where the program itself is at fault. */
export function sentenceOf(error: unknown): string | null {
  if (error instanceof Refused || error instanceof OpenRefused || error instanceof SecretsRefused) return error.message
  return null
}

export function cannotListen(option: string, address: string, code: string): Refused {
  switch (code) {
    case 'EADDRINUSE':
      return new Refused(
        `The address ${address} is in use by another program: stop that one, or choose another with ${option} HOST:PORT.`,
      )
    case 'EACCES':
      return new Refused(
        `This user may not open the address ${address}: choose a port above 1023 with ${option} HOST:PORT.`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Refused(`This computer has no address ${address}: choose one of its own with ${option} HOST:PORT.`)
    default:
      return new Refused(`The address ${address} cannot be opened (${code}): choose another with ${option} HOST:PORT.`)
  }
}

export function doorsFailed(error: unknown, address: string): unknown {
  return error instanceof CannotListen ? cannotListen('--doors', address, error.code) : error
}

export function alreadyRunning(dataDir: string, holder: Runtime | null): Refused {
  const who = holder === null ? 'Another Latchkey' : `Another Latchkey (process ${holder.pid}, at ${holder.ui})`
  return new Refused(`${who} already works with ${dataDir}: use that one, stop it first, or choose another --data-dir.`)
}
