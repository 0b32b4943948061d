// Takes back what a file of cards said, but of cards that somebody has changed since.
import type { Args } from '../../preload/contract.ts'
import type { ImportUndone } from '../../preload/shapes-cards.ts'
import { importWords as words } from '../domain/card-file-en.ts'
import { cardsOfImport, factsOfImport, type ImportedCard, importExists, withdrawFact } from '../store/card-imports.ts'
import { cardRow } from './card-text.ts'
import type { DeskDeps } from './deps.ts'
import { breath, inParts } from './import-cards.ts'
import { recordAction } from './record-action.ts'
import { refreshSearch } from './refresh-search.ts'
import { done, type Result, refuse } from './result.ts'

export async function undoImport(deps: DeskDeps, { id }: Args<'cards.undoImport'>): Promise<Result<ImportUndone>> {
  const { db } = deps.live
  if (!importExists(db, id)) return refuse('not-found', words.noImport)
  const cards = cardsOfImport(db, id)
  if (cards.length === 0) return refuse('wrong-state', words.undone)
  let undone = 0
  for (const some of inParts(cards)) {
    db.transaction(() => {
      const touched = new Set<string>()
      for (const { credentialId } of some) {
        // Read again: others at the desk go on meanwhile.
        const [card] = cardsOfImport(db, id, credentialId)
        if (card === undefined || card.changed === 1) continue
        takeBack(deps, id, card)
        if (card.memberId !== null) touched.add(card.memberId)
        undone += 1
      }
      for (const who of touched) refreshSearch(db, who, deps.now())
    }).immediate()
    await breath()
  }
  deps.live.push('members', {})
  return done({ undone, kept: cardsOfImport(db, id).map(({ canonical }) => cardRow(deps, canonical)) })
}

function takeBack(deps: DeskDeps, importId: string, { credentialId, canonical, memberId }: ImportedCard): void {
  const { db, newId, operator } = deps.live
  const at = deps.now()
  // The newest first, so that what is left is a story at every moment.
  for (const withdraws of factsOfImport(db, importId, credentialId).toReversed())
    withdrawFact(db, { id: newId(), credentialId, withdraws, at, origin: deps.deskId, operator })
  recordAction(deps, 'card-import-undone', canonical, { member: memberId, import: importId })
}
