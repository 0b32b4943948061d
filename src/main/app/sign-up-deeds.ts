// The deeds of a sign-up at Stripe, one after the other: written down before each is asked for, read back before it is
// believed. What was begun and never told how it went is looked for first, so that nothing is made twice.
import { type Deed, type DeedNow, keyOf, type Made, nextDeed, type SignUpNow } from '../domain/sign-up.ts'
import { signUpFaults as faults } from '../domain/sign-up-en.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { priceById } from '../store/billing-objects.ts'
import { customerLinks } from '../store/customer-links.ts'
import { guardianAt } from '../store/details.ts'
import { emailsOf, memberById } from '../store/members.ts'
import { readSettings } from '../store/settings.ts'
import { isDeclined } from '../stripe/failures.ts'
import type { For, Till } from '../stripe/till-port.ts'
import { cardAtReader, type Doing, faultOf, Refused } from './at-card-reader.ts'
import type { DeskDeps } from './deps.ts'
import { tellOfLink } from './mail-link.ts'
import { mayBeSold } from './may-be-sold.ts'
import { signUpNow, writeSignUp } from './sign-up-journal.ts'
import { orderFor } from './sign-up-order.ts'
import { tellOfSignUp } from './tell-of-sign-up.ts'

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
        if (made.deed === 'page' && now.way === 'link') tellOfLink(deps, now, made)
        if (made.deed === 'subscription')
          tellOfSignUp(deps, now, { id: made.subscriptionId, paid: made.paid, receipt: made.receipt ?? null })
      })
      .immediate()
  } catch (error) {
    const fault = faultOf(error)
    if (fault === null) throw error
    // There is no membership then: it was all or nothing.
    const sentence = deed === 'subscription' && isDeclined(error) ? faults.atBank(fault.code) : fault.sentence
    writeSignUp(deps, id, { kind: 'refused', deed, fault: { ...fault, sentence } })
  }
  deps.live.push('signUps', {})
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
    // Stripe's receipts and reminders go to whoever pays.
    const payer = guardianAt(deps.desk, memberId, 'guardianPays', deps.now())
    const about = {
      name: person?.name ?? '',
      email: payer?.email ?? email,
      phone: payer?.phone ?? person?.phone ?? null,
    }
    return { deed: 'customer', customerId: await till.createCustomer(key, about, who) }
  },

  async intent({ now, key, doing: { till }, who }) {
    const intent = await till.createIntent(key, now.customerId ?? '', who)
    return { deed: 'intent', intentId: intent.id }
  },

  async collect({ deps, now, key, before, doing }) {
    const asked = { readerId: now.readerId ?? '', intentId: now.intentId ?? '', key, before, now: deps.now }
    return { deed: 'collect', paymentMethodId: await cardAtReader(asked, doing), method: 'card' }
  },

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
    const sale = now.choice === null ? null : mayBeSold(deps, now.memberId, now.choice)
    if (sale?.ok === false) throw new Refused('not-sold', faults.notSold(sale.refusal.sentence))
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

async function orderOf(deps: DeskDeps, { customerId, choice, bill }: SignUpNow, till: Till) {
  const priceId = choice?.priceId ?? null
  if (customerId === null || choice === null || priceId === null) throw new Error('Ordering: nothing was chosen')
  const order = await orderFor(deps, till, customerId, { ...choice, priceId }, bill?.previewedAt ?? deps.now())
  if (!order.ok) throw new Refused('promotion', order.refusal.sentence)
  return order.value
}
