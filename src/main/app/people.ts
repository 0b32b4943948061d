// People as the desk writes them down: made, changed, put away, brought back. Nobody is ever deleted.
import type { Args, Reply } from '../../preload/contract.ts'
import type { MemberRow } from '../../preload/shapes.ts'
import { isEmail } from '../domain/details.ts'
import { type Member, normaliseEmail, normaliseName } from '../domain/member.ts'
import { cleanName, LONGEST_NAME } from '../domain/name.ts'
import { peopleRefusals } from '../domain/people-en.ts'
import { stripeEmailsOf } from '../store/customer-links.ts'
import { barsAt } from '../store/door-orders.ts'
import { entitlementsOfMember } from '../store/entitlements.ts'
import {
  addEmail,
  emailsOf,
  insertMember,
  knownByEmail,
  knownByPhone,
  memberById,
  nameMember,
  removeEmail,
  setArchived,
} from '../store/members.ts'
import { hasLiveMembership } from '../store/membership-seats.ts'
import { personNow } from '../store/people-merge.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { activeCardsOf, memberRows } from './member-views.ts'
import { recordAction } from './record-action.ts'
import { refreshSearch } from './refresh-search.ts'
import { done, type Result, refuse } from './result.ts'
import { tellOfPeople } from './tell-of-people.ts'

export function rowOf(deps: ReadDeps, member: Member): MemberRow {
  const now = deps.now()
  const [row] = memberRows(deps.desk, [member], now, (id) => entitlementsOfMember(deps.desk, id, now))
  if (row === undefined) throw new Error(`Showing member ${member.id}: there is no row`)
  return row
}

/** Whoever shares an email or the phone is shown first, so that nobody is made twice by accident. */
export function createMember(deps: DeskDeps, asked: Args<'members.create'>): Result<Reply<'members.create'>> {
  const { db, newId } = deps.live
  const name = cleanName(asked.name)
  const phone = cleanName(asked.phone ?? '') || null
  const emails = asked.emails.map(cleanName).filter((email) => email !== '')
  const bad = emails.find((email) => !isEmail(email))
  if (name === '') return refuse('bad-request', peopleRefusals.noName)
  if (name.length > LONGEST_NAME) return refuse('bad-request', peopleRefusals.longName(LONGEST_NAME))
  if (bad !== undefined) return refuse('bad-request', peopleRefusals.badEmail(bad))
  if (asked.same !== undefined && asked.same !== 'new') {
    const same = memberById(db, asked.same)
    if (same === null || personNow(db, same.id) !== same.id) return refuse('not-found', peopleRefusals.noMember)
    if (same.archivedAt !== null) bringBack(deps, same.id)
    reachToo(deps, same.id, emails)
    return done({ member: rowOf(deps, same), candidates: [] })
  }
  const alike = [...emails.flatMap((email) => knownByEmail(db, email)), ...knownByPhone(db, phone)]
  const byName = barredNamesakes(deps, name).filter(({ id }) => alike.every((member) => member.id !== id))
  const known = [...new Map(alike.map((member) => [member.id, member])).values()]
  // Whoever only has the name of somebody reads along, and is not to learn how that one is reached.
  const candidates = [
    ...known.map((member) => rowOf(deps, member)),
    ...byName.map((member) => ({ ...rowOf(deps, member), emails: [] })),
  ]
  if (candidates.length > 0 && asked.same !== 'new') return done({ member: null, candidates })
  const now = deps.now()
  const member: Member = { id: newId(), name, phone, createdAt: now, archivedAt: null }
  db.transaction(() => {
    insertMember(db, member, deps.deskId)
    nameMember(db, member.id, { name, phone }, now)
    for (const email of emails) addEmail(db, member.id, email, now)
    refreshSearch(db, member.id, now)
    recordAction(deps, 'member-created', member.id)
  }).immediate()
  tellOfPeople(deps)
  return done({ member: rowOf(deps, member), candidates: [] })
}

/** Another address makes nobody a new person whom a bar is not against. */
function barredNamesakes(deps: ReadDeps, name: string): Member[] {
  const barred = barsAt(deps.desk, deps.now()).flatMap(({ memberId }) => memberById(deps.desk, memberId) ?? [])
  return barred.filter((member) => normaliseName(member.name) === normaliseName(name))
}

/** Somebody who is here gave other addresses this time: those reach them too. */
function reachToo(deps: DeskDeps, id: string, emails: readonly string[]): void {
  const { db } = deps.live
  db.transaction(() => {
    if (emails.filter((email) => addEmail(db, id, email, deps.now())).length === 0) return
    refreshSearch(db, id, deps.now())
    recordAction(deps, 'member-changed', id, { fields: ['addEmail'] })
  }).immediate()
  tellOfPeople(deps)
}

export function updateMember(deps: DeskDeps, asked: Args<'members.update'>): Result<Reply<'members.update'>> {
  const { db } = deps.live
  const now = deps.now()
  const member = memberById(db, asked.id)
  if (member === null) return refuse('not-found', peopleRefusals.noMember)
  const name = asked.name === undefined ? member.name : cleanName(asked.name)
  const phone = asked.phone === undefined ? member.phone : cleanName(asked.phone ?? '') || null
  const added = asked.addEmail === undefined ? null : cleanName(asked.addEmail)
  if (name === '') return refuse('bad-request', peopleRefusals.noName)
  // What Stripe calls somebody may be longer, and is no reason against other changes.
  if (name.length > LONGEST_NAME && name !== member.name)
    return refuse('bad-request', peopleRefusals.longName(LONGEST_NAME))
  if (added !== null && !isEmail(added)) return refuse('bad-request', peopleRefusals.badEmail(added))
  const had = (emailsOf(db, [member.id]).get(member.id) ?? []).map(normaliseEmail)
  if (asked.removeEmail !== undefined && !had.includes(normaliseEmail(asked.removeEmail)))
    return refuse('not-found', peopleRefusals.noEmail(member.name))
  if (asked.removeEmail !== undefined && stripeEmailsOf(db, member.id).includes(normaliseEmail(asked.removeEmail)))
    return refuse('wrong-state', peopleRefusals.stripeEmail(member.name))
  db.transaction(() => {
    if (name !== member.name || phone !== member.phone) nameMember(db, member.id, { name, phone }, now)
    if (added !== null) addEmail(db, member.id, added, now)
    if (asked.removeEmail !== undefined) removeEmail(db, member.id, asked.removeEmail)
    refreshSearch(db, member.id, now)
    const { id: _, ...what } = asked
    recordAction(deps, 'member-changed', member.id, { fields: Object.keys(what) })
  }).immediate()
  tellOfPeople(deps)
  return done(rowOf(deps, { ...member, name, phone }))
}

/** Out of the lists; everything about them stays. */
export function archiveMember(deps: DeskDeps, id: string): Result<Reply<'members.archive'>> {
  const { db } = deps.live
  const now = deps.now()
  const member = memberById(db, id)
  if (member === null) return refuse('not-found', peopleRefusals.noMember)
  if (member.archivedAt !== null) return refuse('wrong-state', peopleRefusals.archived(member.name))
  if (hasLiveMembership(db, id, now)) return refuse('wrong-state', peopleRefusals.live(member.name))
  if (activeCardsOf(db, [id], now).has(id)) return refuse('wrong-state', peopleRefusals.cards(member.name))
  db.transaction(() => {
    setArchived(db, id, now)
    recordAction(deps, 'member-archived', id)
  }).immediate()
  tellOfPeople(deps)
  return done({ ok: true })
}

export function restoreMember(deps: DeskDeps, id: string): Result<Reply<'members.restore'>> {
  const { db } = deps.live
  const member = memberById(db, id)
  if (member === null) return refuse('not-found', peopleRefusals.noMember)
  if (personNow(db, id) !== id) return refuse('wrong-state', peopleRefusals.merged(member.name))
  if (member.archivedAt === null) return refuse('wrong-state', peopleRefusals.notArchived(member.name))
  bringBack(deps, id)
  return done({ ok: true })
}

function bringBack(deps: DeskDeps, id: string): void {
  const { db } = deps.live
  db.transaction(() => {
    setArchived(db, id, null)
    refreshSearch(db, id, deps.now())
    recordAction(deps, 'member-restored', id)
  }).immediate()
  tellOfPeople(deps)
}
