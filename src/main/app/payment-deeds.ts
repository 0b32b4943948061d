// The deeds of a payment of what is owed, one after the other: written down before each is asked for, and the invoice read
// before and after, for somebody else may have paid it meanwhile.

import type { Money } from '../domain/money.ts'
import { paymentFaults as faults, receiptWords } from '../domain/money-en.ts'
import { keyOfDeed } from '../domain/money-journal.ts'
import { cashNumber } from '../domain/paid-receipt.ts'
import {
  isDone,
  isOffStripe,
  nextPaymentDeed,
  type PaymentDeed,
  type PaymentMade,
  type PaymentNow,
} from '../domain/payment.ts'
import type { DeedNow } from '../domain/sign-up.ts'
import { signUpFaults } from '../domain/sign-up-en.ts'
import { customerById, subscriptionById } from '../store/billing-objects.ts'
import { cashPayment } from '../store/cash.ts'
import { readSettings } from '../store/settings.ts'
import type { InvoiceNow, MoneyPort } from '../stripe/money-port.ts'
import { StripeTrouble } from '../stripe/port.ts'
import { cardAtReader, type Doing, faultOf, Refused } from './at-card-reader.ts'
import type { DeskDeps } from './deps.ts'
import { writeFollowUp } from './follow-ups.ts'
import { paymentNow, writePayment } from './money-journal.ts'
import { recordAction } from './record-action.ts'
import { noteRecovered } from './recovered.ts'
import { refreshBilling } from './refresh-billing.ts'
import { takeCash } from './take-cash.ts'
import { tellOfCash } from './tell-of-agreement.ts'

export type PaymentDoing = Doing & { money: MoneyPort }

/** After these nothing of it can be done any more. */
const OVER = ['paid-already', 'nothing-owed']

/** Goes on until a person is asked or waited for, or Stripe cannot be reached: then it throws, and what was begun stays. */
export async function doPaymentDeeds(deps: DeskDeps, id: string, doing: PaymentDoing): Promise<void> {
  for (;;) {
    const now = paymentNow(deps, id)
    if (now === null) return
    const deed = nextPaymentDeed(now)
    if (deed === null) {
      if (now.closed === null && isDone(now)) close(deps, id, 'done')
      return
    }
    await doDeed(deps, id, now, deed, doing)
  }
}

async function doDeed(deps: DeskDeps, id: string, now: PaymentNow, deed: PaymentDeed, doing: PaymentDoing) {
  const before = now.deeds[deed]
  const key = keyOfDeed('payment', id, deed, before)
  if (before.state !== 'open') writePayment(deps, id, { kind: 'begun', deed, key })
  try {
    writeMade(deps, id, now, await DO[deed]({ deps, id, now, key, before, doing }))
  } catch (error) {
    const fault = faultOf(error)
    if (fault === null) throw error
    writePayment(deps, id, { kind: 'refused', deed, fault })
    if (OVER.includes(fault.code)) close(deps, id, 'left')
    refresh(deps, now)
  }
  deps.live.push('payments', {})
}

/** What follows from a payment stands with it, in one step. */
export function writeMade(deps: DeskDeps, id: string, now: PaymentNow, made: PaymentMade): void {
  deps.live.db
    .transaction(() => {
      if (made.deed !== 'pay') {
        writePayment(deps, id, { kind: 'made', ...made })
        if (made.deed === 'keep') recordAction(deps, 'pay-method-kept', now.memberId, { payment: id })
        return
      }
      const { amount, settled } = made
      const what = receiptWords.invoice(now.invoice?.number ?? null)
      const cash = now.way === 'cash' ? takeCash(deps, { member: now.memberId, what, subject: id, amount }) : null
      const receipt = cash && cashNumber(cash.number)
      writePayment(deps, id, { kind: 'made', ...made, receipt })
      const detail = { payment: id, invoice: now.invoice?.id, way: now.way, amount, settled, receipt }
      if (now.way === 'outside') {
        recordAction(deps, 'payment-marked', now.memberId, { ...detail, told: now.told })
        const fact = { lineId: now.invoice?.id ?? '', memberId: now.memberId, kind: 'paid', text: now.told } as const
        writeFollowUp(deps, { ...fact, act: id })
      } else {
        recordAction(deps, 'payment-taken', now.memberId, detail)
        if (settled) noteRecovered(deps, now, amount)
      }
      if (cash !== null) tellOfCash(deps, now.memberId, cashPayment(deps.live.db, cash.id))
    })
    .immediate()
  if (made.deed === 'pay' || made.deed === 'keep') refresh(deps, now)
}

function close(deps: DeskDeps, id: string, how: 'done' | 'left'): void {
  writePayment(deps, id, { kind: 'closed', how })
}

/** A door is to know at once. */
function refresh(deps: DeskDeps, { customerId, subscriptionId, invoice }: PaymentNow): void {
  const more = {
    ...(subscriptionId !== null && { subscription: subscriptionId }),
    ...(invoice && { invoice: invoice.id }),
  }
  refreshBilling(deps, { customer: customerId, ...more })
}

type Step = { deps: DeskDeps; id: string; now: PaymentNow; key: string; before: DeedNow; doing: PaymentDoing }

const DO: { [D in PaymentDeed]: (step: Step) => Promise<Extract<PaymentMade, { deed: D }>> } = {
  async intent({ now, id, key, doing: { money } }) {
    const intent = await money.saveAtReader(key, now.customerId, id)
    return { deed: 'intent', intentId: intent.id }
  },

  async collect({ deps, now, key, before, doing }) {
    const asked = { readerId: now.readerId ?? '', intentId: now.intentId ?? '', key, before, now: deps.now }
    return { deed: 'collect', paymentMethodId: await cardAtReader(asked, doing), method: 'card' }
  },

  async page({ deps, id, now, key, doing: { money } }) {
    const { website } = readSettings(deps.desk)
    if (website === null) throw new Refused('no-website', signUpFaults.noWebsite)
    const currency = now.invoice === null ? currencyOf(deps, now) : (await money.invoice(now.invoice.id)).due.currency
    const page = await money.savePage(key, { customerId: now.customerId, currency, returnTo: website }, id)
    return { deed: 'page', sessionId: page.id, url: page.url, expiresAt: page.expiresAt }
  },

  pay: (step) => payInvoice(step),

  async keep({ now, doing: { money } }) {
    await money.keepMethod(now.customerId, now.subscriptionId, now.saved?.paymentMethodId ?? '')
    return { deed: 'keep' }
  },
}

async function payInvoice({
  now,
  key,
  before,
  doing: { money },
}: Step): Promise<Extract<PaymentMade, { deed: 'pay' }>> {
  const invoiceId = now.invoice?.id ?? ''
  const outside = isOffStripe(now.way)
  const found = await money.invoice(invoiceId)
  const asked = before.state === 'open'
  // The answer of a former try may have been lost on its way. Cash and cards are told apart by what Stripe took.
  if (found.status === 'paid' && asked && found.offStripe === outside) return paidAs(found.due, true)
  if (found.processing && asked && !outside) return paidAs(found.remaining, false)
  refuseUnlessOwed(found)
  const after = await (outside
    ? money.markPaid(key, invoiceId)
    : money.payInvoice(key, invoiceId, methodOf(now))
  ).catch(async (error) => {
    if (!(error instanceof StripeTrouble) || error.kind !== 'refused') throw error
    // It may have been refused since somebody paid at this very moment.
    refuseUnlessOwed(await money.invoice(invoiceId))
    throw declined(error)
  })
  if (after.status === 'paid') return paidAs(found.remaining, true)
  if (after.processing) return paidAs(found.remaining, false)
  throw new Refused('not-paid', faults.confirm)
}

function paidAs(amount: Money, settled: boolean): Extract<PaymentMade, { deed: 'pay' }> {
  return { deed: 'pay', settled, amount, receipt: null }
}

export function refuseUnlessOwed({ status, processing }: InvoiceNow): void {
  if (status === 'paid') throw new Refused('paid-already', faults.paidAlready)
  if (status !== 'open' && status !== 'uncollectible') throw new Refused('nothing-owed', faults.nothingOwed)
  if (processing) throw new Refused('processing', faults.processing)
}

function methodOf({ saved }: PaymentNow): string {
  return saved?.paymentMethodId ?? ''
}

/** Stripe's words for a payer who has to confirm it at their bank. */
const CONFIRM = ['authentication_required', 'invoice_payment_intent_requires_action']

function declined({ code, message }: StripeTrouble): Refused {
  const sentence = CONFIRM.includes(code ?? '') ? faults.confirm : faults.declined(message)
  return new Refused(code ?? 'refused', sentence)
}

function currencyOf({ desk }: DeskDeps, { account, customerId, subscriptionId }: PaymentNow): string {
  const subscription = subscriptionId === null ? null : subscriptionById(desk, account, subscriptionId)
  return subscription?.currency ?? customerById(desk, account, customerId)?.balances[0]?.currency ?? 'eur'
}
