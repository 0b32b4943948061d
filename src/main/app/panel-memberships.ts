// The memberships of one person as the member panel shows them: price, payer, discount, what is to change, what to look at.
import type { MemberPanel } from '../../preload/shapes.ts'
import type { Customer, Discount, Subscription } from '../domain/billing.ts'
import type { Flag } from '../domain/cause.ts'
import { formatMoney, type Money } from '../domain/money.ts'
import { sayDay, type Voice } from '../domain/say.ts'
import { membershipStanding } from '../domain/standing.ts'
import { discountWords, flagWords, pendingChangeWords, scheduledChangeWords } from '../domain/standing-en.ts'
import { type Ms, toIso } from '../domain/time.ts'
import {
  customerById,
  invoicesOfSubscription,
  priceById,
  productById,
  schedulesOf,
  subscriptionById,
} from '../store/billing-objects.ts'
import { customerLinks } from '../store/customer-links.ts'
import { entitlementsOfMember, membershipsOfMember, type StoredEntitlement } from '../store/entitlements.ts'
import { coversOf, payerOf, seatsOf } from '../store/membership-seats.ts'
import type { ReadDb } from '../store/open.ts'
import { isBySeat } from './change-bill.ts'
import { changeActs } from './change-options.ts'
import type { ReadDeps } from './deps.ts'
import { voiceOf } from './sentences.ts'

type Row = MemberPanel['memberships'][number]

export function panelMemberships(deps: ReadDeps, memberId: string, now: Ms): Row[] {
  const db = deps.desk
  const voice = voiceOf(deps, now)
  const held = new Map(entitlementsOfMember(db, memberId, now).map((one) => [one.membershipId, one]))
  return membershipsOfMember(db, memberId, now).flatMap(({ id, kind, account, subscriptionId, planName }) => {
    const entitlement = held.get(id)
    if (entitlement === undefined) return []
    const subscription =
      account !== null && subscriptionId !== null ? subscriptionById(db, account, subscriptionId) : null
    const sold = account === null || subscription === null ? null : termsOf(db, account, subscription, voice)
    const payer = payerOf(db, id)
    return [
      {
        id,
        kind,
        plan: planName,
        standing: membershipStanding(entitlement, now),
        status: subscription?.status ?? 'manual',
        price: sold?.price ?? null,
        interval: sold?.interval ?? null,
        paidUntil: toIso(entitlement.paidUntil),
        graceUntil: toIso(entitlement.graceUntil),
        endsAt: toIso(entitlement.knownEnd),
        customer: subscription?.customerId ?? null,
        payer: payer === null || payer.id === memberId ? null : payer,
        covers: coversOf(db, id),
        seats: seatsOf(db, id),
        discount: sold?.discount ?? null,
        pendingChange: sold?.pendingChange ?? null,
        flag: flagOf(entitlement),
        bySeat: kind === 'stripe' && isBySeat(deps, id, entitlement.planId),
        can: changeActs(db, account, subscription, { memberId, standing: membershipStanding(entitlement, now), now }),
      },
    ]
  })
}

function termsOf(db: ReadDb, account: string, subscription: Subscription, voice: Voice) {
  const prices = subscription.items.map((item) => ({ item, price: priceById(db, account, item.priceId) }))
  const [first] = prices
  const currencies = new Set(prices.map(({ price }) => price?.currency))
  // Told only where it is one sum in one currency; a tiered or custom price has none.
  const known = prices.every(({ price }) => price !== null && price.unitAmount !== null) && currencies.size === 1
  const minor = prices.reduce((sum, { item, price }) => sum + (price?.unitAmount ?? 0) * item.quantity, 0)
  const discounts = discountsOf(subscription, customerById(db, account, subscription.customerId), voice.now)
  return {
    price: known && first?.price ? { minor, currency: first.price.currency } : null,
    interval: first?.price?.interval ?? null,
    discount: discounts.length === 0 ? null : discounts.map((one) => discountInWords(one, voice)).join('; '),
    pendingChange: pendingChange(db, account, subscription, voice),
  }
}

/** Those of its items, and its own, or in their place the customer's: as Stripe takes them off. */
function discountsOf({ items, discounts }: Subscription, customer: Customer | null, now: Ms): Discount[] {
  const inherited = customer?.discount ? [customer.discount] : []
  const all = [...items.flatMap((item) => item.discounts), ...(discounts.length > 0 ? discounts : inherited)]
  return all.filter(({ end }) => end === null || end > now)
}

/** A change that waits for its payment, or one that Stripe is to make on a day. */
function pendingChange(db: ReadDb, account: string, subscription: Subscription, voice: Voice): string | null {
  const named = (ids: readonly string[]) => {
    const names = ids.map((id) => {
      const product = priceById(db, account, id)?.productId
      return (product && productById(db, account, product)?.name) || 'Another plan'
    })
    return [...new Set(names)]
  }
  if (subscription.pendingPrices.length > 0)
    return pendingChangeWords(named(subscription.pendingPrices), owedFor(db, account, subscription.id, voice))
  const sold = (prices: readonly string[]) => prices.toSorted().join()
  const now = sold(subscription.items.map(({ priceId }) => priceId))
  const next = schedulesOf(db, account, subscription.id)
    .flatMap(({ phases }) => phases)
    .filter(({ start, priceIds }) => start > voice.now && sold(priceIds) !== now)
    .toSorted((a, b) => a.start - b.start)[0]
  return next === undefined ? null : scheduledChangeWords(named(next.priceIds), sayDay(next.start, voice))
}

/** What is open on the invoice of a change. */
function owedFor(db: ReadDb, account: string, subscriptionId: string, { locale }: Voice): string | null {
  const open = invoicesOfSubscription(db, account, subscriptionId).find(
    ({ status, billingReason }) => status === 'open' && billingReason === 'subscription_update',
  )
  return open === undefined ? null : formatMoney(open.remaining, locale)
}

function discountInWords({ percentOff, amountOff, duration, end }: Discount, voice: Voice): string {
  const off =
    percentOff !== null
      ? discountWords.percent(percentOff)
      : amountOff === null
        ? discountWords.unknown
        : formatMoney(amountOff, voice.locale)
  if (end !== null) return discountWords.until(off, sayDay(end - 1, voice))
  return duration === 'once' ? discountWords.once(off) : discountWords.forever(off)
}

/** What to look at, in words: the pause first, then what the rules could not settle. */
function flagOf({ flag, pauseUnreviewed }: StoredEntitlement): string | null {
  if (pauseUnreviewed) return flagWords['pause-unreviewed']
  return flag === null ? null : flagWords[flag as Flag]
}

/** Money that Stripe keeps for a person, such as from a gift card: credit over all their customers, by currency. */
export function panelBalances(deps: ReadDeps, memberId: string): Money[] {
  const sums = new Map<string, number>()
  for (const { account, customerId } of customerLinks(deps.desk, memberId)) {
    for (const { minor, currency } of customerById(deps.desk, account, customerId)?.balances ?? [])
      if (minor < 0) sums.set(currency, (sums.get(currency) ?? 0) - minor)
  }
  return [...sums].map(([currency, minor]) => ({ minor, currency }))
}
