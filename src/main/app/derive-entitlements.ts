// Flow 2, second half: from mirror rows to people, memberships and entitlements. Safe to run again at any time.

import type { Customer } from '../domain/billing.ts'
import { writtenForms } from '../domain/card-identity.ts'
import { credentialAt } from '../domain/credential.ts'
import { dueMoment, entitle } from '../domain/entitlement.ts'
import type { NewId } from '../domain/ids.ts'
import { normaliseEmail, normaliseName } from '../domain/member.ts'
import type { Policy } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import {
  customerById,
  invoicesOfSubscription,
  paymentIntents,
  productById,
  subscriptionById,
} from '../store/billing-objects.ts'
import { credentialsEverOf } from '../store/credentials.ts'
import { upsertProductPlan } from '../store/doors.ts'
import {
  entitlementOf,
  insertStripeMembership,
  membershipOfSubscription,
  setMembershipPlan,
  writeEntitlement,
} from '../store/entitlements.ts'
import { duesSeen, forgetDue, rememberDue } from '../store/first-seen.ts'
import {
  addEmail,
  customersOf,
  emailsOf,
  insertMember,
  linkCustomer,
  memberById,
  memberOfCustomer,
  membersByEmail,
  updateMember,
} from '../store/members.ts'
import type { ReadDb, WriteDb } from '../store/open.ts'
import { indexMember } from '../store/search.ts'

export type DeriveDeps = { db: WriteDb; account: string; policy: Policy; now: Ms; newId: NewId; origin: string }

/** True when something that a screen or a door reads has changed. To be called inside a transaction. */
export function deriveSubscription(deps: DeriveDeps, subscriptionId: string): boolean {
  const { db, account, policy, now } = deps
  const subscription = subscriptionById(db, account, subscriptionId)
  if (subscription === null || subscription.productId === null) return false
  const customer = customerById(db, account, subscription.customerId)
  const memberId = ensureMember(deps, subscription.customerId, customer)
  const planId = ensurePlan(deps, subscription.productId)
  const membershipId = membershipOfSubscription(db, account, subscriptionId) ?? deps.newId()
  if (membershipOfSubscription(db, account, subscriptionId) === null) {
    const from = Math.min(subscription.created, now)
    insertStripeMembership(db, {
      id: membershipId,
      account,
      subscriptionId,
      planId,
      memberId,
      from,
      at: now,
      origin: deps.origin,
    })
  }
  setMembershipPlan(db, membershipId, planId)

  const invoices = invoicesOfSubscription(db, account, subscriptionId)
  const open = invoices.filter((invoice) => invoice.status === 'open')
  for (const invoice of open) rememberDue(db, account, invoice.id, dueMoment(invoice), now)
  // Owing without an open invoice to show for it: grace counts from when we first saw that.
  if (subscription.status !== 'past_due') forgetDue(db, account, subscriptionId)
  else if (open.length === 0) rememberDue(db, account, subscriptionId, now, now)

  const { entitlement, flag } = entitle({
    membershipId,
    planId,
    // A subscription that Stripe no longer has has ended, whatever it last said.
    subscription: subscription.deletedAt === null ? subscription : { ...subscription, status: 'canceled' },
    invoices,
    intents: paymentIntents(
      db,
      account,
      invoices.flatMap((invoice) => invoice.paymentIntents),
    ),
    customerMethod: customer?.defaultMethod ?? null,
    dueSeen: duesSeen(db, account, [...open.map((invoice) => invoice.id), subscriptionId]),
    policy,
    previous: entitlementOf(db, membershipId),
  })
  return writeEntitlement(db, entitlement, flag)
}

function ensurePlan({ db, account, now, newId }: DeriveDeps, productId: string): string {
  const name = productById(db, account, productId)?.name ?? productId
  return upsertProductPlan(db, { id: newId(), account, productId, name, at: now })
}

/** A customer becomes a member at its first membership subscription; the same person under two customers stays one. */
function ensureMember(deps: DeriveDeps, customerId: string, customer: Customer | null): string {
  const { db, account, now, newId, origin } = deps
  const linked = memberOfCustomer(db, account, customerId)
  const memberId = linked ?? samePerson(db, customer) ?? newId()
  if (memberById(db, memberId) === null)
    insertMember(db, { id: memberId, ...nameAndPhone([customer]), createdAt: now }, origin)
  if (linked === null) linkCustomer(db, account, customerId, memberId, now)
  if (customer?.email) addEmail(db, memberId, customer.email, now)
  const customers = customersOf(db, [memberId]).get(memberId) ?? []
  updateMember(db, memberId, nameAndPhone(customers.map((id) => customerById(db, account, id))))
  refreshSearch(db, memberId, now)
  return memberId
}

/** What a person is called: as their newest customer with a name, whichever of several was read last. */
function nameAndPhone(customers: readonly (Customer | null)[]): { name: string; phone: string | null } {
  const known = customers.filter((customer) => customer !== null).toSorted((a, b) => b.created - a.created)
  const first = (text: (customer: Customer) => string | null) =>
    known
      .map(text)
      .find((value) => value?.trim())
      ?.trim()
  return {
    name: first(({ name }) => name) ?? first(({ email }) => email) ?? 'No name yet',
    phone: first(({ phone }) => phone) ?? null,
  }
}

/** Same normalised email, and names equal or one of them missing: one person. A shared address alone is not enough. */
function samePerson(db: ReadDb, customer: Customer | null): string | null {
  if (!customer?.email) return null
  const name = normaliseName(customer.name ?? '')
  const unnamed = normaliseEmail(customer.email)
  const same = membersByEmail(db, customer.email).filter((member) => {
    const other = normaliseName(member.name)
    return name === '' || other === name || other === unnamed
  })
  return same.length === 1 && same[0] ? same[0].id : null
}

/** Writes again what a person can be found by: name, emails, phone, and every written form of their cards. */
export function refreshSearch(db: WriteDb, memberId: string, now: Ms): void {
  const member = memberById(db, memberId)
  if (member === null) return
  const cards = credentialsEverOf(db, [memberId])
    .filter((credential) => credentialAt(credential.facts, now).memberId === memberId)
    .flatMap(({ canonical }) => [canonical, ...Object.values(writtenForms(canonical))])
  indexMember(db, memberId, {
    name: member.name,
    emails: emailsOf(db, [memberId]).get(memberId) ?? [],
    phone: member.phone,
    cards,
  })
}
