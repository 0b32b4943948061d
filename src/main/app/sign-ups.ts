// The sign-ups that are under way in this run of the desk: one runner each, one at a time at each card reader.
import { nextDeed, type SignUpNow } from '../domain/sign-up.ts'
import { signUpFaults as faults } from '../domain/sign-up-en.ts'
import { SECOND } from '../domain/time.ts'
import { openSignUps } from '../store/sign-ups.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { DeskDeps, SignUps } from './deps.ts'
import { refreshBilling } from './refresh-billing.ts'
import { doDeeds } from './sign-up-deeds.ts'
import { signUpNow, writeSignUp } from './sign-up-journal.ts'

const LOOK_AT_PAGE = 3 * SECOND

export function createSignUps(
  getDeps: () => DeskDeps,
  { sleep, log }: { sleep: (ms: number) => Promise<void>; log: (line: string, error?: unknown) => void },
): SignUps {
  const running = new Map<string, { done: Promise<void>; cancelled: boolean }>()
  const troubles = new Map<string, string>()
  let closed = false
  const ending = Promise.withResolvers<void>()

  const till = () => getDeps().live.sync.stripe()?.till ?? null

  async function work(id: string, isCancelled: () => boolean): Promise<void> {
    const deps = getDeps()
    const open = till()
    if (open === null) throw new StripeTrouble('offline', faults.offline)
    await waitForReader(id, isCancelled)
    // A run that is left as it is when the program ends is taken up at the next start.
    do await doDeeds(deps, id, { till: open, sleep: pause, isCancelled })
    while (await pageIsFilled(id, isCancelled))
    const after = signUpNow(deps, id)
    if (after?.subscription == null) return
    const { id: subscription, invoiceId: invoice } = after.subscription
    refreshBilling(deps, { customer: after.customerId, subscription, invoice })
  }

  /** Whoever came first is at the reader; the next waits. */
  async function waitForReader(id: string, isCancelled: () => boolean): Promise<void> {
    for (;;) {
      const now = signUpNow(getDeps(), id)
      if (now?.way !== 'reader' || now.readerId === null || isCancelled()) return
      const other = atReader(now.readerId)
      if (other === null || other === id) return
      await pause(SECOND)
    }
  }

  /** Waits as long as the page is open; true where something was saved on it. */
  async function pageIsFilled(id: string, isCancelled: () => boolean): Promise<boolean> {
    while (!isCancelled()) {
      const answer = await lookAtPage(id)
      if (answer !== 'open') return answer === 'filled'
      await pause(LOOK_AT_PAGE)
    }
    return false
  }

  async function lookAtPage(id: string): Promise<'open' | 'filled' | 'over'> {
    const deps = getDeps()
    const page = openPageOf(signUpNow(deps, id))
    const open = till()
    if (page === null || open === null) return 'over'
    const { status, intentId } = await open.page(page.sessionId)
    if (status === 'open') return 'open'
    const saved = intentId === null || status !== 'complete' ? null : await open.intent(intentId)
    const { paymentMethodId = null, method = null } = saved ?? {}
    if (paymentMethodId !== null && method !== null) {
      writeSignUp(deps, id, { kind: 'made', deed: 'collect', paymentMethodId, method })
      return 'filled'
    }
    // A bank account that has to be verified first is on its way, which may take days.
    if (saved?.status === 'requires_action' || saved?.status === 'processing') return 'open'
    const fault = { code: 'expired', sentence: faults.pageEnded }
    writeSignUp(deps, id, { kind: 'refused', deed: 'page', fault })
    deps.live.push('signUps', {})
    return 'over'
  }

  function atReader(readerId: string): string | null {
    for (const [id] of running) {
      const now = signUpNow(getDeps(), id)
      if (now?.way === 'reader' && now.readerId === readerId && now.deeds.collect.state === 'open') return id
    }
    return null
  }

  async function pause(ms: number): Promise<void> {
    await Promise.race([sleep(ms), ending.promise])
    if (closed) throw new StripeTrouble('offline', faults.offline)
  }

  function run(id: string): Promise<void> {
    const under = running.get(id)
    if (under !== undefined) return under.done
    const state = { cancelled: false, done: Promise.resolve() }
    running.set(id, state)
    troubles.delete(id)
    state.done = work(id, () => state.cancelled)
      .catch((error) => {
        if (closed) return
        troubles.set(id, error instanceof StripeTrouble ? error.message : faults.offline)
        if (!(error instanceof StripeTrouble)) log(`Going on with the sign-up ${id}`, error)
      })
      .finally(() => {
        running.delete(id)
        if (!closed) getDeps().live.push('signUps', {})
      })
    return state.done
  }

  return {
    run,
    isRunning: (id) => running.has(id),
    trouble: (id) => troubles.get(id) ?? null,
    atReader,
    async stop(id) {
      const under = running.get(id)
      if (under !== undefined) under.cancelled = true
      await under?.done
      const page = openPageOf(signUpNow(getDeps(), id))
      const open = till()
      if (page === null || open === null) return
      await open.expirePage(page.sessionId).catch((error) => {
        // It is over already, perhaps since it was filled in just now: the page tells.
        if (!(error instanceof StripeTrouble) || error.kind !== 'refused') throw error
      })
      await lookAtPage(id)
    },
    resume() {
      const deps = getDeps()
      for (const id of openSignUps(deps.desk)) {
        const now = signUpNow(deps, id)
        if (now !== null && now.way !== null && (nextDeed(now) !== null || openPageOf(now) !== null)) void run(id)
      }
    },
    async close() {
      closed = true
      ending.resolve()
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}

/** The page that is waited for. */
function openPageOf(now: SignUpNow | null): SignUpNow['page'] {
  if (now === null || now.way !== 'page' || now.paymentMethodId !== null || now.subscription !== null) return null
  return now.fault === null ? now.page : null
}
