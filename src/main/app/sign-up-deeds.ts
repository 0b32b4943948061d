// The deeds of a sign-up at Stripe, one after the other: written down before each is asked for, read back before it is
// believed. What was begun and never told how it went is looked for first, so that nothing is made twice.
import { type Deed, type DeedNow, type Fault, keyOf, type Made, nextDeed, type SignUpNow } from '../domain/sign-up.ts'
import { signUpFaults as faults } from '../domain/sign-up-en.ts'
import { type Ms, SECOND } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { priceById } from '../store/billing-objects.ts'
import { customerLinks } from '../store/customer-links.ts'
import { emailsOf, memberById } from '../store/members.ts'
import { readSettings } from '../store/settings.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { For, Intent, Till } from '../stripe/till-port.ts'
import type { DeskDeps } from './deps.ts'
import { signUpNow, writeSignUp } from './sign-up-journal.ts'
import { orderFor } from './sign-up-order.ts'
import { tellOfSignUp } from './tell-of-sign-up.ts'

/** How long a person has at the card reader; then the truth is read and the reader set free. */
const AT_READER = 75 * SECOND
const LOOK_EVERY = SECOND

/** A clear no, which the journal keeps; what is unclear is thrown as it came. */
class Refused extends Error {
  code: string
  constructor(code: string, sentence: string) {
    super(sentence)
    this.code = code
  }
}

export type Doing = {
  till: Till
  sleep: (ms: number) => Promise<void>
  /** Whether somebody has said that it is to stop at the card reader. */
  isCancelled: () => boolean
}

/** Goes on until a person is asked, or Stripe cannot be reached: then it throws, and what was begun stays begun. */
export async function doDeeds(deps: DeskDeps, id: string, doing: Doing): Promise<void> {
  for (;;) {
    const now = signUpNow(deps, id)
    const deed = now === null ? null : nextDeed(now)
    if (now === null || deed === null) return
    await doDeed(deps, id, now, deed, doing)
  }
}

async function doDeed(deps: DeskDeps, id: string, now: SignUpNow, deed: Deed, doing: Doing): Promise<void> {
  const before = now.deeds[deed]
  const key = keyOf(id, deed, before)
  if (before.state !== 'open' || before.key !== key) writeSignUp(deps, id, { kind: 'begun', deed, key })
  try {
    const made = await DO[deed]({ deps, now, key, before, doing, who: whoOf(now, id) })
    deps.live.db
      .transaction(() => {
        writeSignUp(deps, id, { kind: 'made', ...made })
        if (made.deed === 'subscription') tellOfSignUp(deps, now, { id: made.subscriptionId, paid: made.paid })
      })
      .immediate()
  } catch (error) {
    const fault = faultOf(error)
    if (fault === null) throw error
    writeSignUp(deps, id, { kind: 'refused', deed, fault })
  }
  deps.live.push('signUps', {})
}

function faultOf(error: unknown): Fault | null {
  if (error instanceof Refused) return { code: error.code, sentence: error.message }
  if (!(error instanceof StripeTrouble) || error.kind !== 'refused') return null
  return { code: error.code ?? 'refused', sentence: error.message }
}

function whoOf(now: SignUpNow, signUpId: string): For {
  return { signUpId, memberId: now.memberId ?? '', startedAt: now.startedAt }
}

type Step = { deps: DeskDeps; now: SignUpNow; key: string; before: DeedNow; doing: Doing; who: For }

const DO: { [D in Deed]: (step: Step) => Promise<Extract<Made, { deed: D }>> } = {
  async customer({ deps, now, key, before, doing: { till }, who }) {
    const memberId = now.memberId ?? ''
    const { account } = readSyncState(deps.desk)
    const known = customerLinks(deps.desk, memberId).find((link) => link.account === account)
    if (known !== undefined) return { deed: 'customer', customerId: known.customerId }
    const found = before.state === 'open' ? await till.findCustomer(who) : null
    if (found !== null) return { deed: 'customer', customerId: found }
    const person = memberById(deps.desk, memberId)
    const [email = null] = emailsOf(deps.desk, [memberId]).get(memberId) ?? []
    const about = { name: person?.name ?? '', email, phone: person?.phone ?? null }
    return { deed: 'customer', customerId: await till.createCustomer(key, about, who) }
  },

  async intent({ now, key, doing: { till }, who }) {
    const intent = await till.createIntent(key, now.customerId ?? '', who)
    return { deed: 'intent', intentId: intent.id }
  },

  collect: (step) => atReader(step),

  async page({ deps, now, key, doing: { till }, who }) {
    const { customerId = '', choice } = now
    const price = priceById(deps.desk, readSyncState(deps.desk).account ?? '', choice?.priceId ?? '')
    const asked = { customerId: customerId ?? '', currency: price?.currency ?? '', returnTo: websiteOf(deps) }
    const page = await till.openPage(key, asked, who)
    return { deed: 'page', sessionId: page.id, url: page.url, expiresAt: page.expiresAt }
  },

  async subscription({ deps, now, key, before, doing: { till }, who }) {
    const customerId = now.customerId ?? ''
    // The answer of a former try may have been lost on its way.
    const found = before.state === 'open' ? await till.findSubscription(customerId, who) : null
    if (found !== null) return { deed: 'subscription', ...found }
    const order = await orderOf(deps, now, till)
    const paymentMethodId = now.paymentMethodId ?? ''
    await till.makeDefault(customerId, paymentMethodId)
    const paid = { paymentMethodId, method: now.method ?? 'card' }
    const { subscriptionId } = await till.subscribe(key, order, paid, who)
    return { deed: 'subscription', ...(await till.subscription(subscriptionId)) }
  },
}

function websiteOf({ desk }: DeskDeps): string {
  const { website } = readSettings(desk)
  if (website === null) throw new Refused('no-website', faults.noWebsite)
  return website
}

async function orderOf(deps: DeskDeps, { customerId, choice }: SignUpNow, till: Till) {
  const priceId = choice?.priceId ?? null
  if (customerId === null || choice === null || priceId === null) throw new Error('Ordering: nothing was chosen')
  const order = await orderFor(deps, till, customerId, { ...choice, priceId })
  if (!order.ok) throw new Refused('promotion', order.refusal.sentence)
  return order.value
}

/** Nothing is repeated before the truth was read: an intent that has succeeded is taken, whatever the reader says. */
async function atReader({ deps, now, key, before, doing }: Step): Promise<Extract<Made, { deed: 'collect' }>> {
  const { till } = doing
  const intentId = now.intentId ?? ''
  const readerId = now.readerId ?? ''
  const already = await till.intent(intentId)
  if (already.status === 'succeeded') return collected(already)
  let reader = await till.reader(readerId)
  if (reader.action?.intentId !== intentId || reader.action.status !== 'in_progress') {
    // Begun before, and nothing of it is there: whoever stood there has gone.
    if (before.state === 'open') throw new Refused('interrupted', faults.interrupted)
    reader = await till.collect(key, readerId, intentId)
  }
  const until: Ms = deps.now() + AT_READER
  for (;;) {
    const { action } = reader
    const ours = action?.intentId === intentId
    if (ours && action.status === 'succeeded') return collected(await till.intent(intentId))
    if (ours && action.status === 'failed') throw await failed(till, intentId, action.failure)
    if (!ours || doing.isCancelled() || deps.now() >= until) break
    await doing.sleep(LOOK_EVERY)
    reader = await till.reader(readerId)
  }
  await till.cancelAction(readerId).catch((error) => {
    // It may have been done at this very moment: the intent tells.
    if (!(error instanceof StripeTrouble) || error.kind !== 'refused') throw error
  })
  const truth = await till.intent(intentId)
  if (truth.status === 'succeeded') return collected(truth)
  throw doing.isCancelled() ? new Refused('cancelled', faults.cancelled) : new Refused('time-out', faults.timeOut)
}

function collected({ paymentMethodId }: Intent): Extract<Made, { deed: 'collect' }> {
  if (paymentMethodId === null) throw new Refused('no-saved-card', faults.noSavedCard)
  return { deed: 'collect', paymentMethodId, method: 'card' }
}

async function failed(till: Till, intentId: string, code: string | null): Promise<Refused> {
  const { failure } = await till.intent(intentId)
  const word = failure ?? code ?? 'generic_decline'
  return new Refused(word, faults.atReader(word))
}
