// A sign-up as screens and commands show it, and what can be chosen in it.
import type { PlanOffer, SignUp } from '../../preload/shapes-sign-up.ts'
import type { SignUpNow } from '../domain/sign-up.ts'
import { doingWords, linkWords } from '../domain/sign-up-en.ts'
import { toIso } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { priceById } from '../store/billing-objects.ts'
import { cashFor } from '../store/cash.ts'
import { termsOf } from '../store/manual-memberships.ts'
import { memberById } from '../store/members.ts'
import { saleOfPlan } from '../store/plan-sale.ts'
import { allPlans } from '../store/plans.ts'
import { openSignUps } from '../store/sign-ups.ts'
import { billView } from './bill-view.ts'
import type { ReadDeps } from './deps.ts'
import { isIncomplete } from './details.ts'
import { heldPlans } from './held-plan.ts'
import { provisionalView } from './provisional.ts'
import { signUpNow } from './sign-up-journal.ts'
import { daysOfTerm, planNamed, priceSold } from './sign-up-order.ts'

/** Where a space has not written down which terms hold. */
const NO_VERSION = '1'

export function signUpView(deps: ReadDeps, id: string, now: SignUpNow): SignUp {
  const member = now.memberId === null ? null : memberById(deps.desk, now.memberId)
  const running = deps.live?.signUps.isRunning(id) ?? false
  return {
    id,
    // What is missing of them is asked before a plan is.
    step: now.step === 'plan' && member !== null && isIncomplete(deps, member.id) ? 'person' : now.step,
    startedAt: toIso(now.startedAt),
    by: now.operator,
    member: member === null ? null : { id: member.id, name: member.name },
    has: member === null || now.step !== 'plan' ? [] : heldPlans(deps, member.id),
    plan: now.choice === null ? null : { id: now.choice.planId, name: planNamed(deps, now.choice.planId) },
    quantity: now.choice?.quantity ?? 1,
    code: now.choice?.code ?? null,
    terms: now.terms && { ...now.terms, at: toIso(now.terms.at) },
    bill: billView(deps, now),
    way: now.way,
    doing: running && now.step === 'payment' && now.way !== null ? doingOf(now) : null,
    fault: now.fault?.sentence ?? deps.live?.signUps.trouble(id) ?? null,
    page:
      now.page === null || now.verifying || now.paymentMethodId !== null || now.subscription !== null
        ? null
        : { url: now.page.url, expiresAt: toIso(now.page.expiresAt) },
    provisional: provisionalView(deps, now),
    paid:
      now.membershipId !== null
        ? 'agreed'
        : now.subscription === null
          ? null
          : now.subscription.paid
            ? 'paid'
            : 'processing',
    receipt: now.subscription?.receipt != null ? id : cashReceiptOf(deps, now.membershipId),
    card: now.card ?? null,
  }
}

function cashReceiptOf({ desk }: ReadDeps, membershipId: string | null): string | null {
  const [term] = membershipId === null ? [] : termsOf(desk, membershipId)
  return term === undefined ? null : (cashFor(desk, term.id)?.id ?? null)
}

function doingOf(now: SignUpNow): string {
  if (now.verifying && now.paymentMethodId === null) return doingWords.verifying
  if (now.way === 'link' && now.paymentMethodId === null) return linkWords.waiting
  if (now.way === 'page' && now.paymentMethodId === null) return doingWords.page
  if (now.deeds.collect.state === 'open') return doingWords.collect
  return now.paymentMethodId === null ? doingWords.ready : doingWords.subscription
}

export function listSignUps(deps: ReadDeps): SignUp[] {
  return openSignUps(deps.desk).flatMap((id) => {
    const now = signUpNow(deps, id)
    return now === null ? [] : [signUpView(deps, id, now)]
  })
}

export function planOffers(deps: ReadDeps): PlanOffer[] {
  const { desk: db } = deps
  const { account = '' } = readSyncState(db)
  return allPlans(db).map(({ id, name, seats }) => {
    const sale = saleOfPlan(db, id)
    const priceId = priceSold(deps, id)
    const price = priceId === null ? null : priceById(db, account, priceId)
    const fee = sale?.feePriceId == null ? null : priceById(db, account, sale.feePriceId)
    const amountOf = (of: typeof price) =>
      of === null || of.unitAmount === null ? null : { minor: of.unitAmount, currency: of.currency }
    return {
      id,
      name,
      listed: sale?.listed ?? true,
      price: price === null ? null : { amount: amountOf(price), interval: price.interval },
      fee: amountOf(fee),
      anchorDay: sale?.anchorDay ?? null,
      bySeat: seats === null && price?.recurring !== false,
      termDays: daysOfTerm(deps, id),
      terms: { version: sale?.termsVersion ?? NO_VERSION, url: sale?.termsUrl ?? null },
    }
  })
}
