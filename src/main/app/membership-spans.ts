// The spans of time that membership numbers are made of: whom memberships covered, and what they brought.
import type { Discount } from '../domain/billing.ts'
import type { Fraction } from '../domain/fraction.ts'
import type { Covered, Paying } from '../domain/membership-numbers.ts'
import { monthlyOf, monthlyOfTerm, type PriceOf } from '../domain/monthly-price.ts'
import type { Ms } from '../domain/time.ts'
import {
  coverSpans,
  discountsOf,
  itemsOf,
  nextRange,
  pricesOfAll,
  type SpanRange,
  type StoredSubscription,
  subscriptionSpans,
  termSpans,
} from '../store/membership-spans.ts'
import { inOneRead, type ReadDb } from '../store/open.ts'
import { readSettings } from '../store/settings.ts'

export type Spans = { covered: Covered[]; paying: Paying[] }

/** So many memberships at a time take some hundredths of a second. */
const STEP = 2_000

/** Step by step, for whoever has other things to do between; what a step reads is of one moment. `usual`: the currency of
 * terms that were agreed without an amount. */
export function* spansInSteps(desk: ReadDb, usual: string): Generator<void, Spans> {
  const spans: Spans = { covered: [], paying: [] }
  const priced = pricing(desk)
  const { timeZone } = readSettings(desk)
  let range = nextRange(desk, '', STEP)
  while (range !== null) {
    const here = range
    inOneRead(desk, () => addSpans(spans, desk, here, { usual, priced, timeZone }))
    yield
    range = nextRange(desk, range.upTo, STEP)
  }
  return spans
}

function addSpans(
  { covered, paying }: Spans,
  desk: ReadDb,
  range: SpanRange,
  { usual, priced, timeZone }: { usual: string; priced: ReturnType<typeof pricing>; timeZone: string },
): void {
  const times = new Map<string, { plan: string; spans: { from: Ms; to: Ms | null }[] }>()
  const add = (membershipId: string, paid: Paying) => {
    if (paid.to !== null && paid.to <= paid.from) return
    paying.push(paid)
    const known = times.get(membershipId)
    if (known === undefined) times.set(membershipId, { plan: paid.plan, spans: [paid] })
    else known.spans.push(paid)
  }
  for (const one of subscriptionSpans(desk, range)) {
    const from = countsFrom(one)
    const sold = from === null ? null : priced(one)
    if (from === null || sold === null) continue
    const { planId: plan, currency, endedAt: to } = one
    add(one.membershipId, { plan, currency, monthly: sold.monthly, from, to })
  }
  for (const term of termSpans(desk, range)) {
    const { membershipId, planId: plan, from, until: to, agreedUntil, amount, currency } = term
    const monthly = amount === null ? null : monthlyOfTerm(amount, { from, until: agreedUntil }, timeZone)
    add(membershipId, { plan, currency: currency ?? usual, monthly, from, to })
  }
  for (const { membershipId, memberId: person, from, until } of coverSpans(desk, range)) {
    const membership = times.get(membershipId)
    for (const span of membership?.spans ?? []) {
      const to = until === null ? span.to : span.to === null ? until : Math.min(until, span.to)
      covered.push({ person, plan: membership?.plan ?? '', from: Math.max(from, span.from), to })
    }
  }
}

/** Null for what nobody has paid for yet: a trial, a first payment that was not made. */
function countsFrom({ created, trialEnd, status, pausedType }: StoredSubscription): Ms | null {
  if (['trialing', 'incomplete', 'incomplete_expired'].includes(status)) return null
  if (pausedType === 'trial_end_without_payment_method') return null
  return Math.max(created, trialEnd ?? created)
}

/** What a subscription brings a month; null for one of which a manager has said that it is no membership. Many cost the
 * same, so each price and number of it is worked out once. */
export function pricing(desk: ReadDb): (of: StoredSubscription) => { monthly: Fraction | null } | null {
  const prices = pricesOfAll(desk)
  const known = new Map<string, { monthly: Fraction | null } | null>()
  return ({ account, currency, items: text, discounts, customerDiscount }) => {
    // Everything of the text but the items' own ids.
    const key = `${account} ${currency} ${text.replace(ITEM_ID, '')} ${discounts} ${customerDiscount}`
    const before = known.get(key)
    if (before !== undefined) return before
    const priceOf = ({ priceId }: { priceId: string }): (PriceOf & { other: boolean }) | null =>
      prices.get(`${account} ${priceId}`) ?? null
    const items = itemsOf(text).filter((item) => priceOf(item)?.other !== true)
    const sold = { currency, items, discounts: discountsOf(discounts), customerDiscount: discountOf(customerDiscount) }
    const found = items.length === 0 ? null : { monthly: monthlyOf(sold, priceOf) }
    known.set(key, found)
    return found
  }
}

const ITEM_ID = /"id":"[^"]*",?/g

function discountOf(text: string | null): Discount | null {
  return text === null ? null : JSON.parse(text)
}
