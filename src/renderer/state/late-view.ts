// What of the late payments is looked at: it stands in the address, so that a link shows the same.
import type { Args } from '../../preload/contract.ts'
import { linkTo, useRoute } from './route.ts'

export const TILES = [
  'failed',
  'atRisk',
  'inGrace',
  'lapsed',
  'recovered',
  'lost',
  'rate',
  'daysToRecover',
  'toCollect',
] as const
export type TileName = (typeof TILES)[number]
export const CHARTS = ['months', 'ageing', 'reasons', 'methods'] as const
export type ChartName = (typeof CHARTS)[number]
export const SORTS = ['days', 'amount', 'name'] as const
export type Sort = (typeof SORTS)[number]

export type Rows = Args<'report.rows'>
/** A list and what narrows it. */
export type Which = Pick<Rows, 'list' | 'bucket' | 'month' | 'reason' | 'method'>
export type LateView = {
  currency: string | undefined
  tile: TileName | null
  which: Which
  chart: ChartName
  sort: Sort
  /** Whether what is put off until a later day stands in lists all the same. */
  withPutOff: boolean
}

/** The list behind each tile; two are figures about what is decided. */
const LISTS: Record<TileName, Rows['list']> = {
  failed: 'failed',
  atRisk: 'atRisk',
  inGrace: 'inGrace',
  lapsed: 'lapsed',
  recovered: 'recovered',
  lost: 'lost',
  rate: 'decided',
  daysToRecover: 'recovered',
  toCollect: 'toCollect',
}
const NARROWED = ['bucket', 'month', 'reason', 'method'] as const

export function useLateView(): LateView {
  const params = useRoute((route) => route.params)
  const of = [...TILES, 'open' as const].find((name) => name === params.get('of')) ?? 'atRisk'
  const narrowed = Object.fromEntries(
    NARROWED.flatMap((name) => (params.get(name) === null ? [] : [[name, params.get(name)]])),
  )
  const isWhole = of !== 'open' && Object.keys(narrowed).length === 0
  return {
    currency: params.get('currency') ?? undefined,
    tile: isWhole ? of : null,
    // What an address says is held to the contract's schema by the desk, which says so where it does not fit.
    which: { list: of === 'open' ? of : LISTS[of], ...narrowed },
    chart: CHARTS.find((name) => name === params.get('chart')) ?? 'months',
    sort: SORTS.find((name) => name === params.get('sort')) ?? 'days',
    withPutOff: params.get('putOff') === 'shown',
  }
}

type Change = { currency?: string; of?: TileName | Which; chart?: ChartName; sort?: Sort; withPutOff?: boolean }

export function lateLink(view: LateView, change: Change): string {
  const { currency = view.currency, of = view.tile ?? view.which, chart = view.chart, sort = view.sort } = change
  const { withPutOff = view.withPutOff } = change
  const { list, ...narrowed } = typeof of === 'string' ? { list: of } : of
  const putOff = withPutOff ? 'shown' : undefined
  const known = Object.entries({ of: list, ...narrowed, chart, sort, currency, putOff })
  const said = known.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return linkTo('money', 'late', Object.fromEntries(said))
}

export function goTo(link: string): void {
  window.location.hash = link
}
