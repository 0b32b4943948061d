// Looks once a minute whether the weekly report is owed. A desk that was off waits a while for what Stripe has to tell first.
import { HOUR, MINUTE } from '../domain/time.ts'
import { readFreshFrom } from '../store/billing-inbox.ts'
import type { DeskDeps } from './deps.ts'
import { owed, sendWhenOwed } from './report-mail.ts'

/** Looks; where Stripe is not reached by then, the mail says how old it is. */
const PATIENCE = 10

export function startReportMail(
  deps: () => DeskDeps,
  log: (line: string, error?: unknown) => void,
): { look(): Promise<void>; stop(): Promise<void> } {
  let waited = 0
  let quietUntil = 0
  let running = Promise.resolve()

  async function look(): Promise<void> {
    const { now, desk } = deps()
    const present = now()
    if (present < quietUntil && quietUntil - present <= HOUR) return
    if (owed(deps()) === null) {
      waited = 0
      return
    }
    const fresh = readFreshFrom(desk)
    if ((fresh === null || present - fresh > HOUR) && waited < PATIENCE) {
      waited += 1
      return
    }
    await sendWhenOwed(deps())
  }

  const inTurn = () => {
    running = running.then(look).catch((error) => {
      // Whatever is wrong with it is not mended within a minute.
      quietUntil = deps().now() + HOUR
      log('The weekly report', error)
    })
    return running
  }
  const timer = setInterval(inTurn, MINUTE)
  return {
    look: inTurn,
    stop() {
      clearInterval(timer)
      return running
    },
  }
}
