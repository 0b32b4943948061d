// Who had a card from when to when, and what was recorded about it, as sentences.
import type { CardHistory } from '../../preload/shapes-cards.ts'
import { historyWords as words } from '../domain/card-file-en.ts'
import type { RevokeReason } from '../domain/credential.ts'
import { sayUntil } from '../domain/say.ts'
import { toIso } from '../domain/time.ts'
import { type ToldFact, toldFacts } from '../store/card-history.ts'
import { memberById } from '../store/members.ts'
import { personNow } from '../store/people-merge.ts'
import { cardRow } from './card-text.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result } from './result.ts'
import { voiceOf } from './sentences.ts'

type Holder = CardHistory['holders'][number]
/** How the card stood before a fact: kept for lending, and who had it. */
type Before = { loaner: boolean; held: Holder | null }

export function cardHistory(deps: ReadDeps, canonical: string): Result<CardHistory> {
  const holders: Holder[] = []
  const facts: CardHistory['facts'] = []
  const undoings = new Map<string, CardHistory['facts'][number]>()
  let loaner = false
  for (const fact of toldFacts(deps.desk, canonical)) {
    const { at, operator, file, undoneAt } = fact
    const last = holders.at(-1)
    const held = last !== undefined && last.until === null ? last : null
    const sentence = sentenceOf(deps, fact, { loaner, held })
    facts.push({
      at: toIso(at),
      sentence: file === null ? sentence : words.byFile(sentence, file, undoneAt !== null),
      by: operator,
    })
    if (undoneAt !== null && file !== null) {
      const by = fact.undoneBy ?? operator
      undoings.set(file, { at: toIso(undoneAt), sentence: words.importUndone(file), by })
      continue
    }
    if (fact.kind === 'stocked') loaner = fact.loaner === 1
    follow(deps, holders, fact, { loaner, held })
  }
  const told = [...facts, ...undoings.values()].map((fact, n) => ({ ...fact, n }))
  const newest = told.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.n - a.n)
  return done({
    card: cardRow(deps, canonical),
    holders: holders.toReversed(),
    facts: newest.map(({ n: _, ...fact }) => fact),
  })
}

/** Who has the card after this fact. */
function follow(deps: ReadDeps, holders: Holder[], { kind, at, memberId }: ToldFact, { loaner, held }: Before): void {
  const last = holders.at(-1)
  if (kind === 'enrolled') {
    const member = whoIs(deps, memberId)
    if (held?.member.id === member.id) return
    if (held !== null) held.until = toIso(at)
    holders.push({ member, from: toIso(at), until: null, loan: loaner })
  } else if (kind === 'revoked' || kind === 'stocked') {
    if (held !== null) held.until = toIso(at)
  } else if (kind === 'reinstated' && last !== undefined) last.until = null
}

function whoIs({ desk }: ReadDeps, memberId: string | null): Holder['member'] {
  const id = memberId === null ? null : personNow(desk, memberId)
  return { id: id ?? '', name: (id === null ? null : memberById(desk, id)?.name) ?? words.somebody }
}

function sentenceOf(deps: ReadDeps, fact: ToldFact, { loaner, held }: Before): string {
  const voice = voiceOf(deps)
  switch (fact.kind) {
    case 'enrolled': {
      const { id, name } = whoIs(deps, fact.memberId)
      if (held?.member.id === id)
        return fact.validUntil === null ? words.noLastDay : words.lastDay(sayUntil(fact.validUntil, voice))
      const due = fact.dueAt === null ? null : sayUntil(fact.dueAt, voice)
      return loaner ? words.lent(name, due) : words.given(name)
    }
    case 'revoked':
      return words.revoked[fact.reason as RevokeReason]
    case 'suspended':
      return words.suspended(fact.reason ?? '')
    case 'reinstated':
      return words.reinstated
    case 'stocked':
      if (loaner && held !== null) return words.back
      return fact.loaner === 1 ? words.stockedLoaner : words.stocked
    case 'labelled':
      return words.labelled(fact.reason ?? '')
    case 'upgraded':
      return words.upgraded(fact.reason ?? '')
  }
}
