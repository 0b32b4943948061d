// Beside the entitlement of a membership: which of its payments were late (flow 2). To be called inside a transaction.
import type { Invoice, PaymentIntent, Subscription } from '../domain/billing.ts'
import { failureToRemember, latePayment } from '../domain/late-payment.ts'
import type { Ms } from '../domain/time.ts'
import { disputesOfPayments, failuresSeen, rememberFailure, replaceLatePayments } from '../store/late-payments.ts'
import type { DeriveDeps } from './derive-deps.ts'

export type PaymentsOfMembership = {
  membershipId: string
  subscription: Subscription
  invoices: readonly Invoice[]
  intents: ReadonlyMap<string, PaymentIntent>
  dueSeen: ReadonlyMap<string, Ms>
}

export function deriveLatePayments({ db, account, now }: DeriveDeps, of: PaymentsOfMembership): void {
  const { membershipId, subscription, invoices, intents, dueSeen } = of
  const seen = Map.groupBy(
    failuresSeen(
      db,
      account,
      invoices.map(({ id }) => id),
    ),
    ({ invoiceId }) => invoiceId,
  )
  const rows = invoices.flatMap((invoice) => {
    const own = invoice.paymentIntents.flatMap((id) => intents.get(id) ?? [])
    const about = { subscription, invoice, intents: own, disputes: [], dueSeen: dueSeen.get(invoice.id) }
    const before = seen.get(invoice.id) ?? []
    const fresh = failureToRemember({ ...about, failures: before })
    const failure = fresh && { ...fresh, invoiceId: invoice.id, at: now }
    if (failure !== null) rememberFailure(db, account, failure)
    const isNews =
      failure !== null && !before.some(({ code, attempts }) => code === failure.code && attempts === failure.attempts)
    const failures = isNews ? [...before, failure] : before
    const late = latePayment({ ...about, failures })
    if (late === null || late.state !== 'paid') return late ?? []
    // Only money that came in can be taken back, and only of few it was late.
    const disputes = disputesOfPayments(db, account, invoice.paymentIntents)
    return latePayment({ ...about, failures, disputes }) ?? []
  })
  replaceLatePayments(db, account, membershipId, rows)
}
