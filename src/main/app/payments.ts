// The payments of what is owed that are under way in this run of the desk: one runner each, in one queue with the sign-ups at
// each card reader.
import { paymentFaults as faults } from '../domain/money-en.ts'
import { nextPaymentDeed, type PaymentFact, type PaymentNow, payIsUnclear, paymentAt } from '../domain/payment.ts'
import { signUpFaults } from '../domain/sign-up-en.ts'
import { MINUTE, SECOND } from '../domain/time.ts'
import { moneyJournals } from '../store/money-journal.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { DeskDeps, Payments } from './deps.ts'
import { resumeGiftCards } from './gift-cards.ts'
import { paymentNow, writePayment } from './money-journal.ts'
import { doPaymentDeeds, type PaymentDoing, writeMade } from './payment-deeds.ts'
import type { ReaderQueue } from './reader-queue.ts'
import { resumeRefunds } from './refunds.ts'

/** Somebody stands at the desk and wants to go in. */
const LOOK_EVERY = SECOND
/** Stripe's page of an invoice stays for weeks: then what is paid there is seen with the feed, as any other payment. */
const WATCHED_FOR = 30 * MINUTE

export function createPayments(
  getDeps: () => DeskDeps,
  {
    sleep,
    log,
    queue,
  }: { sleep: (ms: number) => Promise<void>; log: (line: string, error?: unknown) => void; queue: ReaderQueue },
): Payments {
  const running = new Map<string, { done: Promise<void>; cancelled: boolean }>()
  const inFlight = new Map<string, Promise<unknown>>()
  const troubles = new Map<string, string>()
  let closed = false
  const ending = Promise.withResolvers<void>()

  function doing(isCancelled: () => boolean): PaymentDoing {
    const port = getDeps().live.sync.stripe()
    if (port === null) throw new StripeTrouble('offline', signUpFaults.offline)
    return { till: port.till, money: port.money, sleep: pause, isCancelled }
  }

  async function work(id: string, isCancelled: () => boolean): Promise<void> {
    const deps = getDeps()
    await waitForReader(id, isCancelled)
    do {
      await doPaymentDeeds(deps, id, doing(isCancelled))
      queue.leave(id)
    } while (await cameIn(id, isCancelled))
  }

  /** Whoever came first is at the reader; the next waits. */
  async function waitForReader(id: string, isCancelled: () => boolean): Promise<void> {
    for (;;) {
      const now = paymentNow(getDeps(), id)
      const deed = now && nextPaymentDeed(now)
      if (now?.readerId == null || (deed !== 'intent' && deed !== 'collect') || isCancelled()) return
      if (queue.stand(now.readerId, { id, memberId: now.memberId })) return
      await pause(SECOND)
    }
  }

  /** Waits as long as a page is open; true where something came of it that goes on. */
  async function cameIn(id: string, isCancelled: () => boolean): Promise<boolean> {
    while (!isCancelled()) {
      const answer = await look(id)
      if (answer !== 'open') return answer === 'go-on'
      await pause(LOOK_EVERY)
    }
    return false
  }

  async function look(id: string): Promise<'open' | 'go-on' | 'over'> {
    const now = paymentNow(getDeps(), id)
    if (now === null || !isOpen(now)) return 'over'
    return now.way === 'page' ? lookAtPage(id, now) : lookAtInvoice(id, now)
  }

  async function lookAtPage(id: string, { page }: PaymentNow): Promise<'open' | 'go-on' | 'over'> {
    const deps = getDeps()
    const { till } = doing(() => false)
    const { status, intentId } = await till.page(page?.sessionId ?? '')
    if (status === 'open') return 'open'
    const saved = intentId === null || status !== 'complete' ? null : await till.intent(intentId)
    const { paymentMethodId = null, method = null } = saved ?? {}
    if (paymentMethodId !== null && method !== null && saved?.status === 'succeeded') {
      writePayment(deps, id, { kind: 'made', deed: 'collect', paymentMethodId, method })
      deps.live.push('payments', {})
      return 'go-on'
    }
    // A bank account that has to be verified first is on its way, which may take days.
    if (saved?.status === 'requires_action' || saved?.status === 'processing') return 'open'
    writePayment(deps, id, { kind: 'refused', deed: 'page', fault: { code: 'expired', sentence: faults.pageEnded } })
    deps.live.push('payments', {})
    return 'over'
  }

  async function lookAtInvoice(id: string, now: PaymentNow): Promise<'open' | 'go-on' | 'over'> {
    const deps = getDeps()
    const { money } = doing(() => false)
    const { status, processing, due } = await money.invoice(now.invoice?.id ?? '')
    // Whoever looked at the same time may have written it down already.
    const still = paymentNow(deps, id)
    if (still === null || !isOpen(still)) return 'over'
    if (status === 'paid' || processing) {
      writeMade(deps, id, now, { deed: 'pay', settled: status === 'paid', amount: due, receipt: null })
      deps.live.push('payments', {})
      return 'go-on'
    }
    const isWatched = status === 'open' && deps.now() < now.startedAt + WATCHED_FOR
    if (!isWatched) writePayment(deps, id, { kind: 'closed', how: 'left' })
    return isWatched ? 'open' : 'over'
  }

  async function pause(ms: number): Promise<void> {
    await Promise.race([sleep(ms), ending.promise])
    if (closed) throw new StripeTrouble('offline', signUpFaults.offline)
  }

  function run(id: string, cancelled = false): Promise<void> {
    const under = running.get(id)
    if (under !== undefined) return under.done
    const state = { cancelled, done: Promise.resolve() }
    running.set(id, state)
    troubles.delete(id)
    state.done = work(id, () => state.cancelled)
      .catch((error) => {
        if (closed) return
        troubles.set(id, error instanceof StripeTrouble ? error.message : signUpFaults.offline)
        if (!(error instanceof StripeTrouble)) log(`Going on with the payment ${id}`, error)
      })
      .finally(() => {
        running.delete(id)
        queue.leave(id)
        if (!closed) getDeps().live.push('payments', {})
      })
    return state.done
  }

  return {
    run: (id) => run(id),
    isRunning: (id) => running.has(id),
    trouble: (id) => troubles.get(id) ?? null,
    async stop(id) {
      const under = running.get(id)
      if (under !== undefined) under.cancelled = true
      await under?.done
      const now = paymentNow(getDeps(), id)
      // The reader may be waiting still, or have read a card at this very moment.
      if (now?.way === 'reader' && now.deeds.collect.state === 'open') return run(id, true)
      if (now === null || !isOpen(now)) return
      if (now.way === 'page')
        await doing(() => true)
          .till.expirePage(now.page?.sessionId ?? '')
          .catch((error) => {
            // It is over already, perhaps since it was filled in just now: the page tells.
            if (!(error instanceof StripeTrouble) || error.kind !== 'refused') throw error
          })
      // What was saved or paid at this very moment is taken as it is.
      if ((await look(id)) === 'go-on') await run(id)
    },
    once<T>(id: string, work: () => Promise<T>): Promise<T> {
      const under = inFlight.get(id)
      if (under !== undefined) return under as Promise<T>
      const done = work().finally(() => inFlight.delete(id))
      inFlight.set(id, done)
      return done
    },
    resume() {
      for (const { id, facts } of moneyJournals<PaymentFact>(getDeps().desk, 'payment', { open: true })) {
        const now = paymentAt(facts)
        if (now !== null && (nextPaymentDeed(now) !== null || isOpen(now))) void run(id)
      }
      resumeRefunds(getDeps())
      resumeGiftCards(getDeps())
    },
    async close() {
      closed = true
      ending.resolve()
      await Promise.allSettled([...[...running.values()].map(({ done }) => done), ...inFlight.values()])
    },
  }
}

/** A page is waited for: one on which a way to pay is saved, or that of the invoice. */
function isOpen(now: PaymentNow): boolean {
  if (now.closed !== null || now.fault !== null || now.paid !== null || payIsUnclear(now)) return false
  if (now.way === 'page') return now.page !== null && now.saved === null
  return now.way === 'invoice-page'
}
