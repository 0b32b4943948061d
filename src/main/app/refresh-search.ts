// Keeps a person findable: by name, emails, phone and their cards.
import { writtenForms } from '../domain/card-identity.ts'
import { credentialAt } from '../domain/credential.ts'
import type { Ms } from '../domain/time.ts'
import { credentialsEverOf } from '../store/credentials.ts'
import { emailsOf, memberById, membersAfter, renewKeys } from '../store/members.ts'
import { commitLater, type WriteDb } from '../store/open.ts'
import { indexMember } from '../store/search.ts'
import { readSearchShape, writeSetting } from '../store/settings.ts'
import { inTurn } from './in-steps.ts'

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

/** Raised with what people are found by or compared by (domain/fold.ts, domain/member.ts): then all of it is written again. */
const SEARCH_SHAPE = 2
const AT_A_TIME = 100

/** At a start, beside all else. Whoever is not reached yet is found as before; what a stop cut short begins anew. */
export function renewSearch(db: WriteDb, now: Ms, log: (line: string, error?: unknown) => void): Promise<unknown> {
  return inTurn(renewal(db, now), () => db.open).catch((error) => log('Renewing the search index', error))
}

function* renewal(db: WriteDb, now: Ms): Generator<void, void> {
  if (readSearchShape(db) === SEARCH_SHAPE) return
  let members = membersAfter(db, '', AT_A_TIME)
  while (members.length > 0) {
    commitLater(db, () => {
      for (const member of members) {
        renewKeys(db, member)
        refreshSearch(db, member.id, now)
      }
    })
    yield
    members = membersAfter(db, members.at(-1)?.id ?? '', AT_A_TIME)
  }
  writeSetting(db, 'searchShape', SEARCH_SHAPE, now)
}
