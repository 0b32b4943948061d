// What a person does to take a payment of what is owed: choose how, stop it, take cash, send the page by mail.
import type { Args, Reply } from '../../preload/contract.ts'
import type { Payment } from '../../preload/shapes-money.ts'
import { paymentRefusals as refusals } from '../domain/money-en.ts'
import { isOffStripe, type PaymentFact, type PaymentNow, type PayWay, payIsUnclear } from '../domain/payment.ts'
import { startOfLocalDay } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { subscriptionById } from '../store/billing-objects.ts'
import { customerLinks } from '../store/customer-links.ts'
import { membershipsOfMember } from '../store/entitlements.ts'
import { emailsOf, memberById } from '../store/members.ts'
import { moneyJournals } from '../store/money-journal.ts'
import { readMailSettings, readSettings } from '../store/settings.ts'
import { StripeTrouble } from '../stripe/port.ts'
import { Refused } from './at-card-reader.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { paymentNow, writePayment } from './money-journal.ts'
import { notify } from './notify.ts'
import { refuseUnlessOwed } from './payment-deeds.ts'
import { owedFor, paymentView } from './payment-view.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

type Asked = { member: string; invoice: string | null; way: PayWay; reader?: string | undefined }
type Start = Extract<PaymentFact, { kind: 'started' }>

export async function startPayment(deps: DeskDeps, asked: Asked): Promise<Result<Payment>> {
  const { way, reader } = asked
  if (deps.live.sync.stripe() === null) return refuse('stripe', refusals.noStripe)
  if (way === 'reader' && reader === undefined) return refuse('bad-request', refusals.noReader)
  const about = aboutWhat(deps, asked)
  if (!about.ok) return about
  const settled = await settledSince(deps, about.value, way)
  if (settled !== null) return settled
  return beginPayment(deps, about.value, { way, readerId: way === 'reader' ? (reader ?? null) : null })
}

/** Before anybody presents a card: somebody else may have paid, or a bank debit is on its way. What is open already is
 * settled first by itself, and whether Stripe can be reached is told by whatever takes the payment. */
async function settledSince(deps: DeskDeps, { invoice }: Omit<Start, 'at'>, way: PayWay) {
  const stripe = deps.live.sync.stripe()
  if (stripe === null || invoice === null || isOffStripe(way) || openAbout(deps, invoice.id) !== undefined) return null
  try {
    refuseUnlessOwed(await stripe.money.invoice(invoice.id))
    return null
  } catch (error) {
    if (error instanceof Refused) return refuse('wrong-state', error.message)
    if (error instanceof StripeTrouble) return null
    throw error
  }
}

function openAbout(deps: ReadDeps, subject: string): { id: string } | undefined {
  return moneyJournals<PaymentFact>(deps.desk, 'payment', { subject, open: true })[0]
}

/** One that is open about the same is taken up, and settled first where it is not known how it went. */
export async function beginPayment(
  deps: DeskDeps,
  about: Omit<Start, 'at'>,
  chosen: { way: PayWay; readerId: string | null; told?: string },
): Promise<Result<Payment>> {
  const { payments, newId } = deps.live
  const { way, readerId } = chosen
  const { memberId, invoice, customerId } = about
  const subject = invoice?.id ?? customerId
  const open = openAbout(deps, subject)
  const id = open?.id ?? newId()
  if (open === undefined) {
    writePayment(deps, id, about, { subject, memberId })
    recordAction(deps, 'payment-begun', memberId, { payment: id, invoice: invoice?.id ?? null, way })
  } else {
    const before = paymentNow(deps, id)
    // A second click is the same payment.
    if (payments.isRunning(id) && before?.way === way && before.readerId === readerId) return goingOn(deps, id, way)
    const free = await endBefore(deps, id)
    if (!free.ok) return free
    if (free.value !== null) return done(free.value)
  }
  writePayment(deps, id, { kind: 'way', ...chosen })
  deps.live.push('payments', {})
  return goingOn(deps, id, way)
}

/** What is only told to Stripe is one step, which is waited for; everything else is watched. */
async function goingOn(deps: DeskDeps, id: string, way: PayWay): Promise<Result<Payment>> {
  const running = deps.live.payments.run(id)
  if (isOffStripe(way)) await running
  return view(deps, id)
}

/** What was begun is ended or looked up before anything else is: the view where it turns out to be settled. */
async function endBefore(deps: DeskDeps, id: string): Promise<Result<Payment | null>> {
  const { payments } = deps.live
  try {
    await payments.stop(id)
    const stopped = paymentNow(deps, id)
    if (stopped !== null && payIsUnclear(stopped)) await payments.run(id)
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
  const now = paymentNow(deps, id)
  if (now === null) return refuse('not-found', refusals.none)
  if (payIsUnclear(now)) return refuse('wrong-state', refusals.unclear)
  return done(now.closed === null && now.paid === null ? null : paymentView(deps, id, now))
}

/** An invoice that is owed for what covers this person; or their own customer, where nothing is. */
function aboutWhat(deps: ReadDeps, { member, invoice }: Asked): Result<Omit<Start, 'at'>> {
  const person = memberById(deps.desk, member)
  if (person === null) return refuse('not-found', refusals.noMember)
  const owed = owedFor(deps, member)
  if (invoice !== null) {
    const one = owed.find((each) => each.invoice.id === invoice)
    if (one === undefined) return refuse('wrong-state', refusals.notOwed)
    const { account, customerId, subscriptionId } = one
    const { id, number } = one.invoice
    const isPayer = customerLinks(deps.desk, member).some(
      (link) => link.account === account && link.customerId === customerId,
    )
    const about = { memberId: member, account, customerId, subscriptionId, invoice: { id, number }, isPayer }
    return done({ kind: 'started', ...about })
  }
  if (owed.length > 0) return refuse('wrong-state', refusals.owedFirst)
  const { account } = readSyncState(deps.desk)
  const customerId = customerLinks(deps.desk, member).findLast((link) => link.account === account)?.customerId
  if (account === undefined || customerId === undefined) return refuse('wrong-state', refusals.noCustomer(person.name))
  const own = membershipsOfMember(deps.desk, member, deps.now()).find(
    ({ subscriptionId: id }) => id !== null && isLive(subscriptionById(deps.desk, account, id), customerId),
  )
  const subscriptionId = own?.subscriptionId ?? null
  return done({ kind: 'started', memberId: member, account, customerId, subscriptionId, invoice: null, isPayer: true })
}

function isLive(subscription: ReturnType<typeof subscriptionById>, customerId: string): boolean {
  return subscription !== null && subscription.customerId === customerId && subscription.endedAt === null
}

export async function stopPayment(deps: DeskDeps, id: string): Promise<Result<Payment>> {
  if (paymentNow(deps, id) === null) return refuse('not-found', refusals.none)
  try {
    await deps.live.payments.stop(id)
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
  const now = paymentNow(deps, id)
  // Nothing waits any more for who pays on Stripe's page of the invoice.
  if (now?.way === 'invoice-page' && now.closed === null) writePayment(deps, id, { kind: 'closed', how: 'left' })
  deps.live.push('payments', {})
  return view(deps, id)
}

export function mailInvoice(
  deps: DeskDeps,
  { member, invoice }: Args<'payments.mail'>,
): Result<Reply<'payments.mail'>> {
  const { db } = deps.live
  const person = memberById(db, member)
  if (person === null) return refuse('not-found', refusals.noMember)
  const one = owedFor(deps, member).find((each) => each.invoice.id === invoice)
  if (one === undefined) return refuse('wrong-state', refusals.notOwed)
  const { url, remaining } = one.invoice
  if (url === null) return refuse('wrong-state', refusals.noPage)
  if (readMailSettings(db) === null) return refuse('wrong-state', refusals.noMail)
  if ((emailsOf(db, [member]).get(member) ?? []).length === 0)
    return refuse('wrong-state', refusals.noAddress(person.name))
  const today = startOfLocalDay(deps.now(), readSettings(db).timeZone)
  db.transaction(() => {
    // Once a day: a second click mails nothing more.
    const payload = { name: person.name, url, amount: remaining, until: null }
    notify(deps, { member, subject: `${invoice}@${today}`, kind: 'payment-link', payload })
    recordAction(deps, 'payment-mailed', member, { invoice })
  }).immediate()
  return done({ ok: true })
}

export function view(deps: ReadDeps, id: string): Result<Payment> {
  const now: PaymentNow | null = paymentNow(deps, id)
  return now === null ? refuse('not-found', refusals.none) : done(paymentView(deps, id, now))
}
