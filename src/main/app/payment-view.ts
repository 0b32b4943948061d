// What is owed, and a payment of it as it stands.
import type { Reply } from '../../preload/contract.ts'
import type { Debt, Payment } from '../../preload/shapes-money.ts'
import type { Invoice } from '../domain/billing.ts'
import { dueMoment, openInvoices } from '../domain/invoice-facts.ts'
import { paymentDoing as words } from '../domain/money-en.ts'
import { nextPaymentDeed, type PaymentFact, type PaymentNow } from '../domain/payment.ts'
import { toIso } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { invoicesOfSubscription, subscriptionById } from '../store/billing-objects.ts'
import { membershipsOfMember } from '../store/entitlements.ts'
import { memberById } from '../store/members.ts'
import { moneyJournals } from '../store/money-journal.ts'
import type { ReadDeps } from './deps.ts'
import { paymentNow } from './money-journal.ts'
import { stateOfDebt } from './open-debt.ts'

/** What is owed, with whose subscription it is. */
export type Owed = { invoice: Invoice; account: string; customerId: string; subscriptionId: string; plan: string }

/** For whatever covers this person, whoever pays for it: the oldest first. */
export function owedFor(deps: ReadDeps, memberId: string): Owed[] {
  const { account } = readSyncState(deps.desk)
  return membershipsOfMember(deps.desk, memberId, deps.now())
    .flatMap(({ account: of, subscriptionId, planName }) => {
      if (of === null || of !== account || subscriptionId === null) return []
      const customerId = subscriptionById(deps.desk, account, subscriptionId)?.customerId
      if (customerId === undefined) return []
      const invoices = openInvoices({ invoices: invoicesOfSubscription(deps.desk, account, subscriptionId) })
      return invoices.map((invoice) => ({ invoice, account, customerId, subscriptionId, plan: planName }))
    })
    .toSorted((a, b) => dueMoment(a.invoice) - dueMoment(b.invoice))
}

export function owedView(deps: ReadDeps, memberId: string): Reply<'payments.owed'> {
  const debts = owedFor(deps, memberId).map(
    ({ invoice, account, plan }): Debt => ({
      invoice: invoice.id,
      number: invoice.number,
      amount: invoice.remaining,
      since: toIso(dueMoment(invoice)),
      plan,
      state: stateOfDebt(deps, account, invoice).state,
      url: invoice.url,
    }),
  )
  const [open] = moneyJournals<PaymentFact>(deps.desk, 'payment', { memberId, open: true })
  const now = open === undefined ? null : paymentNow(deps, open.id)
  return { debts, open: open === undefined || now === null ? null : paymentView(deps, open.id, now) }
}

export function paymentView(deps: ReadDeps, id: string, now: PaymentNow): Payment {
  const { live } = deps
  const running = live?.payments.isRunning(id) ?? false
  const waits = now.paid === null && now.saved === null && now.closed === null && now.fault === null
  return {
    id,
    member: { id: now.memberId, name: memberById(deps.desk, now.memberId)?.name ?? '' },
    invoice: now.invoice,
    way: now.way,
    doing: running ? doingOf(deps, id, now) : null,
    fault: now.fault?.sentence ?? live?.payments.trouble(id) ?? null,
    page: waits ? pageOf(deps, now) : null,
    state: stateOf(now),
    paid: now.paid?.amount ?? null,
    receipt: now.paid?.receipt ?? null,
  }
}

function pageOf(deps: ReadDeps, now: PaymentNow): Payment['page'] {
  if (now.way === 'page' && now.page !== null) return { url: now.page.url, expiresAt: toIso(now.page.expiresAt) }
  if (now.way !== 'invoice-page') return null
  const url = owedFor(deps, now.memberId).find(({ invoice }) => invoice.id === now.invoice?.id)?.invoice.url ?? null
  return url === null ? null : { url: deps.live?.demo?.pageOf(url) ?? url, expiresAt: null }
}

function stateOf({ paid, saved, invoice, closed, deeds }: PaymentNow): Payment['state'] {
  if (paid !== null) return paid.settled ? 'paid' : 'processing'
  if (invoice === null && saved !== null && deeds.keep.state === 'made') return 'saved'
  return closed === 'left' ? 'left' : 'open'
}

function doingOf(deps: ReadDeps, id: string, now: PaymentNow): string | null {
  const first = now.readerId === null ? null : (deps.live?.readerQueue.first(now.readerId) ?? null)
  switch (nextPaymentDeed(now)) {
    case 'intent':
    case 'collect':
      if (first !== null && first.id !== id)
        return words.queue((first.memberId && memberById(deps.desk, first.memberId)?.name) || '')
      return now.deeds.collect.state === 'open' ? words.collect : words.ready
    case 'page':
      return words.page
    case 'pay':
      return words.pay
    case 'keep':
      return words.keep
    case null:
      if (now.paid !== null || now.closed !== null) return null
      return now.way === 'invoice-page' ? words.invoicePage : words.page
  }
}
