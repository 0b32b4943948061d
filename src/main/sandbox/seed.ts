// A fresh sandbox: the people of cast.ts, with their last six months lived through the billing engine.
import { moveBalance } from './balance.ts'
import { runUntil } from './billing.ts'
import { addMonths, DAY, nextBillingDate, type Seconds } from './calendar.ts'
import { cast, type Deed, type Part } from './cast.ts'
import { type Catalogue, openShop } from './catalogue.ts'
import { markPaid } from './collect.ts'
import { openDispute } from './disputes.ts'
import { pause } from './pause-subscription.ts'
import { between, pick, type Random, random, randomId } from './random.ts'
import type { CustomerRecord, PriceRecord } from './records.ts'
import { changeAtEnd } from './schedules.ts'
import { add, all, change, EVENT_LIFE, emptyWorld, get, invoicesOf, newId, schedule, type World } from './state.ts'
import { cancel, type Order, PLAIN_ORDER, sell, subscribe, takeUp } from './subscribe.ts'

/** How far back invoices go. */
const HISTORY = 180 * DAY

type Scene = { at: Seconds; play: () => void }

/** As many as a space of middling size has. */
const PEOPLE = 250

/** `start` is now, in whole seconds. People and their situations follow from seed and number alone; with 0 only the shop is there. */
export function freshWorld(seed: number, start: Seconds, people = PEOPLE): World {
  const opened = start - 1200 * DAY
  // People have a row of chances of their own: what the engine draws must not change who they are.
  const parts = people > 0 ? cast(random(seed), people) : []
  const world = emptyWorld(opened, start - EVENT_LIFE, random(seed ^ 0x5eed))
  const catalogue = openShop(world, opened)
  const scenes = parts.flatMap((part) => scenesOf(world, catalogue, part, start))
  for (const { at, play } of scenes.toSorted((a, b) => a.at - b.at)) {
    runUntil(world, at)
    play()
  }
  runUntil(world, start)
  return world
}

function scenesOf(world: World, catalogue: Catalogue, part: Part, start: Seconds): Scene[] {
  const moment = (days: number) => Math.round(start + days * DAY)
  const price = part.plan === null ? null : catalogue[part.plan]
  const joined = joinedAt(part, price, moment)
  const horizon = start - HISTORY
  const takenUp = price?.recurring && joined < horizon ? lastBillingDate(joined, price, horizon) : joined
  let customer = ''
  let subscription = ''
  const arrive = () => {
    customer = register(world, part, joined, moment)
    if (price === null) return
    const order: Order = {
      ...PLAIN_ORDER,
      customer,
      items: [{ price: price.id, quantity: part.quantity }],
      discounts: part.coupon === null ? [] : [{ coupon: part.coupon, promotion: null }],
      collection: part.collection,
      daysUntilDue: part.collection === 'send_invoice' ? 14 : null,
      trialEnd: part.trialDays > 0 ? world.at + part.trialDays * DAY : null,
      withoutMethod: 'pause',
      charge: part.charge,
      trustDebit: part.trustDebit,
    }
    subscription = takenUp > joined ? takeUp(world, order, joined, joined, takenUp) : subscribe(world, order).id
  }
  const deeds = part.deeds.map((deed) => ({
    // Nothing is done before one is there.
    at: Math.max(moment(deed.at), takenUp + 1),
    play: () => act(world, catalogue, deed, customer, subscription, moment),
  }))
  return [{ at: takenUp, play: arrive }, ...deeds]
}

/** The billing date that many periods before the boundary from which the boundary is reached again (short months). */
function joinedAt(part: Part, price: PriceRecord | null, moment: (days: number) => Seconds): Seconds {
  if (part.boundary === null || !price?.recurring) return moment(part.joined)
  const months = price.recurring.interval === 'year' ? 12 : 1
  const boundary = moment(part.boundary)
  for (let periods = part.joined; periods < part.joined + 12; periods += 1) {
    const anchor = addMonths(boundary, -periods * months)
    if (addMonths(anchor, periods * months) === boundary) return anchor
  }
  return addMonths(boundary, -part.joined * months)
}

function lastBillingDate(anchor: Seconds, { recurring }: PriceRecord, until: Seconds): Seconds {
  if (recurring === null) return anchor
  let date = anchor
  for (let next = date; next <= until; next = nextBillingDate(anchor, recurring.interval, recurring.count, date)) {
    date = next
  }
  return date
}

function register(world: World, part: Part, joined: Seconds, moment: (days: number) => Seconds): string {
  const { chance } = world
  const { name, email, phone } = part.person
  const customer: CustomerRecord = {
    id: newId(world, 'customer'),
    created: joined,
    name,
    email,
    phone,
    description: null,
    metadata: {},
    paymentMethod: null,
    invoicePrefix: randomId(chance, '', 8).toUpperCase(),
    nextInvoice: 1,
    currency: null,
    balance: 0,
    discount: null,
    pending: [],
    testClock: null,
    delinquent: false,
    deleted: false,
  }
  if (part.method !== 'none') {
    const method = add(world, 'payment_method', {
      id: newId(world, 'payment_method'),
      created: joined,
      type: part.method,
      customer: customer.id,
      name,
      email,
      brand: pick(chance, ['visa', 'visa', 'mastercard', 'mastercard', 'amex']),
      last4: String(between(chance, 0, 9999)).padStart(4, '0'),
      ...lastMonth(part, chance, moment),
      fails: null,
      verified: part.verified,
    })
    customer.paymentMethod = method.id
  }
  add(world, 'customer', customer, 'customer.created')
  world.purses.set(customer.id, {
    lastResort: part.lastResort,
    declines: part.declines.map(({ from, until, code }) => ({
      from: moment(from),
      until: until === null ? null : moment(until),
      code,
      method: customer.paymentMethod,
    })),
  })
  return customer.id
}

/** One that is declined as expired ran out the month before; the others are good for a year or more. */
function lastMonth({ declines }: Part, chance: Random, moment: (days: number) => Seconds) {
  const expMonth = between(chance, 1, 12)
  const expYear = new Date(moment(0) * 1000).getUTCFullYear() + between(chance, 1, 4)
  const ranOut = declines.find(({ code }) => code === 'expired_card')
  if (ranOut === undefined) return { expMonth, expYear }
  const last = new Date(addMonths(moment(ranOut.from), -1) * 1000)
  return { expMonth: last.getUTCMonth() + 1, expYear: last.getUTCFullYear() }
}

function act(
  world: World,
  catalogue: Catalogue,
  deed: Deed,
  customer: string,
  subscription: string,
  moment: (days: number) => Seconds,
): void {
  const updated = 'customer.subscription.updated'
  const asked = { canceledAt: world.at, cancelReason: 'cancellation_requested' } as const
  switch (deed.do) {
    case 'day-pass':
      sell(world, customer, catalogue.dayPass.id, 1)
      return
    case 'shirt':
      sell(world, customer, catalogue.shirt.id, 1)
      return
    case 'gift-card':
      moveBalance(world, customer, deed.cents, 'eur', 'adjustment', { description: 'Gift card' })
      return
    case 'second-plan':
      subscribe(world, { ...PLAIN_ORDER, customer, items: [{ price: catalogue[deed.plan].id, quantity: 1 }] })
      return
    case 'other-plan-at-end':
      changeAtEnd(world, subscription, catalogue[deed.plan].id)
      return
    case 'dispute': {
      const charge = all(world, 'charge').findLast((one) => one.customer === customer && one.status === 'succeeded')
      if (charge) openDispute(world, charge.id, 'fraudulent', 'needs_response')
      return
    }
    case 'pause-all':
      pause(world, subscription, { creditFrom: world.at, invoicing: 'pending_invoice_item' })
      return
    case 'pay-by-transfer': {
      const open = invoicesOf(world, subscription).find(({ status }) => status === 'open')
      if (open) markPaid(world, open, 'off-stripe')
      return
    }
    case 'leave-at-end': {
      const { periodEnd } = get(world, 'subscription', subscription)
      change(world, 'subscription', subscription, { ...asked, cancelAtPeriodEnd: true, cancelAt: periodEnd }, updated)
      return
    }
    case 'cancel':
      cancel(world, subscription, { reason: 'cancellation_requested', feedback: deed.feedback, comment: null })
      return
    case 'cancel-at':
      change(world, 'subscription', subscription, { ...asked, cancelAt: moment(deed.when) }, updated)
      schedule(world, moment(deed.when), 'cancel', subscription)
      return
    case 'pause': {
      const resumesAt = deed.resumes === null ? null : moment(deed.resumes)
      change(world, 'subscription', subscription, { pause: { behavior: deed.behavior, resumesAt } }, updated)
      if (resumesAt !== null) schedule(world, resumesAt, 'resume', subscription)
      return
    }
  }
}
