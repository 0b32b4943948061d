// Whether somebody is here, neither put away nor merged into somebody else: what is given them must be of use.
import { companyRefusals } from '../domain/company-en.ts'
import type { Member } from '../domain/member.ts'
import type { Ms } from '../domain/time.ts'
import { barAt } from '../store/door-orders.ts'
import { memberById } from '../store/members.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'

export function personHere({ desk }: ReadDeps, id: string): Result<Member> {
  const member = memberById(desk, id)
  if (member === null) return refuse('not-found', companyRefusals.noMember)
  return member.archivedAt === null ? done(member) : refuse('wrong-state', companyRefusals.putAway(member.name))
}

/** What is said, and from when on they are to have something: a bar that is over by then stands against nothing. */
type Given = { sentence?: (name: string) => string; from?: Ms }

/** The same of somebody who is to be given or sold something, which a bar stands against. */
export function personUnbarred(deps: ReadDeps, id: string, given: Given = {}): Result<Member> {
  const person = personHere(deps, id)
  return person.ok ? (refusedAsBarred(deps, person.value, given) ?? person) : person
}

export function refusedAsBarred(
  { desk, now }: ReadDeps,
  { id, name }: Pick<Member, 'id' | 'name'>,
  { sentence = companyRefusals.barred, from = 0 }: Given = {},
): ReturnType<typeof refuse> | null {
  return barAt(desk, id, Math.max(from, now())) === null ? null : refuse('wrong-state', sentence(name))
}
