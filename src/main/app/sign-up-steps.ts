// What a person does in a sign-up, step by step; what the program does in between is in sign-up-deeds.ts.
import type { Args } from '../../preload/contract.ts'
import type { PayReader, SignUp } from '../../preload/shapes-sign-up.ts'
import { detailRefusals, waiverRefusals } from '../domain/details-en.ts'
import { cleanName, LONGEST_NAME } from '../domain/name.ts'
import { isUnclear, type SignUpNow } from '../domain/sign-up.ts'
import { signUpRefusals as refusals } from '../domain/sign-up-en.ts'
import { toLocal } from '../domain/time.ts'
import { memberById } from '../store/members.ts'
import { planById } from '../store/plans.ts'
import { readSettings } from '../store/settings.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { Till } from '../stripe/till-port.ts'
import type { DeskDeps } from './deps.ts'
import { noLink } from './mail-link.ts'
import { addManual } from './manual-membership.ts'
import { mayBeSold } from './may-be-sold.ts'
import { endProvisional } from './provisional.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { doDeeds } from './sign-up-deeds.ts'
import { namedIfIncomplete } from './sign-up-details.ts'
import { type News, openSignUp, signUpNow, writeSignUp } from './sign-up-journal.ts'
import { orderFor, priceOfPlan, whyNoPrice } from './sign-up-order.ts'
import { ensurePrice } from './sign-up-price.ts'
import { signUpView } from './sign-up-view.ts'
import { waiverToSign } from './waivers.ts'

export function choosePlan(deps: DeskDeps, asked: Args<'signUps.plan'>): Result<SignUp> {
  const { id, plan, quantity = 1, code, again = false } = asked
  const free = surelyUnpaid(deps, id)
  if (!free.ok) return free
  if (planById(deps.desk, plan) === null) return refuse('not-found', refusals.noPlan)
  const incomplete = namedIfIncomplete(deps, free.value.memberId)
  if (incomplete !== null) return refuse('wrong-state', detailRefusals.first(incomplete))
  const priceId = priceOfPlan(deps, plan)
  const choice = { planId: plan, priceId, quantity, code: code?.trim() || null, again }
  const sale = mayBeSold(deps, free.value.memberId, choice)
  return sale.ok ? write(deps, id, { kind: 'plan', ...choice }) : sale
}

export function acceptTerms(deps: DeskDeps, { id, version, by }: Args<'signUps.terms'>): Result<SignUp> {
  const free = unpaid(deps, id)
  if (!free.ok) return free
  if (free.value.choice === null) return refuse('wrong-state', refusals.noPlan)
  const name = cleanName(by).slice(0, LONGEST_NAME)
  if (name === '') return refuse('bad-request', refusals.whoAccepts)
  const incomplete = namedIfIncomplete(deps, free.value.memberId)
  if (incomplete !== null) return refuse('wrong-state', detailRefusals.first(incomplete))
  const unsigned = waiverToSign(deps, free.value.memberId)
  if (unsigned !== null) return refuse('wrong-state', waiverRefusals.signFirst(unsigned))
  return write(deps, id, { kind: 'terms', version, by: name })
}

/** The bill is Stripe's own preview of the very order that will be placed. */
export async function showBill(deps: DeskDeps, id: string): Promise<Result<SignUp>> {
  const ready = readyToPay(deps, id)
  if (!ready.ok) return ready
  const { till } = ready.value
  try {
    if (!deps.live.signUps.isRunning(id))
      await doDeeds(deps, id, { till, sleep: async () => undefined, isCancelled: () => false })
    const now = signUpNow(deps, id)
    const priceId = now?.choice?.priceId ?? null
    if (now === null || now.customerId === null || now.choice === null || priceId === null) return view(deps, id)
    const order = await orderFor(deps, till, now.customerId, { ...now.choice, priceId }, deps.now())
    if (!order.ok) return order
    return write(deps, id, { kind: 'bill', bill: await till.preview(order.value) })
  } catch (error) {
    // Whether Stripe is cut off, the next sync would find out only in some seconds.
    if (error instanceof StripeTrouble && error.kind === 'offline') lookAtStripe(deps)
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
}

export async function pay(deps: DeskDeps, { id, way, reader }: Args<'signUps.pay'>): Promise<Result<SignUp>> {
  const ready = readyToPay(deps, id)
  if (!ready.ok) return ready
  if (way === 'reader' && reader === undefined) return refuse('bad-request', refusals.noReader)
  const no = way === 'link' ? noLink(deps, signUpNow(deps, id)?.memberId ?? null) : null
  if (no !== null) return refuse('wrong-state', no)
  const unknown = await unknownCode(ready.value.till, signUpNow(deps, id))
  if (unknown !== null) return refuse('not-found', refusals.noCode(unknown))
  const stopped = await stop(deps, id)
  if (!stopped.ok || stopped.value.paid !== null) return stopped
  const chosen = write(deps, id, { kind: 'way', way, readerId: way === 'reader' ? (reader ?? null) : null })
  if (chosen.ok) void deps.live.signUps.run(id)
  return view(deps, id)
}

/** A code is looked up with its bill. Where there is none yet, nobody is to give their card for a price that may be another. */
async function unknownCode(till: Till, now: SignUpNow | null): Promise<string | null> {
  const code = now?.bill === null ? (now.choice?.code ?? null) : null
  if (code === null) return null
  try {
    return (await till.promotion(code)) === null ? code : null
  } catch (error) {
    // What cannot be asked now is asked by whatever takes the payment.
    if (error instanceof StripeTrouble) return null
    throw error
  }
}

/** Nothing else is begun before it is known how this ended. */
export async function stop(deps: DeskDeps, id: string): Promise<Result<SignUp>> {
  const open = openSignUp(deps, id)
  if (!open.ok) return open
  try {
    await deps.live.signUps.stop(id)
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
  return view(deps, id)
}

/** An agreement at the desk: the membership and the end of the wait are one step. */
export async function agree(deps: DeskDeps, asked: Args<'signUps.agree'>): Promise<Result<SignUp>> {
  const { id, way, until, amount, note } = asked
  const free = surelyUnpaid(deps, id)
  if (!free.ok) return free
  const { choice, terms, memberId } = free.value
  if (choice === null || memberId === null) return refuse('wrong-state', refusals.noPlan)
  if (terms === null) return refuse('wrong-state', refusals.noTerms)
  const sale = mayBeSold(deps, memberId, choice)
  if (!sale.ok) return sale
  const stopped = await stop(deps, id)
  if (!stopped.ok || stopped.value.paid !== null) return stopped
  return deps.live.db
    .transaction((): Result<SignUp> => {
      const membership = addManual(deps, {
        member: memberId,
        plan: choice.planId,
        method: way,
        from: localToday(deps),
        until,
        ...(amount !== undefined && { amount }),
        ...(note !== undefined && { note }),
        again: choice.again === true,
      })
      if (!membership.ok) return membership
      writeSignUp(deps, id, { kind: 'way', way, readerId: null })
      endProvisional(deps, id, 'paid')
      return write(deps, id, { kind: 'agreed', membershipId: membership.value.id })
    })
    .immediate()
}

/** The card, or that it comes later, ends the sign-up: nothing of it can undo what was paid. */
export function finish(deps: DeskDeps, { id, card }: Args<'signUps.finish'>): Result<SignUp> {
  const open = openSignUp(deps, id)
  if (!open.ok) return open
  if (open.value.step !== 'card') return refuse('wrong-state', refusals.notPaid)
  return deps.live.db
    .transaction(() => {
      writeSignUp(deps, id, { kind: 'card', canonical: card })
      recordAction(deps, 'sign-up-finished', open.value.memberId ?? id, { signUp: id, card })
      return write(deps, id, { kind: 'closed', how: 'finished' })
    })
    .immediate()
}

export async function giveUp(deps: DeskDeps, id: string): Promise<Result<SignUp>> {
  const free = surelyUnpaid(deps, id)
  if (!free.ok) return free
  const stopped = await stop(deps, id)
  if (!stopped.ok) return stopped
  if (stopped.value.paid !== null) return refuse('wrong-state', refusals.paid)
  return deps.live.db
    .transaction(() => {
      endProvisional(deps, id, 'given-up')
      recordAction(deps, 'sign-up-given-up', free.value.memberId ?? id, { signUp: id })
      deps.live.push('members', {})
      return write(deps, id, { kind: 'closed', how: 'given-up' })
    })
    .immediate()
}

export async function payReaders(deps: DeskDeps): Promise<Result<PayReader[]>> {
  const till = deps.live.sync.stripe()?.till
  if (till === undefined) return refuse('stripe', refusals.noStripe)
  try {
    const readers = await till.readers()
    return done(
      readers.map(({ id, label, online }) => {
        const member = deps.live.readerQueue.first(id)?.memberId ?? null
        return { id, label, online, busyWith: member === null ? null : (memberById(deps.desk, member)?.name ?? null) }
      }),
    )
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
}

function lookAtStripe({ live }: DeskDeps): void {
  live.sync.run({ full: false }).then(
    () => undefined,
    () => live.push('signUps', {}),
  )
}

function unpaid(deps: DeskDeps, id: string) {
  const open = openSignUp(deps, id)
  if (!open.ok) return open
  return open.value.step === 'card' ? refuse('wrong-state', refusals.paid) : open
}

/** The same where it is also known that no membership was begun. */
function surelyUnpaid(deps: DeskDeps, id: string) {
  const free = unpaid(deps, id)
  return free.ok && isUnclear(free.value) ? refuse('wrong-state', refusals.unclear) : free
}

function readyToPay(deps: DeskDeps, id: string): Result<{ till: Till }> {
  const free = unpaid(deps, id)
  if (!free.ok) return free
  const { choice, terms } = free.value
  if (choice === null) return refuse('wrong-state', refusals.noPlan)
  if (terms === null) return refuse('wrong-state', refusals.noTerms)
  // Much may have happened since the plan was chosen.
  const sale = mayBeSold(deps, free.value.memberId, choice)
  if (!sale.ok) return sale
  if (ensurePrice(deps, id, free.value) === null) return refuse('wrong-state', whyNoPrice(deps, choice.planId))
  const till = deps.live.sync.stripe()?.till
  return till === undefined ? refuse('stripe', refusals.noStripe) : done({ till })
}

function write(deps: DeskDeps, id: string, news: News): Result<SignUp> {
  writeSignUp(deps, id, news)
  deps.live.push('signUps', {})
  return view(deps, id)
}

function view(deps: DeskDeps, id: string): Result<SignUp> {
  const now = signUpNow(deps, id)
  return now === null ? refuse('not-found', refusals.none) : done(signUpView(deps, id, now))
}

function localToday(deps: DeskDeps): string {
  return toLocal(deps.now(), readSettings(deps.desk).timeZone).day.date
}
