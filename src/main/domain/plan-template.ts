// The plans of a space as it may begin: six of them, with what each costs. Amounts are whole units of the space's currency.

/** `slug`: for promotions, `AUTO-{SLUG}`, and to find its price in Stripe. `fee` is taken once. `fromFirst`: pro-rated to the
 * 1st of the month. `terms`: which of the space's documents holds. */
export type TemplatePlan = {
  slug: string
  name: string
  price: number
  fee: number
  fromFirst: boolean
  listed: boolean
  terms: TermsOf
}

/** The documents that a space has. */
export const TERMS = ['membership', 'studio'] as const
export type TermsOf = (typeof TERMS)[number]

export const TEMPLATE: readonly TemplatePlan[] = [
  plan('passport', 'Passport', 100, 100, { fromFirst: true }),
  plan('startup', 'Startup', 30, 100, { fromFirst: true }),
  plan('all-access', 'All Access', 300, 200, { fromFirst: true }),
  plan('founder', 'Founder', 500, 200, { fromFirst: true, listed: false }),
  plan('creator-pass', 'Studio: Creator Pass', 500, 200, { terms: 'studio' }),
  plan('innovator-pass', 'Meeting rooms: Innovator Pass', 500, 200, {}),
]

function plan(
  slug: string,
  name: string,
  price: number,
  fee: number,
  { fromFirst = false, listed = true, terms = 'membership' }: Partial<TemplatePlan>,
): TemplatePlan {
  return { slug, name, price, fee, fromFirst, listed, terms }
}
