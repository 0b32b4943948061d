// The changes of memberships in this run of the desk: one at a time for each membership, and what is not known to have
// been done is looked for until it is.
import { SECOND } from '../domain/time.ts'
import { openChanges } from '../store/membership-changes.ts'
import { StripeTrouble } from '../stripe/port.ts'
import { settle } from './change-deed.ts'
import type { Changes, DeskDeps } from './deps.ts'

/** Stripe may have been out of reach: it is asked again after so long. */
const AGAIN = 15 * SECOND

export function createChanges(
  getDeps: () => DeskDeps,
  { log }: { log: (line: string, error?: unknown) => void },
): Changes {
  const turns = new Map<string, Promise<unknown>>()
  let timer: ReturnType<typeof setTimeout> | null = null
  let closed = false

  function inTurn<T>(membershipId: string, work: () => Promise<T>): Promise<T> {
    const mine = (turns.get(membershipId) ?? Promise.resolve()).then(work)
    const over = mine
      .catch(() => undefined)
      .then(() => {
        if (turns.get(membershipId) === over) turns.delete(membershipId)
      })
    turns.set(membershipId, over)
    return mine
  }

  async function settleOf(membershipId: string): Promise<void> {
    const deps = getDeps()
    const port = deps.live.sync.stripe()?.changes
    if (port === undefined) return
    for (const asked of openChanges(deps.desk, membershipId)) if (!closed) await settle(deps, port, asked)
  }

  async function settleAll(): Promise<void> {
    for (const id of new Set(openChanges(getDeps().desk).map(({ membershipId }) => membershipId))) {
      if (closed) return
      await inTurn(id, () => settleOf(id)).catch((error) => {
        if (!(error instanceof StripeTrouble)) log(`Finding out what became of a change of the membership ${id}`, error)
      })
    }
    if (!closed && openChanges(getDeps().desk).length > 0) settleLater()
  }

  function settleLater(): void {
    if (timer !== null || closed) return
    timer = setTimeout(() => {
      timer = null
      void settleAll()
    }, AGAIN)
  }

  return {
    inTurn,
    settle: settleOf,
    settleLater,
    resume: () => void settleAll(),
    async close() {
      closed = true
      if (timer !== null) clearTimeout(timer)
      await Promise.all(turns.values())
    },
  }
}
