// The calls about what plans cost and give, each mapped to its use case.
import type { planCalls } from '../../preload/calls-plans.ts'
import { allowancesOf, changeAllowances, giveAllowanceBack, takeAllowance } from './allowances.ts'
import { checkPlans } from './check-plans.ts'
import { createInStripe } from './create-in-stripe.ts'
import type { HandlersOf } from './handler-type.ts'
import { addPlan, planSaleView } from './plan-sales.ts'
import { plansFromTemplate, planTemplate } from './plan-template.ts'
import { done } from './result.ts'

export const planHandlers = {
  'plans.add': (deps, args) => addPlan(deps, args),
  'plans.sale': (deps, { plan }) => planSaleView(deps, plan),
  'plans.setAllowances': (deps, args) => changeAllowances(deps, args),
  'plans.template': (deps, args) => planTemplate(deps, args),
  'plans.fromTemplate': (deps, args) => plansFromTemplate(deps, args),
  'plans.createInStripe': (deps, { plan }) => createInStripe(deps, plan),
  'plans.lint': (deps) => checkPlans(deps),
  'allowances.list': (deps, { member }) => done(allowancesOf(deps, member)),
  'allowances.use': (deps, args) => takeAllowance(deps, args),
  'allowances.giveBack': (deps, args) => giveAllowanceBack(deps, args),
} satisfies HandlersOf<typeof planCalls>
