// What was paid in another way than by Stripe: the invoice is marked there, which ends its retries, and is read back; a
// membership that was agreed at the desk gets its next term. Neither can be taken back.
import type { Args } from '../../preload/contract.ts'
import type { Acted } from '../../preload/shapes-late.ts'
import { lateRefusals, notDone, paidHow } from '../domain/late-actions-en.ts'
import { formatMoney } from '../domain/money.ts'
import { type PaymentFact, payIsUnclear } from '../domain/payment.ts'
import { againAsLong, toIso, toLocal } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { customerLinks } from '../store/customer-links.ts'
import { subscriptionOf } from '../store/entitlements.ts'
import { termsOf } from '../store/manual-memberships.ts'
import { moneyJournals } from '../store/money-journal.ts'
import { readSettings } from '../store/settings.ts'
import { type AboutLine, aboutLines, note, type WhyNot } from './act-on-lines.ts'
import type { DeskDeps } from './deps.ts'
import { writeFollowUp } from './follow-ups.ts'
import { invoiceOf } from './late-mail.ts'
import { renewManual } from './manual-membership.ts'
import { paymentNow } from './money-journal.ts'
import { beginPayment } from './payment-steps.ts'
import { done, type Result, refuse } from './result.ts'

/** One after the other: each is written down before it is asked for, so that one that is cut off is looked up later. */
export async function markLinesPaid(deps: DeskDeps, asked: Args<'late.paid'>): Promise<Result<Acted>> {
  const text = asked.text?.trim() ?? ''
  if (asked.how === 'other' && text === '') return refuse('bad-request', lateRefusals.noHow)
  const told = text === '' ? paidHow[asked.how] : `${paidHow[asked.how]}: ${text}`
  const shown = new Map(asked.lines.map((line) => [line.id, line]))
  const { found, not } = aboutLines(deps, [...shown.keys()])
  const acted: Acted = { act: null, done: [], not }
  for (const { line: before, person } of found) {
    // Others may have paid while those before it were gone through.
    const [line] = aboutLines(deps, [before.id]).found
    const { amount, due } = shown.get(before.id) ?? {}
    if (await lookUpBegun(deps, before.id)) note(acted, { line: before, person }, null)
    else if (line === undefined || line.line.state !== 'open' || toIso(line.line.dueAt) !== due)
      note(acted, { line: before, person }, notDone.settled)
    else if (line.line.amount !== amount?.minor || line.line.currency !== amount.currency)
      note(acted, line, notDone.changed(sayAmount(deps, line)))
    else
      note(acted, line, line.line.invoiceId === null ? nextTerm(deps, line, told) : await markInvoice(deps, line, told))
  }
  deps.live.push('members', {})
  return done(acted)
}

function sayAmount(deps: DeskDeps, { line: { amount, currency } }: AboutLine): string {
  return formatMoney({ minor: amount, currency }, readSettings(deps.desk).locale)
}

async function markInvoice(deps: DeskDeps, { line, person }: AboutLine, told: string): Promise<WhyNot> {
  const { account } = readSyncState(deps.desk)
  const invoice = invoiceOf(deps, line)
  if (deps.live.sync.stripe() === null) return lateRefusals.noStripe
  if (account === undefined || line.account !== account) return notDone.oldAccount
  if (invoice === null || invoice.customerId === null) return notDone.gone
  const { customerId, id, number } = invoice
  const isPayer = customerLinks(deps.desk, person.id).some(
    (link) => link.account === account && link.customerId === customerId,
  )
  const subscriptionId = subscriptionOf(deps.desk, line.membershipId)?.subscriptionId ?? null
  const about = { memberId: person.id, account, customerId, subscriptionId, invoice: { id, number }, isPayer }
  const begun = await beginPayment(deps, { kind: 'started', ...about }, { way: 'outside', readerId: null, told })
  if (!begun.ok) return begun.refusal.sentence
  // The screen is to show it as it is at Stripe now.
  await deps.live.sync.run({ full: false }).catch(() => undefined)
  if (begun.value.state === 'paid' || (await lookUpBegun(deps, id))) return null
  return begun.value.fault ?? notDone.unclear
}

/** An answer that was lost: true where it turns out to be marked. */
async function lookUpBegun(deps: DeskDeps, invoiceId: string): Promise<boolean> {
  const [open] = moneyJournals<PaymentFact>(deps.desk, 'payment', { subject: invoiceId, open: true })
  const before = open === undefined ? null : paymentNow(deps, open.id)
  if (open === undefined || before?.way !== 'outside' || !payIsUnclear(before)) return false
  await deps.live.payments.run(open.id)
  return paymentNow(deps, open.id)?.paid?.settled === true
}

/** As long as the last one, and paid for in the same way; cash is taken on the person's page, with a receipt. */
function nextTerm(deps: DeskDeps, { line, person }: AboutLine, told: string): WhyNot {
  const { timeZone } = readSettings(deps.desk)
  const [last] = termsOf(deps.desk, line.membershipId)
  if (last === undefined) return notDone.gone
  const until = againAsLong(last.from, last.until, timeZone)
  return deps.live.db
    .transaction((): WhyNot => {
      const renewed = renewManual(deps, {
        id: line.membershipId,
        until: toLocal(until - 1, timeZone).day.date,
        method: last.method === 'company' ? 'company' : 'invoice',
        ...(line.amount > 0 && { amount: { minor: line.amount, currency: line.currency } }),
        note: told,
      })
      if (!renewed.ok) return renewed.refusal.sentence
      const act = deps.live.newId()
      writeFollowUp(deps, { act, lineId: line.id, memberId: person.id, kind: 'paid', text: told })
      return null
    })
    .immediate()
}
