// Somebody who is not to be named in the list of who is in, and is counted all the same.
import type { Args, Reply } from '../../preload/contract.ts'
import { hiddenPeople, insertHidden } from '../store/hidden.ts'
import type { DeskDeps } from './deps.ts'
import { personHere } from './person-here.ts'
import { recordAction } from './record-action.ts'
import { done, type Result } from './result.ts'

export function setHidden(
  deps: DeskDeps,
  { id, hidden }: Args<'members.setHidden'>,
): Result<Reply<'members.setHidden'>> {
  const { db, newId, operator } = deps.live
  const person = personHere(deps, id)
  if (!person.ok) return person
  if (hiddenPeople(db).has(id) === hidden) return done({ ok: true })
  db.transaction(() => {
    insertHidden(db, { id: newId(), memberId: id, hidden, at: deps.now(), origin: deps.deskId, operator })
    recordAction(deps, hidden ? 'member-hidden' : 'member-shown', id)
  }).immediate()
  deps.live.push('members', {})
  return done({ ok: true })
}
