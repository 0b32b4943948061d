// Membership numbers: who joined, left and stayed, and what memberships bring a month (docs/numbers.md).
import type { Args, Reply } from '../../preload/contract.ts'
import { cohortsOf, lastMonths, type Month, monthFigures, recurring, runs } from '../domain/membership-numbers.ts'
import { numberDefinitions, numberRefusals } from '../domain/numbers-en.ts'
import { toIso } from '../domain/time.ts'
import { allPlans } from '../store/plans.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { keptSpans } from './kept-spans.ts'
import type { Spans } from './membership-spans.ts'
import { done, type Result, refuse } from './result.ts'

const USUAL_MONTHS = 12

export function membershipNumbers(
  deps: ReadDeps,
  asked: Args<'numbers.membership'>,
): Result<Reply<'numbers.membership'>> {
  const plans = allPlans(deps.desk).map(({ id, name }) => ({ id, name }))
  const plan = asked.plan === undefined ? null : plans.find(({ id }) => id === asked.plan)
  if (plan === undefined) return refuse('not-found', numberRefusals.noPlan)
  const { at, usual, spans, staysBy, replies } = keptSpans.of(deps)
  const currencies = [...new Set(spans.paying.map(({ currency }) => currency))].toSorted()
  const currency = asked.currency ?? (currencies.includes(usual) ? usual : (currencies[0] ?? usual))
  if (asked.currency !== undefined && !currencies.includes(currency))
    return refuse('not-found', numberRefusals.noCurrency(currency))

  const { timeZone } = readSettings(deps.desk)
  const key = JSON.stringify([timeZone, currency, plan, asked.months])
  const before = replies.get(key)
  if (before !== undefined) return done(before)
  const months = lastMonths(at, timeZone, asked.months ?? USUAL_MONTHS)
  const stays = staysBy(plan?.id ?? null)
  const paying = plan === null ? spans.paying : spans.paying.filter((one) => one.plan === plan.id)
  const money = (minor: number) => ({ minor, currency })
  const sums = recurring(paying, currency, months)
  const reply: Reply<'numbers.membership'> = {
    asOf: toIso(at),
    currencies,
    currency,
    plans,
    plan,
    months: monthFigures(stays, months).map((figures, n) => ({
      ...figures,
      mrr: money(sums[n]?.mrr ?? 0),
      unpriced: sums[n]?.unpriced ?? 0,
    })),
    byPlan: byPlan(spans, plans, months.slice(-1), currency).map(({ mrr, ...one }) => ({ ...one, mrr: money(mrr) })),
    cohorts: cohortsOf(stays, months),
    definitions: { ...numberDefinitions },
  }
  replies.set(key, reply)
  return done(reply)
}

/** Those who are members now. */
export function membersNow(deps: ReadDeps): string[] {
  const { at, staysBy } = keptSpans.of(deps)
  return staysBy(null).flatMap((stay) => (runs(stay, at) ? stay.person : []))
}

function byPlan(spans: Spans, plans: readonly { id: string; name: string }[], now: readonly Month[], currency: string) {
  const at = now[0]?.at ?? 0
  const people = Map.groupBy(
    spans.covered.filter((one) => runs(one, at)),
    (one) => one.plan,
  )
  const paying = Map.groupBy(
    spans.paying.filter((one) => runs(one, at)),
    (one) => one.plan,
  )
  return plans
    .flatMap((plan) => {
      const own = paying.get(plan.id) ?? []
      const members = new Set(people.get(plan.id)?.map(({ person }) => person)).size
      const mrr = recurring(own, currency, now)[0]?.mrr ?? 0
      return own.length === 0 ? [] : [{ plan, members, memberships: own.length, mrr }]
    })
    .toSorted((a, b) => b.mrr - a.mrr || b.members - a.members)
}
