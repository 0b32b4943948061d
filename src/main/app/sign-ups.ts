// The sign-ups that are under way in this run of the desk: one runner each, one at a time at each card reader.
import { isOnPage, isUnclear, MOST_LINKS, nextDeed, PAGE_RAN_OUT, type SignUpNow } from '../domain/sign-up.ts'
import { signUpFaults as faults, linkWords } from '../domain/sign-up-en.ts'
import { SECOND } from '../domain/time.ts'
import { openSignUps } from '../store/sign-ups.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { DeskDeps, SignUps } from './deps.ts'
import { linkWaits } from './mail-link.ts'
import { settleProvisional } from './provisional.ts'
import type { ReaderQueue } from './reader-queue.ts'
import { refreshBilling } from './refresh-billing.ts'
import { doDeeds } from './sign-up-deeds.ts'
import { signUpNow, writeSignUp } from './sign-up-journal.ts'
import { showBill } from './sign-up-steps.ts'

const LOOK_AT_PAGE = 3 * SECOND
/** Somebody at the desk ended it. */
const STOPPED = 'stopped'

export function createSignUps(
  getDeps: () => DeskDeps,
  {
    sleep,
    log,
    queue,
  }: { sleep: (ms: number) => Promise<void>; log: (line: string, error?: unknown) => void; queue: ReaderQueue },
): SignUps {
  const running = new Map<string, { done: Promise<void>; cancelled: boolean }>()
  const mailing = new Set<string>()
  const troubles = new Map<string, string>()
  let closed = false
  const ending = Promise.withResolvers<void>()
  /** What may take days is looked at again with each sync: a link that was mailed, a bank account that is verified. */
  let tended = Promise.withResolvers<void>()

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
      if (queue.stand(now.readerId, { id, memberId: now.memberId })) return
      await pause(SECOND)
    }
  }

  function wakeLinks(): void {
    tended.resolve()
    tended = Promise.withResolvers()
  }

  /** Waits as long as the page is open; true where there is something to go on with. */
  async function pageIsFilled(id: string, isCancelled: () => boolean): Promise<boolean> {
    while (!isCancelled()) {
      const answer = await lookAtPage(id)
      const now = signUpNow(getDeps(), id)
      if (answer !== 'open') return now !== null && nextDeed(now) !== null
      const takesDays = now?.way === 'link' || now?.verifying === true
      if (takesDays) await Promise.race([tended.promise, ending.promise])
      await pause(takesDays ? 0 : LOOK_AT_PAGE)
    }
    return false
  }

  async function lookAtPage(id: string, code = PAGE_RAN_OUT): Promise<'open' | 'filled' | 'over'> {
    const deps = getDeps()
    const now = signUpNow(deps, id)
    const page = openPageOf(now)
    const open = till()
    if (now === null || page === null || open === null) return 'over'
    const { status, intentId } = await open.page(page.sessionId)
    if (status === 'open') return 'open'
    const saved = intentId === null || status !== 'complete' ? null : await open.intent(intentId)
    const { paymentMethodId = null, method = null } = saved ?? {}
    if (saved?.status === 'succeeded' && paymentMethodId !== null && method !== null) {
      writeSignUp(deps, id, { kind: 'made', deed: 'collect', paymentMethodId, method })
      return 'filled'
    }
    if (saved?.status === 'requires_action' || saved?.status === 'processing') {
      if (!now.verifying) writeSignUp(deps, id, { kind: 'verifying' })
      if (!now.verifying) deps.live.push('signUps', {})
      return 'open'
    }
    const ranOut = now.way === 'link' && now.links >= MOST_LINKS && code === PAGE_RAN_OUT
    const fault = { code, sentence: ranOut ? linkWords.ranOut : faults.pageEnded }
    writeSignUp(deps, id, { kind: 'refused', deed: 'page', fault })
    deps.live.push('signUps', {})
    return 'over'
  }

  /** With the amount, as Stripe tells it; whatever goes wrong, the next sync tries it again. */
  async function mailLink(id: string): Promise<void> {
    mailing.add(id)
    try {
      const shown = await showBill(getDeps(), id)
      const now = closed || !shown.ok ? null : signUpNow(getDeps(), id)
      if (now === null || !linkWaits(getDeps(), now)) return
      writeSignUp(getDeps(), id, { kind: 'way', way: 'link', readerId: null })
      void run(id)
    } catch (error) {
      log(`Mailing the link of the sign-up ${id}`, error)
    } finally {
      mailing.delete(id)
    }
  }

  function endPage(id: string): void {
    const fault = { code: STOPPED, sentence: faults.pageEnded }
    writeSignUp(getDeps(), id, { kind: 'refused', deed: 'page', fault })
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
        queue.leave(id)
        if (!closed) getDeps().live.push('signUps', {})
      })
    return state.done
  }

  return {
    run,
    isRunning: (id) => running.has(id),
    trouble: (id) => troubles.get(id) ?? null,
    async stop(id) {
      const under = running.get(id)
      if (under !== undefined) under.cancelled = true
      wakeLinks()
      await under?.done
      troubles.delete(id)
      const now = signUpNow(getDeps(), id)
      const page = openPageOf(now)
      const open = till()
      // No page is opened after all.
      if (now !== null && isOnPage(now.way) && nextDeed(now) === 'page') endPage(id)
      if (page === null || open === null) return
      await open.expirePage(page.sessionId).catch((error) => {
        // It is over already, perhaps since it was filled in just now: the page tells.
        if (!(error instanceof StripeTrouble) || error.kind !== 'refused') throw error
      })
      await lookAtPage(id, STOPPED)
    },
    tend() {
      wakeLinks()
      const deps = getDeps()
      settleProvisional(deps)
      for (const id of openSignUps(deps.desk)) {
        const now = running.has(id) ? null : signUpNow(deps, id)
        if (now === null) continue
        const goesOn = nextDeed(now) !== null || openPageOf(now) !== null
        const alone = now.way === 'link' || (troubles.has(id) && (isOnPage(now.way) || isUnclear(now)))
        if (alone && goesOn) void run(id)
        else if (linkWaits(deps, now) && !mailing.has(id)) void mailLink(id)
      }
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
  if (now === null || !isOnPage(now.way) || now.paymentMethodId !== null || now.subscription !== null) return null
  return now.fault === null ? now.page : null
}
