// Whether somebody is here, neither put away nor merged into somebody else: what is given them must be of use.
import { companyRefusals } from '../domain/company-en.ts'
import type { Member } from '../domain/member.ts'
import { barAt } from '../store/door-orders.ts'
import { memberById } from '../store/members.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'

export function personHere({ desk }: ReadDeps, id: string): Result<Member> {
  const member = memberById(desk, id)
  if (member === null) return refuse('not-found', companyRefusals.noMember)
  return member.archivedAt === null ? done(member) : refuse('wrong-state', companyRefusals.putAway(member.name))
}

/** The same of somebody who is to be given or sold something, which a bar stands against. */
export function personUnbarred(deps: ReadDeps, id: string): Result<Member> {
  const person = personHere(deps, id)
  return person.ok ? (refusedAsBarred(deps, person.value) ?? person) : person
}

export function refusedAsBarred({ desk, now }: ReadDeps, { id, name }: Member): ReturnType<typeof refuse> | null {
  return barAt(desk, id, now()) === null ? null : refuse('wrong-state', companyRefusals.barred(name))
}
