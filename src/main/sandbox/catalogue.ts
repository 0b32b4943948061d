// What the sandbox's space sells: six plans, a price from earlier days, a day pass, a shirt, and two coupons.
import { DAY, type Interval, type Seconds } from './calendar.ts'
import type { PriceRecord } from './records.ts'
import { add, change, newId, type World } from './state.ts'

const PLANS = {
  community: ['Community member', 'Open evenings and the shared tables', 3500, 'month'],
  full: ['Full member', 'Every workshop, day and night', 6500, 'month'],
  student: ['Student', 'Full member with a student card', 2000, 'month'],
  night: ['Night & weekend', 'Weekdays after 18:00, all weekend', 4500, 'month'],
  studio: ['Studio resident', 'A studio of your own', 18000, 'month'],
  supporter: ['Annual supporter', 'Keeps the lights on; open evenings', 36000, 'year'],
} as const satisfies Record<string, [name: string, description: string, cents: number, interval: Interval]>

export type PlanKey = keyof typeof PLANS
export type Catalogue = Record<PlanKey | 'fullInDollars' | 'dayPass' | 'shirt', PriceRecord>

/** Ids of the coupons. */
export const COUPONS = { intro: 'WELCOME50', founder: 'FOUNDER30' } as const

/** Opens the shop; called once for a new world. */
export function openShop(world: World, opened: Seconds): Catalogue {
  const plan = (key: PlanKey, days: number) => {
    const [name, description, cents, interval] = PLANS[key]
    return sellable(world, opened + days * DAY, name, description, 'eur', cents, interval)
  }
  const full = plan('full', 0)
  addCoupon(world, opened, COUPONS.intro, 'Half price for six months', 50, 6)
  addCoupon(world, opened, COUPONS.founder, 'Founding member', 30, null)
  return {
    full,
    community: plan('community', 0),
    student: plan('student', 1),
    night: plan('night', 40),
    studio: plan('studio', 90),
    supporter: plan('supporter', 90),
    dayPass: sellable(world, opened + 120 * DAY, 'Day pass', 'One day, one person', 'eur', 1500, null),
    shirt: sellable(world, opened + 130 * DAY, 'Workshop shirt', 'Cotton, black', 'eur', 2200, null),
    // From before the space billed in euros; nobody can sign up for it any more.
    fullInDollars: addPrice(world, opened, full.product, 'usd', 7000, 'month', 'Full member (USD, legacy)', false),
  }
}

function sellable(
  world: World,
  at: Seconds,
  name: string,
  description: string,
  currency: string,
  cents: number,
  interval: Interval | null,
): PriceRecord {
  const id = newId(world, 'product')
  const product = { id, created: at, updated: at, name, description, active: true, defaultPrice: null, metadata: {} }
  add(world, 'product', product)
  const price = addPrice(world, at, id, currency, cents, interval, null, true)
  change(world, 'product', id, { defaultPrice: price.id })
  return price
}

function addPrice(
  world: World,
  at: Seconds,
  product: string,
  currency: string,
  cents: number,
  interval: Interval | null,
  nickname: string | null,
  active: boolean,
): PriceRecord {
  return add(world, 'price', {
    id: newId(world, 'price'),
    created: at,
    product,
    currency,
    unitAmount: cents,
    recurring: interval && { interval, count: 1 },
    nickname,
    active,
    metadata: {},
  })
}

function addCoupon(
  world: World,
  at: Seconds,
  id: string,
  name: string,
  percentOff: number,
  months: number | null,
): void {
  add(world, 'coupon', {
    id,
    created: at,
    name,
    percentOff,
    amountOff: null,
    currency: null,
    duration: months === null ? 'forever' : 'repeating',
    months,
    products: [],
    maxRedemptions: null,
    redeemBy: null,
    redeemed: 0,
    deleted: false,
    metadata: {},
  })
}
