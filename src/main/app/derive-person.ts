// Who a Stripe customer is: find the person, make one, or ask (flow 2).
import type { Customer } from '../domain/billing.ts'
import { type Member, NAMELESS, normaliseEmail, normaliseName } from '../domain/member.ts'
import { cleanName } from '../domain/name.ts'
import { customerById } from '../store/billing-objects.ts'
import { askAbout, customerLinks, dropQuestion } from '../store/customer-links.ts'
import {
  addEmail,
  followStripe,
  insertMember,
  knownByEmail,
  linkCustomer,
  memberById,
  memberOfCustomer,
} from '../store/members.ts'
import type { ReadDb } from '../store/open.ts'
import { personNow } from '../store/people-merge.ts'
import type { DeriveDeps } from './derive-deps.ts'
import { refreshSearch } from './refresh-search.ts'

/** A customer becomes a member at its first membership subscription; the same person under two customers stays one.
 * Null where several people may be meant: then staff are asked, and nobody is guessed. */
export function ensureMember(deps: DeriveDeps, customerId: string, customer: Customer | null): string | null {
  const { db, account, now, newId } = deps
  const linked = memberOfCustomer(db, account, customerId)
  if (linked !== null) {
    followCustomer(deps, linked, customer)
    return linked
  }
  const found = whoIs(db, customer)
  if (found === 'ask') {
    askAbout(db, account, customerId, now)
    return null
  }
  const memberId = found ?? newId()
  takeCustomer(deps, customerId, customer, memberId)
  return memberId
}

/** This customer is this person, who is made where they are not here yet. */
export function takeCustomer(deps: DeriveDeps, customerId: string, customer: Customer | null, memberId: string): void {
  const { db, account, now, origin } = deps
  const isNew = memberById(db, memberId) === null
  if (isNew) insertMember(db, { id: memberId, ...nameAndPhone([customer]), createdAt: now }, origin)
  linkCustomer(db, account, customerId, memberId, now)
  dropQuestion(db, account, customerId)
  if (isNew && customer?.email) addEmail(db, memberId, customer.email, now)
  if (isNew || !followCustomer(deps, memberId, customer)) refreshSearch(db, memberId, now)
}

/** True when something that a person can be found by has changed. */
export function followCustomer(
  { db, now }: Pick<DeriveDeps, 'db' | 'now'>,
  memberId: string,
  customer: Customer | null,
): boolean {
  const reached = customer?.email ? addEmail(db, memberId, customer.email, now) : false
  const customers = customerLinks(db, memberId).map((link) =>
    link.customerId === customer?.id ? customer : customerById(db, link.account, link.customerId),
  )
  const called = customers.some((one) => one !== null) && followStripe(db, memberId, nameAndPhone(customers))
  if (reached || called) refreshSearch(db, memberId, now)
  return reached || called
}

/** What a person is called: as their newest customer with a name, whichever of several was read last. */
function nameAndPhone(customers: readonly (Customer | null)[]): { name: string; phone: string | null } {
  const known = customers.filter((customer) => customer !== null).toSorted((a, b) => b.created - a.created)
  const first = (text: (customer: Customer) => string | null) =>
    known.map((customer) => cleanName(text(customer) ?? '')).find((value) => value !== '')
  return {
    name: first(({ name }) => name) ?? first(({ email }) => email) ?? NAMELESS,
    phone: first(({ phone }) => phone) ?? null,
  }
}

/** Our own id where we wrote it into Stripe; else the same normalised email with equal names or one of them missing.
 * A shared address alone is not enough, and of several who fit nobody is taken. Who was put away is known again. */
function whoIs(db: ReadDb, customer: Customer | null): string | 'ask' | null {
  const ours = customer?.memberId ? personNow(db, customer.memberId) : null
  if (ours !== null) return ours
  if (!customer?.email) return null
  const known = knownByEmail(db, customer.email)
  const here = known.filter(({ archivedAt }) => archivedAt === null)
  const away = known.filter(({ archivedAt }) => archivedAt !== null)
  const fits = fitting(here, customer.name, customer.email)
  if (fits !== null) return fits
  const fitsAway = fitting(away, customer.name, customer.email)
  return fitsAway === 'ask' ? null : fitsAway
}

function fitting(people: readonly Member[], named: string | null, email: string): string | 'ask' | null {
  const name = normaliseName(named ?? '')
  const unnamed = normaliseEmail(email)
  const sameName = people.filter((member) => name !== '' && normaliseName(member.name) === name)
  if (sameName.length === 1 && sameName[0]) return sameName[0].id
  const may = people.filter((member) => name === '' || [name, unnamed].includes(normaliseName(member.name)))
  if (may.length > 1) return 'ask'
  return may[0]?.id ?? null
}
