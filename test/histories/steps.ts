// What may happen in a history: at Stripe, on the way to the desk, at the desk.
import fc from 'fast-check'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/main/domain/time.ts'
import type { Trouble } from './shaky-port.ts'

export const PEOPLE = 4
export const PLANS = 3
export const CARDS = ['pm_card_visa', 'pm_card_chargeCustomerFail', 'debit'] as const

/** Deeds of one person at Stripe, of their bank, or in its dashboard; one that Stripe refuses is no deed. */
export const DEEDS = [
  'change-plan',
  'cancel-now',
  'cancel-at-end',
  'resume',
  'pause-collection',
  'go-on-collecting',
  'lose-card',
  'new-card',
  'pay',
  'rename',
  'new-email',
  'leave-stripe',
  'more-places',
  'charge-change-now',
  'change-once-paid',
  'second-item',
  'coupon',
  'gift-card',
  'pause',
  'go-on',
  'ask-payer',
  'authenticate',
  'decline-once',
  'pay-in-cash',
  'void',
  'refund',
  'dispute',
  'return-debit',
] as const

export type Step =
  | { do: 'sign-up'; who: number; plan: number; card: (typeof CARDS)[number]; trial: boolean }
  | { do: 'deed'; who: number; deed: (typeof DEEDS)[number]; plan: number }
  | { do: 'rename-plan'; plan: number }
  | { do: 'wait'; ms: number }
  | { do: 'sync'; full: boolean; trouble: Trouble | null }
  /** This computer's clock goes on, so far ahead of the true time. */
  | { do: 'clock'; ahead: number }
  /** A tunnel brings some of the latest events, in any order, some twice. */
  | { do: 'webhook'; picks: number[] }
  /** So many of the next events are never shown to anyone. */
  | { do: 'lose'; count: number }

const who = fc.nat(PEOPLE - 1)
const plan = fc.nat(PLANS - 1)
const trouble = fc.record({
  at: fc.nat(25),
  kind: fc.constantFrom('offline' as const, 'reply' as const, 'killed' as const, 'dies-writing' as const),
  after: fc.boolean(),
})

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('sign-up' as const),
      who,
      plan,
      card: fc.constantFrom(...CARDS),
      trial: fc.boolean(),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('deed' as const), who, deed: fc.constantFrom(...DEEDS), plan }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rename-plan' as const), plan }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(SECOND, 10 * SECOND, 10 * MINUTE, 2 * HOUR, DAY, 3 * DAY, 12 * DAY, 31 * DAY),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('sync' as const),
      full: fc.boolean().map((full) => full),
      trouble: fc.option(trouble, { nil: null, freq: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('webhook' as const), picks: fc.array(fc.nat(30), { maxLength: 8 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      ahead: fc.constantFrom(0, 40 * SECOND, -40 * SECOND, 20 * HOUR, -3 * DAY, 40 * DAY, -400 * DAY),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), count: fc.integer({ min: 1, max: 6 }) }) },
)

export type History = { seed: number; steps: Step[] }

export const history: fc.Arbitrary<History> = fc.record({
  seed: fc.nat(1_000_000),
  steps: fc.array(step, { minLength: 4, maxLength: 30, size: 'max' }),
})
