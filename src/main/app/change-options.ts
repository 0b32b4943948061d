// What can be done to a membership now, and what each of it would mean, from what is stored.
import type { ChangeAct, ChangeMeaning } from '../../preload/shapes-changes.ts'
import type { Subscription } from '../domain/billing.ts'
import { changeRefusals, changeMeans as means, onDay } from '../domain/changes-en.ts'
import { sayLastDay, sayUntil } from '../domain/say.ts'
import type { Standing } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import { schedulesOf, subscriptionById } from '../store/billing-objects.ts'
import { entitlementOf, planOfMembership, subscriptionOf } from '../store/entitlements.ts'
import { coversOf, hasLiveMembership } from '../store/membership-seats.ts'
import type { ReadDb } from '../store/open.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'
import { planOffers } from './sign-up-view.ts'

/** For the menu: Stripe itself is asked when one of them is chosen. */
export function changeActs(
  db: ReadDb,
  account: string | null,
  subscription: Subscription | null,
  who: { memberId: string; standing: Standing; now: Ms },
): ChangeAct[] {
  if (account === null || subscription === null) return []
  const { status, cancelAt, endedAt, pauseCollection } = subscription
  if (endedAt !== null || who.standing === 'ended') return hasLiveMembership(db, who.memberId, who.now) ? [] : ['renew']
  if (!['active', 'trialing', 'past_due', 'unpaid', 'paused'].includes(status)) return []
  const paused = pauseCollection || status === 'paused'
  const coming = isToChange(db, account, subscription)
  const running = status === 'active' && !paused
  return [
    ...(running && !coming && cancelAt === null ? (['plan'] as const) : []),
    ...(coming ? (['take-back'] as const) : []),
    ...(running ? (['pause'] as const) : paused ? (['resume'] as const) : []),
    cancelAt === null ? 'cancel' : 'keep',
    'cancel-now',
  ]
}

/** Also where the schedule was made and what it is to change was not: taking it back is what lets go of it. */
function isToChange(db: ReadDb, account: string, { id, pendingPrices }: Subscription): boolean {
  return pendingPrices.length > 0 || schedulesOf(db, account, id).length > 0
}

export function changeMeaning(deps: ReadDeps, id: string): Result<ChangeMeaning> {
  const db = deps.desk
  const from = subscriptionOf(db, id)
  const subscription = from === null ? null : subscriptionById(db, from.account, from.subscriptionId)
  if (from === null || subscription === null) return refuse('wrong-state', changeRefusals.notAtStripe)
  const voice = voiceOf(deps)
  const planId = planOfMembership(db, id)
  const { pauseOpens } = readSettings(db)
  const paidUntil = entitlementOf(db, id)?.paidUntil ?? null
  const paid = paidUntil !== null && paidUntil > voice.now ? sayUntil(paidUntil, voice) : null
  const doors = (way: 'collection' | 'requested') => (pauseOpens[way] ? means.pauseOpen : means.pauseShut(paid))
  const end = subscription.periodEnd === null ? null : onDay(sayLastDay(subscription.periodEnd, voice))
  const coming = isToChange(db, from.account, subscription)
  return done({
    plans: planOffers(deps).flatMap(({ id: plan, name, price }) => {
      const sold = price?.amount?.currency === subscription.currency
      return plan === planId || price === null || !sold ? [] : [{ id: plan, name, price }]
    }),
    cancel: [means.cancel(end), ...(coming ? [means.cancelTakesBack] : [])].join(' '),
    cancelNow: means.cancelNow(coversOf(db, id).length),
    pause: {
      collection: `${means.collection} ${doors('collection')}`,
      requested: `${means.requested} ${doors('requested')}`,
    },
  })
}
