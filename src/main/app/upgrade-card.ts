// "The same card as …?" Yes: a card that was enrolled by a short number was seen whole, and is known whole from now on.
// A door that shows the short number goes on finding it (store/door-snapshot.ts).

import type { CardRow } from '../../preload/shapes.ts'
import { isLossy, projections } from '../domain/card-identity.ts'
import { cardRefusals as refusals } from '../domain/cards-en.ts'
import { credentialAt } from '../domain/credential.ts'
import { credentialByCanonical, credentialId, renameCredential } from '../store/credentials.ts'
import { cardRow } from './card-text.ts'
import type { DeskDeps } from './deps.ts'
import { addFact } from './enrol-card.ts'
import { recordAction } from './record-action.ts'
import { refreshSearch } from './refresh-search.ts'
import { done, type Result, refuse } from './result.ts'

export function upgradeCard(deps: DeskDeps, short: string, whole: string): Result<CardRow> {
  const { db } = deps.live
  const card = credentialByCanonical(db, short)
  const { memberId } = credentialAt(card?.facts ?? [], deps.now())
  if (!isLossy(short)) return refuse('wrong-state', refusals.notShort)
  if (card === null || memberId === null) return refuse('not-found', refusals.nobodyHas(short))
  if (!projections(whole).includes(short)) return refuse('wrong-state', refusals.notThisOne(whole))
  if (credentialId(db, whole) !== null) return refuse('wrong-state', refusals.knownWhole(whole))
  db.transaction(() => {
    renameCredential(db, card.id, whole)
    addFact(deps, whole, { kind: 'upgraded', at: deps.now(), from: short })
    refreshSearch(db, memberId, deps.now())
    recordAction(deps, 'card-upgraded', whole, { member: memberId, from: short })
  }).immediate()
  deps.live.push('members', {})
  return done(cardRow(deps, whole))
}
