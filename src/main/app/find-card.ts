// What a card is: every written form of it, its state and who has it, enrolled or not.

import type { Reply } from '../../preload/contract.ts'
import type { CardRow } from '../../preload/shapes.ts'
import type { CardList } from '../../preload/shapes-cards.ts'
import { isLossy, writtenForms } from '../domain/card-identity.ts'
import { type CredentialNow, credentialAt } from '../domain/credential.ts'
import { allCredentials, credentialByCanonical, credentialsProjectingTo } from '../store/credentials.ts'
import { cardFromText, rowOf } from './card-text.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result } from './result.ts'

export function findCard(deps: ReadDeps, text: string, form: string | undefined): Result<Reply<'cards.find'>> {
  const read = cardFromText(text, form)
  if (!read.ok) return read
  const lossy = isLossy(read.value)
  // A short form may stand for any of the longer cards that project to it.
  const longer = lossy ? credentialsProjectingTo(deps.desk, read.value) : []
  const exact = credentialByCanonical(deps.desk, read.value)
  const found = exact === null ? longer : [exact, ...longer]
  const matches = found.map(({ canonical, facts }) => {
    const { state, memberId } = credentialAt(facts, deps.now())
    return { canonical, forms: writtenForms(canonical), state, member: memberId }
  })
  return done({
    matches:
      matches.length > 0
        ? matches
        : [{ canonical: read.value, forms: writtenForms(read.value), state: null, member: null }],
    lossy,
  })
}

const LISTS: Record<CardList, (card: CredentialNow) => boolean> = {
  'in-use': ({ state }) => !['unassigned', 'revoked', 'lost', 'stolen'].includes(state),
  stock: ({ state }) => state === 'unassigned',
  out: ({ loaner, memberId, state }) => loaner && memberId !== null && state !== 'revoked',
  lost: ({ state }) => state === 'lost' || state === 'stolen',
}

/** Newest first; without `show` all of them. */
export function listCards(deps: ReadDeps, limit = 500, show?: CardList): CardRow[] {
  const now = deps.now()
  return allCredentials(deps.desk)
    .reverse()
    .filter(({ facts }) => show === undefined || LISTS[show](credentialAt(facts, now)))
    .slice(0, limit)
    .map(({ canonical, facts }) => rowOf(deps, canonical, facts))
}
