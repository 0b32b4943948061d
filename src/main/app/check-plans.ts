// What is wrong with the plans, held against what Stripe has now; asked only where somebody wants to know.
import type { PlanLint } from '../../preload/shapes-plans.ts'
import { AUTO, type Finding, isHint, type LintedPlan, lintPlans } from '../domain/plan-lint.ts'
import { findingText, planRefusals } from '../domain/plans-en.ts'
import { toIso } from '../domain/time.ts'
import { saleOfPlan } from '../store/plan-sale.ts'
import { allPlans } from '../store/plans.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'
import { priceSold, pricesOfPlan } from './sign-up-order.ts'

export async function checkPlans(deps: DeskDeps): Promise<Result<PlanLint>> {
  const shop = deps.live.sync.stripe()?.shop
  if (shop === undefined) return refuse('stripe', planRefusals.noStripe)
  try {
    const [catalogue, promotions] = await Promise.all([shop.catalogue(), shop.promotions(AUTO)])
    const at = deps.now()
    const voice = voiceOf(deps, at)
    const findings = lintPlans(lintedPlans(deps), catalogue, promotions, at).map((finding) => ({
      kind: finding.kind,
      level: isHint(finding) ? ('hint' as const) : ('problem' as const),
      plan: finding.plan,
      sentence: findingText(finding, voice),
      canCreate: canCreate(deps, finding),
    }))
    return done({
      at: toIso(at),
      findings: findings.toSorted((a, b) => Number(a.level === 'hint') - Number(b.level === 'hint')),
    })
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
}

function lintedPlans(deps: ReadDeps): LintedPlan[] {
  return allPlans(deps.desk).flatMap(({ id, name }) => {
    const sale = saleOfPlan(deps.desk, id)
    if (sale === null) return []
    return [{ ...sale, id, name, priceId: priceSold(deps, id), candidates: pricesOfPlan(deps, id).length }]
  })
}

/** What is written down is enough to make what is missing. */
function canCreate({ desk }: ReadDeps, finding: Finding): boolean {
  if (finding.kind !== 'no-price' && !(finding.kind === 'fee-differs' && finding.is === null)) return false
  return (saleOfPlan(desk, finding.plan.id)?.shouldCost ?? null) !== null
}
