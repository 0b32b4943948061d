// Photos of people: set, taken off, and read. What comes in is bytes that a stranger may have made, and is looked through.
import type { Args, Reply } from '../../preload/contract.ts'
import { peopleRefusals } from '../domain/people-en.ts'
import { photoFault } from '../domain/photo.ts'
import { noPhoto, photoRefusals } from '../domain/photos-en.ts'
import { memberById } from '../store/members.ts'
import { insertPhoto, photoOf, photoVersions } from '../store/photos.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { personHere } from './person-here.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

export function setPhoto(deps: DeskDeps, { id, jpeg }: Args<'members.setPhoto'>): Result<Reply<'members.setPhoto'>> {
  const person = personHere(deps, id)
  if (!person.ok) return person
  const picture = Buffer.from(jpeg, 'base64')
  const fault = picture.toString('base64') === jpeg ? photoFault(picture) : 'no-jpeg'
  if (fault !== null) return refuse('bad-request', photoRefusals[fault])
  change(deps, id, picture)
  return done({ ok: true })
}

/** Also of somebody who was put away: nobody has to come back for their photo to go. */
export function removePhoto(deps: DeskDeps, id: string): Result<Reply<'members.removePhoto'>> {
  const person = memberById(deps.desk, id)
  if (person === null) return refuse('not-found', peopleRefusals.noMember)
  if (photoOf(deps.desk, id) === null) return refuse('wrong-state', noPhoto(person.name))
  change(deps, id, null)
  return done({ ok: true })
}

function change(deps: DeskDeps, memberId: string, picture: Buffer | null): void {
  const { db, newId, operator } = deps.live
  db.transaction(() => {
    insertPhoto(db, { id: newId(), memberId, at: deps.now(), origin: deps.deskId, operator, picture })
    recordAction(deps, picture === null ? 'photo-removed' : 'photo-set', memberId)
  }).immediate()
  deps.live.push('members', {})
}

export function listPhotos({ desk }: ReadDeps): Reply<'members.photos'> {
  return Object.fromEntries(photoVersions(desk))
}

export function readPhoto({ desk }: ReadDeps, id: string): Result<Reply<'members.photo'>> {
  const photo = photoOf(desk, id)
  if (photo !== null) return done({ version: photo.version, jpeg: photo.picture.toString('base64') })
  const person = memberById(desk, id)
  return refuse('not-found', person === null ? peopleRefusals.noMember : noPhoto(person.name))
}
