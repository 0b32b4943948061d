// What of the membership numbers is looked at: it stands in the address, so that a link shows the same.
import type { Args } from '../../preload/contract.ts'
import { linkTo, useRoute } from './route.ts'

export const NUMBER_CHARTS = ['members', 'joined', 'left', 'churn', 'mrr'] as const
export type NumberChart = (typeof NUMBER_CHARTS)[number]

export type NumbersView = { which: Args<'numbers.membership'>; chart: NumberChart }

export function useNumbersView(): NumbersView {
  const params = useRoute((route) => route.params)
  // What an address says is held to the contract's schema by the desk, which says so where it does not fit.
  const known = (['currency', 'plan'] as const).flatMap((name) => {
    const value = params.get(name)
    return value ? [[name, value]] : []
  })
  return {
    which: Object.fromEntries(known),
    chart: NUMBER_CHARTS.find((name) => name === params.get('chart')) ?? 'members',
  }
}

/** An empty plan is every plan. */
export function numbersLink(
  { which, chart }: NumbersView,
  change: { currency?: string; plan?: string; chart?: NumberChart },
): string {
  const said = Object.entries({ ...which, chart, ...change }).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return linkTo('money', 'numbers', Object.fromEntries(said))
}
