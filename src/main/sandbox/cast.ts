// Who is in which situation when a fresh sandbox opens. Times are days from the start, negative for the past;
// seed.ts lives them through the billing engine, so that every invoice and event follows from the same rules.
import { type Catalogue, COUPONS } from './catalogue.ts'
import { type Person, phoneFor, relativeOf, SAMPLE, type SampleKey, strangers } from './people.ts'
import { between, pick, type Random, shuffled } from './random.ts'
import type { CollectionMethod, MethodType } from './record-parts.ts'
import type { Purse } from './state.ts'

export type Days = number

export type Deed =
  | { at: Days; do: 'leave-at-end' | 'day-pass' | 'shirt' | 'dispute' | 'pause-all' | 'pay-by-transfer' }
  | { at: Days; do: 'gift-card'; cents: number }
  | { at: Days; do: 'second-plan' | 'other-plan-at-end'; plan: keyof Catalogue }
  | { at: Days; do: 'cancel'; feedback: string }
  | { at: Days; do: 'cancel-at'; when: Days }
  | { at: Days; do: 'pause'; behavior: 'void' | 'keep_as_draft'; resumes: Days | null }

export type Part = {
  person: Person
  /** Null buys day passes only. */
  plan: keyof Catalogue | null
  method: MethodType | 'none'
  /** A day on which a billing period begins; null where the sign-up itself is that day. */
  boundary: Days | null
  /** Where there is a boundary: how many billing periods before it the person joined. Else the day of the sign-up. */
  joined: number
  trialDays: number
  declines: { from: Days; until: Days | null; code: string }[]
  lastResort: Purse['lastResort']
  charge: 'now' | 'later'
  trustDebit: boolean
  quantity: number
  coupon: string | null
  collection: CollectionMethod
  /** A bank account that is not has to be verified first. */
  verified: boolean
  deeds: Deed[]
}

const CARD_DECLINES = ['insufficient_funds', 'insufficient_funds', 'generic_decline', 'expired_card', 'do_not_honor']

/** An expired card does not come good again. */
const declineFor = (chance: Random, until: Days | null): string => {
  const code = pick(chance, CARD_DECLINES)
  return code === 'expired_card' && until !== null ? 'generic_decline' : code
}

/** Everybody whose situation is a case of its own, and so many ordinary ones that `people` are there (and at least five). */
export function cast(chance: Random, people: number): Part[] {
  const stranger = strangers(chance)
  const someone = (sample?: SampleKey): Person =>
    sample === undefined ? stranger() : { ...SAMPLE[sample], phone: phoneFor(chance) }
  const part = (given: Partial<Part> = {}, sample?: SampleKey): Part => ({
    person: someone(sample),
    plan: planFor(chance),
    method: 'card',
    boundary: -chance.next() * 30,
    joined: between(chance, 1, 36),
    trialDays: 0,
    declines: [],
    lastResort: chance.next() < 0.5 ? 'unpaid' : 'canceled',
    charge: 'now',
    trustDebit: false,
    quantity: 1,
    coupon: null,
    collection: 'charge_automatically',
    verified: true,
    deeds: [],
    ...given,
  })
  const several = (count: number, make: (n: number) => Partial<Part>, sample?: SampleKey): Part[] =>
    Array.from({ length: count }, (_, n) => part(make(n), n === 0 ? sample : undefined))
  /** The card fails from shortly before that renewal on. */
  const failing = (boundary: Days, until: Days | null, lastResort?: Purse['lastResort']): Partial<Part> => ({
    boundary,
    joined: between(chance, 3, 30),
    declines: [{ from: boundary - 0.5, until, code: declineFor(chance, until) }],
    ...(lastResort && { lastResort }),
  })
  /** The same of one that runs out. */
  const runningOut = (boundary: Days): Partial<Part> => ({
    ...failing(boundary, null),
    declines: [{ from: boundary - 0.5, until: null, code: 'expired_card' }],
  })
  const jitter = () => chance.next() * 0.8

  const current = [
    part({ plan: 'full', boundary: -12.3, joined: 14 }, 'current'),
    part({ ...failing(5, null, 'unpaid'), plan: 'community', joined: 8 }, 'willLapse'),
    ...several(4, (n) => (n % 2 === 0 ? runningOut : failing)(3 + n * 6 + jitter(), null)),
    ...several(2, (n) => failing(7 + n * 9 + jitter(), 14 + n * 9)),
    ...several(
      6,
      (n) => ({ boundary: 3 + n * 4 + jitter(), deeds: [{ at: -1 - n * 0.4, do: 'leave-at-end' }] }),
      'leaving',
    ),
    part({ boundary: -9, joined: 20, deeds: [{ at: -6, do: 'cancel-at', when: 20 }] }),
    ...several(5, (n) => ({ boundary: null, joined: -1.5 - n - jitter(), trialDays: 10 }), 'trialing'),
    ...several(14, (n) => ({
      plan: 'supporter',
      boundary: -10 - n * 25 - jitter(),
      joined: between(chance, 0, 2),
      method: n % 4 === 0 ? 'sepa_debit' : 'card',
    })),
    ...several(26, () => ({ method: 'sepa_debit' }), 'bankDebit'),
    ...several(8, (n) => failing(-8 - n * 3 - jitter(), -6 - n * 3)),
    ...several(5, () => ({ plan: 'fullInDollars', joined: between(chance, 24, 36) })),
    ...several(6, (n) => ({ boundary: null, joined: -2 - n * 4 - jitter() })),
    part({}, 'noEmail'),
    part({ person: { ...someone(), email: null } }),
  ]
  const late = [
    part(failing(-2.2, null, 'unpaid'), 'grace'),
    ...several(9, (n) => failing(-1.1 - n * 0.6, n % 3 === 0 ? 0.5 : null)),
    // A returned debit: one whose second try is on its way (and will arrive), one that waits for it.
    part({ boundary: -9.5, method: 'sepa_debit', declines: [{ from: -20, until: -2, code: 'insufficient_funds' }] }),
    part({ boundary: -6.5, method: 'sepa_debit', declines: [{ from: -20, until: null, code: 'insufficient_funds' }] }),
    part(failing(-12.3, null, 'unpaid'), 'lapsed'),
    ...several(4, (n) => failing(-8.6 - n * 2.9, null)),
    part(failing(-33.4, null, 'unpaid'), 'unpaid'),
    ...several(3, (n) => failing(-24 - n * 15, null, 'unpaid')),
    part(failing(-25.2, null, 'paused')),
  ]
  const refusedFirst = (joined: Days): Partial<Part> => ({
    boundary: null,
    joined,
    declines: [{ from: joined - 1, until: null, code: 'generic_decline' }],
  })
  const pending = [
    part(refusedFirst(-0.2), 'pending'),
    part({ boundary: null, joined: -0.7, method: 'sepa_debit' }, 'pendingDebit'),
    part(refusedFirst(-0.5)),
    part({ boundary: null, joined: -0.08, charge: 'later' }),
    part({ boundary: null, joined: -2.1, method: 'sepa_debit', trustDebit: true }),
  ]
  const paused = (at: Days, resumes: Days | null = null): Deed[] => [
    { at, do: 'pause', behavior: resumes === null ? 'void' : 'keep_as_draft', resumes },
  ]
  const frozen = [
    part({ boundary: 11.4, joined: 9, deeds: paused(-4) }, 'frozen'),
    part({ boundary: 19, joined: 5, deeds: paused(-2.5) }),
    part({ boundary: -3, joined: 12, deeds: paused(-15, 18) }),
    ...several(3, (n) => ({ boundary: -7 - n * 6, joined: 16, deeds: paused(-20 - n * 25) })),
    part({ boundary: null, joined: -10.5, trialDays: 7, method: 'none' }),
  ]
  const why = ['unused', 'too_expensive', 'other', 'switched_service', 'unused']
  const ended = [
    part({ boundary: -31, joined: 18, deeds: [{ at: -25.2, do: 'cancel', feedback: 'unused' }] }, 'ended'),
    ...several(7, (n) => ({ deeds: [{ at: -3 - n * 19, do: 'cancel', feedback: pick(chance, why) }] })),
    ...several(6, (n) => ({ boundary: -4 - n * 22, joined: 10, deeds: [{ at: -20 - n * 22, do: 'leave-at-end' }] })),
    part(failing(-30.3, null, 'canceled'), 'endedUnpaid'),
    part(failing(-46, null, 'canceled')),
    part(refusedFirst(-3.3)),
    part(refusedFirst(-9.4)),
  ]
  const visitors = several(
    3,
    (n) => ({ plan: null, boundary: null, joined: -60 + n * 20, deeds: [{ at: -60 + n * 22, do: 'day-pass' }] }),
    'dayPass',
  )
  const special = [...current, ...late, ...pending, ...frozen, ...ended, ...visitors]

  const rest = several(Math.max(5, people - special.length - 3 - CASES), (n) => ({
    boundary: -chance.next() * 30,
    deeds: n % 40 === 7 ? [{ at: -11, do: 'day-pass' }] : [],
  }))
  const families = rest.slice(0, 3).map((one) => part({ person: relativeOf(chance, one.person), plan: 'student' }))
  return shuffled(chance, [...special, ...rest, ...families, ...seconds(rest.slice(3, 5), part), ...cases(part)])
}

const CASES = 14

/** One person for each thing that can be so at Stripe and is rare. */
function cases(part: (given: Partial<Part>, sample: SampleKey) => Part): Part[] {
  return [
    part({ plan: 'community', quantity: 4, boundary: -13, joined: 11 }, 'family'),
    part(
      {
        plan: 'full',
        quantity: 5,
        boundary: null,
        joined: -20,
        method: 'none',
        collection: 'send_invoice',
        deeds: [{ at: -9, do: 'pay-by-transfer' }],
      },
      'company',
    ),
    part({ plan: 'full', boundary: -16, joined: 1, coupon: COUPONS.intro }, 'introDiscount'),
    part({ plan: 'studio', boundary: -11, joined: 30, coupon: COUPONS.founder }, 'founder'),
    part(
      { plan: 'community', boundary: -7, joined: 6, deeds: [{ at: -45, do: 'gift-card', cents: -20_000 }] },
      'giftCard',
    ),
    part(
      { plan: 'studio', boundary: -18, joined: 9, deeds: [{ at: -70, do: 'second-plan', plan: 'night' }] },
      'twoPlans',
    ),
    part(
      { plan: 'full', boundary: -21, joined: 7, deeds: [{ at: -4, do: 'other-plan-at-end', plan: 'night' }] },
      'couple',
    ),
    part({ plan: 'community', boundary: -5, joined: 4 }, 'coupleToo'),
    part({ plan: 'full', boundary: -6, joined: 10, deeds: [{ at: -2, do: 'dispute' }] }, 'disputed'),
    part({ plan: null, boundary: null, joined: -33, deeds: [{ at: -33, do: 'shirt' }] }, 'shopper'),
    part({ plan: 'full', boundary: -8, joined: 12, deeds: [{ at: -2, do: 'cancel', feedback: 'other' }] }, 'leftEarly'),
    part({ plan: 'night', boundary: -10, joined: 5, deeds: [{ at: -3, do: 'pause-all' }] }, 'paused'),
    part(
      { plan: 'fullInDollars', boundary: null, joined: -0.6, method: 'us_bank_account', verified: false },
      'verifying',
    ),
    part({ plan: 'community', boundary: -14, joined: 8, deeds: [{ at: -4, do: 'cancel-at', when: 40 }] }, 'endsSoon'),
  ]
}

/**
 * Two people have a second Stripe customer under the same email in other letters, one of them from an
 * earlier membership, one beside the present one.
 */
function seconds(people: Part[], part: (given: Partial<Part>) => Part): Part[] {
  return people.map(({ person }, n) =>
    part({
      person: { ...person, email: (person.email ?? '').replace(/^./, (letter) => letter.toUpperCase()) },
      plan: n === 0 ? 'community' : 'studio',
      joined: 20,
      deeds: n === 0 ? [{ at: -90, do: 'cancel', feedback: 'unused' }] : [],
    }),
  )
}

function planFor(chance: Random): keyof Catalogue {
  const share = chance.next()
  if (share < 0.35) return 'full'
  if (share < 0.66) return 'community'
  if (share < 0.79) return 'night'
  return share < 0.92 ? 'student' : 'studio'
}
