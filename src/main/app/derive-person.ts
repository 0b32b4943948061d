// Who a Stripe customer is: find the person or make one (flow 2).
import type { Customer } from '../domain/billing.ts'
import { normaliseEmail, normaliseName } from '../domain/member.ts'
import { customerById } from '../store/billing-objects.ts'
import {
  addEmail,
  customersOf,
  insertMember,
  linkCustomer,
  memberById,
  memberOfCustomer,
  membersByEmail,
  updateMember,
} from '../store/members.ts'
import type { ReadDb } from '../store/open.ts'
import type { DeriveDeps } from './derive-deps.ts'
import { refreshSearch } from './refresh-search.ts'

/** A customer becomes a member at its first membership subscription; the same person under two customers stays one. */
export function ensureMember(deps: DeriveDeps, customerId: string, customer: Customer | null): string {
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
