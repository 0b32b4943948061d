// Payments as Stripe has them, and what is given back of them: never more than is left, and never twice for one click.
import type { Args, Reply } from '../../preload/contract.ts'
import type { PaidPayment } from '../../preload/shapes-money.ts'
import { formatMoney } from '../domain/money.ts'
import { paymentRefusals, refundRefusals as refusals } from '../domain/money-en.ts'
import { type RefundFact, refundAt } from '../domain/refund.ts'
import { HOUR, toIso } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { invoicesOfCustomer } from '../store/billing-objects.ts'
import { customerLinks } from '../store/customer-links.ts'
import { membershipOfSubscription } from '../store/entitlements.ts'
import { memberById } from '../store/members.ts'
import { moneyFacts, moneyJournals } from '../store/money-journal.ts'
import { personNow } from '../store/people-merge.ts'
import type { MoneyPort, PaymentAtStripe, RefundAtStripe } from '../stripe/money-port.ts'
import { StripeTrouble } from '../stripe/port.ts'
import { Refused } from './at-card-reader.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { doOneDeed } from './money-deed.ts'
import { writeMoney } from './money-journal.ts'
import { recordAction } from './record-action.ts'
import { refreshBilling } from './refresh-billing.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'

const REASONS = { requested: 'requested_by_customer', duplicate: 'duplicate', other: null } as const
const INVOICES = 200
type Reason = Args<'refunds.make'>['reason']

/** What this person paid at Stripe, the newest first, with whatever was given back of it, wherever that was done. */
export async function listPayments(deps: DeskDeps, memberId: string): Promise<Result<PaidPayment[]>> {
  const money = deps.live.sync.stripe()?.money
  if (memberById(deps.desk, memberId) === null) return refuse('not-found', paymentRefusals.noMember)
  if (money === undefined) return refuse('stripe', paymentRefusals.noStripe)
  try {
    const lists = await Promise.all(
      customersOf(deps, memberId).map(async (customerId) => {
        const payments = (await money.payments(customerId)).filter(({ succeeded }) => succeeded)
        return Promise.all(payments.map((one) => paidView(deps, money, customerId, one)))
      }),
    )
    return done(lists.flat().toSorted((a, b) => (a.at < b.at ? 1 : -1)))
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
}

/** Later nobody waits for it any more. */
const STILL_WANTED = HOUR

function customersOf({ desk }: ReadDeps, memberId: string): string[] {
  const { account } = readSyncState(desk)
  return customerLinks(desk, memberId).flatMap((link) => (link.account === account ? [link.customerId] : []))
}

async function paidView(
  deps: ReadDeps,
  money: MoneyPort,
  customerId: string,
  payment: PaymentAtStripe,
): Promise<PaidPayment> {
  const { account = '' } = readSyncState(deps.desk)
  const { id, at, amount, refunded, left, disputed, intentId, method, last4 } = payment
  const invoice = invoicesOfCustomer(deps.desk, account, customerId, INVOICES).find(
    ({ paymentIntents }) => intentId !== null && paymentIntents.includes(intentId),
  )
  const membership = invoice?.subscriptionId
    ? membershipOfSubscription(deps.desk, account, invoice.subscriptionId)
    : null
  const refunds = refunded.minor === 0 ? [] : await money.refunds(id)
  return {
    id,
    at: toIso(at),
    amount,
    refunded,
    left,
    disputed,
    with: method === null ? null : [method, last4].filter((part) => part !== null).join(' '),
    invoice: invoice?.number ?? null,
    membership: membership?.id ?? null,
    refunds: refunds.map((one) => refundView(deps, one)),
  }
}

function refundView(deps: ReadDeps, { id, at, amount, status, ours }: RefundAtStripe): Reply<'refunds.make'> {
  const facts = ours === null ? [] : moneyFacts<RefundFact>(deps.desk, ours)
  const now = refundAt(facts)
  const by = ours === null || now === null ? null : operatorOf(deps, ours, now.chargeId)
  return { id, at: toIso(at), amount, status, by, why: now?.why ?? null }
}

function operatorOf(deps: ReadDeps, id: string, chargeId: string): string | null {
  return moneyJournals(deps.desk, 'refund', { subject: chargeId }).find((one) => one.id === id)?.operator ?? null
}

export async function makeRefund(deps: DeskDeps, asked: Args<'refunds.make'>): Promise<Result<Reply<'refunds.make'>>> {
  const money = deps.live.sync.stripe()?.money
  if (memberById(deps.desk, asked.member) === null) return refuse('not-found', paymentRefusals.noMember)
  if (money === undefined) return refuse('stripe', paymentRefusals.noStripe)
  if (asked.why.trim() === '') return refuse('bad-request', refusals.why)
  if (asked.amount.minor <= 0) return refuse('bad-request', refusals.nothing)
  const chargeId = asked.payment
  try {
    // What was begun before and never told how it went is settled first.
    const [open] = moneyJournals<RefundFact>(deps.desk, 'refund', { subject: chargeId, open: true })
    if (open !== undefined) {
      const settled = await deps.live.payments.once(open.id, () => goOn(deps, money, open.id))
      if (!settled.ok) return settled
    }
    const payment = await money.payment(chargeId)
    const may = mayRefund(deps, payment, asked)
    if (!may.ok) return may
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse(error.kind === 'refused' ? 'not-found' : 'stripe', error.message)
    throw error
  }
  const id = deps.live.newId()
  const { member: memberId, amount, reason } = asked
  // From here on nothing comes in between: a second click finds this one under way.
  if (moneyJournals(deps.desk, 'refund', { subject: chargeId, open: true }).length > 0)
    return refuse('busy', refusals.busy)
  const start = { kind: 'started', memberId, chargeId, amount, reason, why: asked.why.trim() } as const
  writeMoney<RefundFact>(deps, 'refund', id, start, { subject: chargeId, memberId })
  return deps.live.payments.once(id, () => goOn(deps, money, id))
}

function mayRefund(deps: ReadDeps, payment: PaymentAtStripe, asked: Args<'refunds.make'>): Result<null> {
  const { amount, left } = asked
  const theirs = payment.customerId !== null && customersOf(deps, asked.member).includes(payment.customerId)
  if (!theirs) return refuse('not-found', refusals.noPayment)
  if (!payment.succeeded) return refuse('wrong-state', refusals.notPaid)
  if (payment.disputed) return refuse('wrong-state', refusals.disputed)
  if (payment.left.minor <= 0) return refuse('wrong-state', refusals.allBack)
  if (amount.currency !== payment.left.currency) return refuse('bad-request', refusals.currency(payment.left.currency))
  if (amount.minor > payment.left.minor)
    return refuse('bad-request', refusals.tooMuch(formatMoney(payment.left, voiceOf(deps).locale)))
  // Two who look at the same payment do not each give back what only one of them meant to.
  return left.minor === payment.left.minor ? done(null) : refuse('wrong-state', refusals.changed)
}

/** Asks Stripe for it, or looks whether it is there already. */
async function goOn(deps: DeskDeps, money: MoneyPort, id: string): Promise<Result<Reply<'refunds.make'>>> {
  const now = refundAt(moneyFacts<RefundFact>(deps.desk, id))
  if (now === null) return refuse('not-found', refusals.none)
  const { chargeId, amount } = now
  const memberId = personNow(deps.desk, now.memberId) ?? now.memberId
  const write = (news: Parameters<typeof writeMoney<RefundFact>>[3]) => writeMoney<RefundFact>(deps, 'refund', id, news)
  let refund: RefundAtStripe | null = null
  const refused = await doOneDeed<RefundAtStripe>(deps, {
    what: 'refund',
    id,
    deed: 'refund',
    before: now.deed,
    unclear: refusals.unclear,
    begun: (key) => write({ kind: 'begun', deed: 'refund', key }),
    async ask(key, again) {
      const found = again ? (await money.refunds(chargeId)).find(({ ours }) => ours === id) : undefined
      // Nobody waits for it any more, and somebody may have given it back another way meanwhile.
      if (found === undefined && deps.now() - now.at > STILL_WANTED) throw new Refused('not-done', refusals.tooLate)
      const reason = REASONS[now.reason as Reason] ?? null
      return found ?? money.refund(key, { chargeId, minor: amount.minor, reason }, id)
    },
    made(made) {
      refund = made
      write({ kind: 'made', deed: 'refund', refundId: made.id, status: made.status })
      write({ kind: 'closed', how: 'done' })
      recordAction(deps, 'payment-refunded', memberId, { refund: id, charge: chargeId, amount, why: now.why })
    },
    refused(fault) {
      write({ kind: 'refused', deed: 'refund', fault })
      write({ kind: 'closed', how: 'left' })
    },
  })
  deps.live.push('payments', {})
  if (refused !== null) return refused
  for (const customer of customersOf(deps, memberId)) refreshBilling(deps, { customer })
  return refund === null ? refuse('not-found', refusals.none) : done(refundView(deps, refund))
}

/** After a start: what was begun is looked up, and asked for where it is not there. */
export function resumeRefunds(deps: DeskDeps): void {
  const money = deps.live.sync.stripe()?.money
  if (money === undefined) return
  for (const { id } of moneyJournals(deps.desk, 'refund', { open: true }))
    void deps.live.payments.once(id, () => goOn(deps, money, id)).catch(() => undefined)
}
