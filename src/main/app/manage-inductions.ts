// Inductions that there are; which door asks for them: restrict-door.ts.
import type { Args } from '../../preload/contract.ts'
import type { Induction } from '../../preload/shapes-access.ts'
import { inductionRefusals } from '../domain/access-en.ts'
import {
  allInductions,
  removeInduction as deleteInduction,
  doorsAsking,
  saveInduction as storeInduction,
} from '../store/inductions.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { tellOfAccess } from './tell-of-access.ts'

export function listInductions({ desk: db }: ReadDeps): Induction[] {
  return allInductions(db).map(({ id, name }) => ({ id, name, doors: doorsAsking(db, id) }))
}

export function saveInduction(deps: DeskDeps, asked: Args<'inductions.save'>): Result<Induction> {
  const { db, newId } = deps.live
  const name = asked.name.trim()
  const inductions = allInductions(db)
  if (asked.id !== undefined && !inductions.some(({ id }) => id === asked.id))
    return refuse('not-found', inductionRefusals.noInduction)
  if (name === '') return refuse('bad-request', inductionRefusals.noName)
  const same = inductions.find((one) => one.name.toLocaleLowerCase() === name.toLocaleLowerCase())
  if (same !== undefined && same.id !== asked.id) return refuse('taken', inductionRefusals.nameTaken(same.name))
  const id = asked.id ?? newId()
  db.transaction(() => {
    storeInduction(db, { id, name }, deps.now())
    recordAction(deps, 'induction-saved', id, { name })
  }).immediate()
  tellOfAccess(deps)
  return done({ id, name, doors: doorsAsking(db, id) })
}

/** Whoever had it has it no more. Never one that a door asks for: that would open the door. */
export function removeInduction(deps: DeskDeps, id: string): Result<{ ok: true }> {
  const { db } = deps.live
  const induction = allInductions(db).find((one) => one.id === id)
  if (induction === undefined) return refuse('not-found', inductionRefusals.noInduction)
  const doors = doorsAsking(db, id)
  if (doors.length > 0) return refuse('wrong-state', inductionRefusals.inUse(doors))
  db.transaction(() => {
    deleteInduction(db, id)
    recordAction(deps, 'induction-removed', id, { name: induction.name })
  }).immediate()
  tellOfAccess(deps)
  return done({ ok: true })
}
