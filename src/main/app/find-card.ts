// What a card is: every written form of it, its state and who has it, enrolled or not.

import type { Reply } from '../../preload/contract.ts'
import type { CardRow } from '../../preload/shapes.ts'
import type { CardList } from '../../preload/shapes-cards.ts'
import { isCardForm, isLossy, type Reading, readCard, writtenForms } from '../domain/card-identity.ts'
import { type CredentialNow, credentialAt } from '../domain/credential.ts'
import { allCredentials, credentialByCanonical, longerCards } from '../store/credentials.ts'
import { cardFromText, rowOf } from './card-text.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result } from './result.ts'

export function findCard(deps: ReadDeps, text: string, form: string | undefined): Result<Reply<'cards.find'>> {
  const read = cardFromText(text, form)
  if (!read.ok) return read
  const ours = oursOf(deps, read.value, form)
  const matches = ours.map(({ canonical, facts }) => {
    const { state, memberId } = credentialAt(facts, deps.now())
    return { canonical, forms: writtenForms(canonical), state, member: memberId }
  })
  return done({
    matches:
      matches.length > 0
        ? matches
        : [{ canonical: read.value, forms: writtenForms(read.value), state: null, member: null }],
    lossy: isLossy(read.value) || ours.some(({ canonical }) => canonical !== read.value),
  })
}

/** A short form may stand for any of the longer cards that project to it. */
function oursOf({ desk }: ReadDeps, canonical: string, form = '') {
  const longer = longerCards(desk, canonical, isCardForm(form) ? form : undefined)
  const exact = credentialByCanonical(desk, canonical)
  return exact === null ? longer : [exact, ...longer]
}

/** What a number may be, those that are ours first: under their whole identity where only one of ours shows it. */
export function oursFirst(deps: ReadDeps, text: string): (Reading & { known: boolean })[] {
  const read = readCard(text)
  const readings = read.ok ? [{ form: 'canonical' as const, canonical: read.canonical }] : read.readings
  const all = readings.map(({ form, canonical }) => {
    const ours = oursOf(deps, canonical, form)
    const [only] = ours.length === 1 ? ours : []
    return { form, canonical: only?.canonical ?? canonical, known: ours.length > 0 }
  })
  // In two short forms it may be the same card.
  return all
    .filter(({ canonical }, n) => all.findIndex((one) => one.canonical === canonical) === n)
    .toSorted((a, b) => Number(b.known) - Number(a.known))
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
