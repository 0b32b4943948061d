// Keeps a person findable: by name, emails, phone and their cards.
import { writtenForms } from '../domain/card-identity.ts'
import { credentialAt } from '../domain/credential.ts'
import type { Ms } from '../domain/time.ts'
import { credentialsEverOf } from '../store/credentials.ts'
import { emailsOf, memberById } from '../store/members.ts'
import type { WriteDb } from '../store/open.ts'
import { indexMember } from '../store/search.ts'

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
