// Words about what plans cost, the template, what is made in Stripe, and what is wrong with the plans. English.
import type { Discount } from './billing.ts'
import { formatMoney, type Money } from './money.ts'

import type { Finding } from './plan-lint.ts'
import { sayDay, type Voice } from './say.ts'
import { allOf } from './standing-en.ts'

export const planRefusals = {
  noStripe: 'No Stripe key is there yet: put one into Settings, under Stripe.',
  noCurrency: (text: string) => `There is no currency "${text}": write its three letters, such as eur.`,
  sayCurrency: 'Say in which currency the plans are sold: nothing in Stripe tells.',
  noUrl: (text: string) => `"${text}" is not a web address: write it like https://example.org/terms.`,
  notInTemplate: (slug: string) => `The template has no plan "${slug}": look at the list again.`,
  nameTaken: (name: string) => `There is a plan called ${name} already: take another name.`,
  noAmount: 'Write down what it should cost first: that is the price that is made.',
  hasFee: (plan: string) => `${plan} has its price and its fee already: nothing is to be made.`,
  otherThing: 'Stripe made something else than was asked for: look at it in Stripe’s dashboard before you sell it.',
  noRecurring: (id: string) => `Stripe has no price ${id} that is sold as this plan: sync, then look again.`,
  otherPlan: (plan: string) =>
    `This price is ${plan}, by the list of what opens doors: say there first that it is this plan.`,
  sayDays: 'This price is not charged again and again: say for how many days one sale is good.',
  daysOfOnce: 'Only what is sold once is good for some days: leave it empty, or choose a price that is sold once.',
  slugTaken: (plan: string) => `${plan} has this name for promotions already: give each plan its own.`,
}

export const allowanceRefusals = {
  noName: 'Give each of them a name, such as day passes.',
  nameTwice: (name: string) => `${name} stands there twice: put them into one line.`,
  gone: 'This is not given any more: look the person up again.',
  notTheirs: (name: string) => `${name} is not covered by this membership any more: look them up again.`,
  notNow: 'This membership does not hold now, so nothing can be taken from it.',
  noneLeft: (name: string) => `No ${inSentence(name)} are left: nothing was taken.`,
  noneTaken: (name: string) => `No ${inSentence(name)} were taken: there is nothing to give back.`,
}

/** In the middle of a sentence: "Day passes" is "day passes", "3D prints" stays. */
export const inSentence = (name: string): string =>
  /^\p{Lu}\p{Ll}/u.test(name) ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name

/** "3 of 5 day passes left, new on 1 Dec". */
export function allowanceText({
  name,
  of,
  left,
  until,
  renews,
}: {
  name: string
  of: number
  left: number
  until: string | null
  renews: boolean
}): string {
  const what = `${left} of ${of} ${inSentence(name)} left`
  if (until === null) return what
  if (!renews) return `${what}, until ${until}`
  // "tomorrow" is a day of its own.
  return /\d/.test(until) ? `${what}, new on ${until}` : `${what}, new ${until}`
}

/** What is taken off and for how long: an introduction ends, what lasts is taken off each time. `every` is what the price
 * is charged by. */
export function discountText(
  { name, percentOff, amountOff, duration, end, taken }: Discount & { taken: Money },
  every: string | null,
  voice: Voice,
): string {
  const off = percentOff === null ? formatMoney(amountOff ?? taken, voice.locale) : `${percentOff} %`
  const long =
    end !== null
      ? `until ${sayDay(end - 1, voice)}`
      : duration === 'forever'
        ? `each ${every ?? 'time'}`
        : duration === 'repeating'
          ? 'for some months'
          : 'once'
  return `${name === null ? '' : `${name}: `}${off} off ${long}`
}

/** The price and fee of a plan that has none in Stripe, as products are called there. */
export const FEE_PRODUCT = 'Initiation fee'

const sum = (money: { minor: number; currency: string } | null, { locale }: Voice) =>
  money === null ? 'priced by use' : formatMoney(money, locale)
const inCapitals = (currency: string) => currency.toUpperCase()

/** One sentence for each: what is so, and what to do. */
export function findingText(finding: Finding, voice: Voice): string {
  const plan = finding.plan?.name ?? ''
  switch (finding.kind) {
    case 'price-gone':
      return `Stripe no longer has the price at which ${plan} is sold: choose another.`
    case 'price-archived':
      return `The price of ${plan} is archived in Stripe: make it active there, or choose another.`
    case 'no-price':
      return `${plan} has no price in Stripe: choose one, or create it there.`
    case 'several-prices':
      return `${plan} has ${finding.count} prices in Stripe and none is chosen: choose the one that is sold.`
    case 'price-differs':
      return `${plan} should cost ${sum(finding.should, voice)}, and in Stripe it is ${sum(finding.is, voice)}: choose the right price, or correct what is written down.`
    case 'currency':
      return `${plan} is sold in ${inCapitals(finding.is)}, the other plans in ${inCapitals(finding.others)}: choose a price in ${inCapitals(finding.others)}.`
    case 'fee-gone':
      return `Stripe no longer has the fee of ${plan}: choose another, or take it away.`
    case 'fee-archived':
      return `The fee of ${plan} is archived in Stripe: make it active there, or choose another.`
    case 'fee-again':
      return `The fee of ${plan} would be charged again and again: choose a price that is charged once.`
    case 'fee-differs':
      return finding.is === null
        ? `${plan} should have a fee of ${sum(finding.should, voice)}, and none is chosen: choose it, or create it in Stripe.`
        : `The fee of ${plan} should be ${sum(finding.should, voice)}, and in Stripe it is ${sum(finding.is, voice)}: choose the right one, or correct what is written down.`
    case 'fee-currency':
      return `The fee of ${plan} is in ${inCapitals(finding.is)} and its price in ${inCapitals(finding.others)}, so nobody can sign up: choose both in one currency.`
    case 'no-terms-version':
      return `Nobody has said which version of the terms holds for ${plan}: write it down.`
    case 'no-terms-url':
      return `The terms of ${plan} have no address, so nobody can read them when signing up: write it down.`
    case 'no-promotion':
      return `Stripe has no promotion ${finding.code}, so nothing is taken off the fee of ${plan} by itself: make one if something should be.`
    case 'promotion-over':
      return `The promotion ${finding.code} of ${plan} ended ${sayDay(finding.until - 1, voice)}: make a new one in Stripe, or let it rest.`
    case 'promotion-used':
      return `The promotion ${finding.code} of ${plan} is used up: make a new one in Stripe, or let it rest.`
    case 'promotion-without-plan':
      return `The promotion ${finding.code} is for no plan: give a plan this name for promotions, or switch it off in Stripe.`
    case 'same-slug':
      return `${allOf([plan, ...finding.others.map(({ name }) => name)])} have the same name for promotions, "${finding.slug}": give each its own.`
    case 'same-price':
      return `${allOf([plan, ...finding.others.map(({ name }) => name)])} are sold at the same price of Stripe: choose another for one of them.`
  }
}
