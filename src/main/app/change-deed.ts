// One change of a running membership: written down before Stripe is asked, read back before it is believed. What was asked
// and never answered is looked for first, so that nothing is done twice, and what is so already is left alone.
import { alreadySo, changeRefusals as refusals } from '../domain/changes-en.ts'
import { actionOf, type Change, fulfilled, type SubscriptionNow } from '../domain/membership-change.ts'
import { HOUR } from '../domain/time.ts'
import { subscriptionOf } from '../store/entitlements.ts'
import { type AskedChange, endChange, insertChangeAsked } from '../store/membership-changes.ts'
import { cover, payerOf, uncover } from '../store/membership-seats.ts'
import type { ChangesPort } from '../stripe/changes-port.ts'
import { StripeTrouble } from '../stripe/port.ts'
import { doneInWords } from './change-done.ts'
import type { Look } from './change-look.ts'
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { refreshBilling } from './refresh-billing.ts'
import { done, type Result, refuse } from './result.ts'

export type Says = { says: string }

/** How long after somebody asked for a change it is still made; a key is good at Stripe for a day at least. */
const STILL_WANTED = HOUR

/** Asks for it, unless it is so already. */
export async function carryOut(
  deps: DeskDeps,
  { id: membershipId, port, now }: Look,
  change: Change,
): Promise<Result<Says>> {
  if (fulfilled(change, now, false) !== 'no') {
    refresh(deps, now)
    return refuse('wrong-state', alreadySo(change))
  }
  if (now.endedAt !== null) {
    refresh(deps, now)
    return refuse('wrong-state', refusals.ended)
  }
  const { db, newId, operator } = deps.live
  const asked: AskedChange = { id: newId(), membershipId, at: deps.now(), operator, change }
  insertChangeAsked(db, { ...asked, origin: deps.deskId })
  try {
    return await finish(deps, port, asked, now)
  } catch (error) {
    if (!(error instanceof StripeTrouble)) throw error
    deps.live.changes.settleLater()
    return refuse('stripe', refusals.unclear)
  }
}

/** One that was asked for before, in this run or another: the truth is read, and only then it is asked for again. */
export async function settle(deps: DeskDeps, port: ChangesPort, asked: AskedChange): Promise<void> {
  const by = { ...deps, live: { ...deps.live, operator: asked.operator } }
  const subscription = subscriptionOf(deps.desk, asked.membershipId)
  const now = subscription === null ? null : await port.subscription(subscription.subscriptionId)
  if (now === null) return void refused(by, asked, refusals.gone)
  if (fulfilled(asked.change, now, false) !== 'no') return void made(by, asked, now)
  if (now.endedAt !== null) return void refused(by, asked, refusals.ended)
  // Long after, nobody is there any more who would expect to be charged for it.
  if (deps.now() - asked.at > STILL_WANTED) return void refused(by, asked, refusals.notDone)
  await finish(by, port, asked, now)
}

async function finish(
  deps: DeskDeps,
  port: ChangesPort,
  asked: AskedChange,
  before: SubscriptionNow,
): Promise<Result<Says>> {
  let no: StripeTrouble | null = null
  try {
    await port.carryOut(`change:${asked.id}`, asked.change, before)
  } catch (error) {
    if (!(error instanceof StripeTrouble) || error.kind !== 'refused') throw error
    no = error
  }
  const now = await port.subscription(before.id)
  if (now === null) return refused(deps, asked, refusals.gone)
  // A no to what somebody else did meanwhile is none.
  if (fulfilled(asked.change, now, true) !== 'no') return made(deps, asked, now)
  refresh(deps, now)
  return refused(deps, asked, no === null ? refusals.notSo : noInWords(asked.change, no))
}

function noInWords(change: Change, no: StripeTrouble): string {
  const whole = change.do === 'pause' && change.way === 'requested'
  return whole ? refusals.noWholePause : no.message
}

function made(deps: DeskDeps, { id, membershipId, change }: AskedChange, now: SubscriptionNow): Result<Says> {
  const { db } = deps.live
  const says = doneInWords(deps, change, now)
  db.transaction(() => {
    endChange(db, { changeId: id, at: deps.now(), how: 'made', says })
    const { do: _, ...detail } = change
    recordAction(deps, actionOf(change), payerOf(db, membershipId)?.id ?? membershipId, {
      membership: membershipId,
      ...detail,
    })
    if (change.do !== 'seats') return
    if (change.cover !== null) {
      cover(db, membershipId, change.cover, deps.now())
      recordAction(deps, 'covered', change.cover, { membership: membershipId })
    }
    if (change.uncover !== null && uncover(db, membershipId, change.uncover, deps.now()))
      recordAction(deps, 'uncovered', change.uncover, { membership: membershipId })
  }).immediate()
  refresh(deps, now)
  deps.live.push('members', {})
  return done({ says })
}

function refused(deps: DeskDeps, { id }: AskedChange, says: string): { ok: false } & Result<Says> {
  endChange(deps.live.db, { changeId: id, at: deps.now(), how: 'refused', says })
  return refuse('stripe', says)
}

/** Doors and screens go by what is stored: it is read again at once. */
function refresh(deps: DeskDeps, { id, customerId, invoice, schedule }: SubscriptionNow): void {
  refreshBilling(deps, {
    customer: customerId,
    subscription: id,
    invoice: invoice?.id ?? null,
    subscription_schedule: schedule?.id ?? null,
  })
}
