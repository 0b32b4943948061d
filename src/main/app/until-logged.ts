// Whoever asks the desk something after a door has answered finds that answer in the log.
import { untilTakenIn } from '../store/decision-tail.ts'
import type { ReadDeps } from './deps.ts'

/** Null where there is nothing to wait for; without a running desk nobody takes anything in. */
export function untilLogged({ access, live }: ReadDeps): Promise<void> | null {
  return live === null || access === null ? null : untilTakenIn(access)
}
