// The part of a person's timeline that came from Stripe: what it told, and what was read of it.
import type { TimelineRow } from '../../preload/shapes-inbox.ts'
import type { Ms } from '../domain/time.ts'
import { eventText, fetchedText } from '../domain/timeline-en.ts'
import { type BillingChange, changesOfCustomer, changesOfObjects } from '../store/billing-changes.ts'
import { eventsOfCustomer, eventsOfObjects, type KnownEvent } from '../store/billing-inbox.ts'
import { invoicesOfSubscription } from '../store/billing-objects.ts'
import { customerLinks } from '../store/customer-links.ts'
import { disputesOfCustomer } from '../store/disputes.ts'
import { subscriptionsPaidFor } from '../store/entitlement-versions.ts'
import type { ReadDeps } from './deps.ts'

export type Step = Omit<TimelineRow, 'at'> & { at: Ms }

export function stepsFromStripe(deps: ReadDeps, memberId: string, limit: number): Step[] {
  const { desk: db } = deps
  const own = customerLinks(db, memberId).flatMap(({ account, customerId }) => {
    const disputes = disputesOfCustomer(db, account, customerId)
    return [
      ...eventsOfCustomer(db, account, customerId, limit).map(told),
      ...changesOfCustomer(db, account, customerId, limit).map(read),
      ...(disputes.length === 0
        ? []
        : [
            ...eventsOfObjects(db, account, disputes, limit).map(told),
            ...changesOfObjects(db, account, disputes, limit).map(read),
          ]),
    ]
  })
  return [...own, ...paidByOthers(deps, memberId, limit)]
}

/** Of whoever else pays for them: the subscription that covers them with its invoices and payments, while it does. */
function paidByOthers({ desk: db }: ReadDeps, memberId: string, limit: number): Step[] {
  return subscriptionsPaidFor(db, memberId).flatMap(({ account, subscriptionId, customerId, from, until }) => {
    const invoices = invoicesOfSubscription(db, account, subscriptionId)
    const about = new Set([subscriptionId, ...invoices.flatMap(({ id, paymentIntents }) => [id, ...paymentIntents])])
    const then = ({ at }: Step) => at >= from && (until === null || at < until)
    return [
      ...eventsOfCustomer(db, account, customerId, limit)
        .filter(({ objectId }) => objectId !== null && about.has(objectId))
        .map(told),
      ...changesOfCustomer(db, account, customerId, limit)
        .filter(({ id }) => about.has(id))
        .map(read),
    ].filter(then)
  })
}

function told({ type, created, objectId, id, appliedAt }: KnownEvent): Step {
  const waits = appliedAt === null ? ' · not read yet' : ''
  return { at: created, kind: 'event', text: eventText(type), detail: `${type} · ${objectId ?? id}${waits}` }
}

function read({ kind, id, at, before, after }: BillingChange): Step {
  return { at, kind: 'fetched', text: fetchedText(kind, before, after), detail: id }
}
