// What is asked of Stripe to change a subscription, where the sandbox cannot show it: discounts, and ways to pay.
import { expect, test } from 'vitest'
import type { SubscriptionNow } from '../../src/main/domain/membership-change.ts'
import { createChanges } from '../../src/main/stripe/changes.ts'

const AT = 1_773_824_400_000

const NOW: SubscriptionNow = {
  id: 'sub_Ada',
  customerId: 'cus_Ada',
  status: 'active',
  byCard: true,
  items: [
    { id: 'si_1', priceId: 'price_Full', quantity: 1 },
    { id: 'si_2', priceId: 'price_Locker', quantity: 2 },
  ],
  pendingItems: null,
  periodEnd: AT + 1_000,
  cancelAt: null,
  atPeriodEnd: false,
  endedAt: null,
  collectionPaused: false,
  schedule: null,
  invoice: null,
}
const LATER = {
  do: 'plan',
  when: 'period-end',
  planId: 'plan-1',
  itemId: 'si_1',
  priceId: 'price_Small',
  quantity: 1,
  at: AT,
} as const

function asked(reply: unknown) {
  const posts: { path: string; params: Record<string, unknown>; key: string | null }[] = []
  const never = async () => {
    throw new Error('not asked for here')
  }
  const port = createChanges({
    get: never,
    remove: never,
    now: () => AT,
    async post(path, params, key) {
      posts.push({ path, params, key })
      return reply
    },
  })
  return { port, posts }
}

test('a plan that is put down keeps the discounts and what else is sold', async () => {
  const items = [
    { price: 'price_Full', quantity: 1 },
    { price: 'price_Locker', quantity: 2 },
  ]
  const { port, posts } = asked({
    object: 'subscription_schedule',
    id: 'sub_sched_1',
    end_behavior: 'release',
    phases: [{ start_date: AT / 1_000 - 9, end_date: AT / 1_000 + 1, items, discounts: [{ discount: 'di_1' }] }],
  })
  await port.carryOut('change:1', LATER, NOW)
  expect(posts.map(({ path, key }) => [path, key])).toEqual([
    ['/v1/subscription_schedules', 'change:1:1'],
    ['/v1/subscription_schedules/sub_sched_1', 'change:1:2'],
  ])
  const discounts = [{ discount: 'di_1' }]
  expect(posts[1]?.params).toMatchObject({
    phases: [
      { items, discounts, start_date: AT / 1_000 - 9, end_date: AT / 1_000 + 1 },
      { items: [items[1], { price: 'price_Small', quantity: 1 }], discounts },
    ],
    end_behavior: 'release',
    proration_behavior: 'none',
  })
})

test.each([
  [true, 'pending_if_incomplete'],
  [false, 'allow_incomplete'],
])('at once, by card %s: %s', async (byCard, payment_behavior) => {
  const { port, posts } = asked({})
  await port.carryOut('change:1', { ...LATER, when: 'now' }, { ...NOW, byCard })
  expect(posts).toMatchObject([{ path: '/v1/subscriptions/sub_Ada', key: 'change:1', params: { payment_behavior } }])
})
