// The space's waiver: which one is in force, who signed it, and signing it.
import type { Args, Reply } from '../../preload/contract.ts'
import { signerOf } from '../domain/details.ts'
import { waiverRefusals as refusals, waiverWords } from '../domain/details-en.ts'
import { memberStanding } from '../domain/member.ts'
import { cleanName, LONGEST_NAME } from '../domain/name.ts'
import { peopleRefusals } from '../domain/people-en.ts'
import { sayDay } from '../domain/say.ts'
import { signatureFault } from '../domain/signature.ts'
import { waiverAt } from '../domain/waiver.ts'
import { askedDetails, detailsOf } from '../store/details.ts'
import { entitlementsOfMember } from '../store/entitlements.ts'
import { memberById } from '../store/members.ts'
import {
  insertSigning,
  insertWaiver,
  isSigned,
  presentWaiver,
  signedOlder,
  signingsOf,
  waiverOf,
} from '../store/waivers.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { localDay } from './details.ts'
import { personHere } from './person-here.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'

export function readWaiver({ desk }: ReadDeps): Reply<'waiver.get'> {
  const present = presentWaiver(desk)
  if (present === null) return null
  const { version, text, url } = present
  return { version, text, url }
}

export function setWaiver(deps: DeskDeps, asked: Args<'waiver.set'>): Result<Reply<'waiver.get'>> {
  const { db, newId, operator } = deps.live
  const version = asked.version?.trim() ?? null
  const text = version === null ? null : asked.text?.trim() || null
  const url = version === null ? null : asked.url?.trim() || null
  if (version === '') return refuse('bad-request', refusals.noVersion)
  if (version !== null && text === null && url === null) return refuse('bad-request', refusals.noText)
  if (url !== null && !/^https?:\/\/\S+\.\S+$/.test(url)) return refuse('bad-request', refusals.noUrl(url))
  const former = version === null ? null : waiverOf(db, version)
  const otherWords = former !== null && (former.text !== text || former.url !== url)
  if (version !== null && otherWords && isSigned(db, version))
    return refuse('wrong-state', refusals.sameVersion(version))
  db.transaction(() => {
    const by = { id: newId(), origin: deps.deskId, operator }
    insertWaiver(db, { version, text, url, at: deps.now() }, by)
    recordAction(deps, 'waiver-changed', 'space', { version })
  }).immediate()
  deps.live.push('members', {})
  deps.live.push('signUps', {})
  return done(readWaiver(deps))
}

export function memberWaiver(deps: ReadDeps, id: string): Result<Reply<'members.waiver'>> {
  const { desk: db } = deps
  const person = memberById(db, id)
  if (person === null) return refuse('not-found', peopleRefusals.noMember)
  const { due, signing } = standingOf(deps, id)
  const present = readWaiver(deps)
  const said =
    signing && ([signing.version, sayDay(signing.at, voiceOf(deps)), signing.name, signing.as === 'guardian'] as const)
  const sentence =
    present === null || !due
      ? said && waiverWords.signed(...said)
      : said
        ? waiverWords.signedOlder(...said, present.version)
        : waiverWords.notSigned(present.version)
  const signer = signerOf(person.name, detailsOf(db, id), askedDetails(db), localDay(deps))
  return done({ sentence, due, present, signer })
}

/** Whether there is a waiver that they have not signed. */
function standingOf({ desk: db }: ReadDeps, memberId: string): ReturnType<typeof waiverAt> {
  return waiverAt(presentWaiver(db), signingsOf(db, memberId))
}

/** The version that somebody who signs up has to sign first; null for none. */
export function waiverToSign(deps: ReadDeps, memberId: string | null): string | null {
  return memberId !== null && standingOf(deps, memberId).due ? (presentWaiver(deps.desk)?.version ?? null) : null
}

/** Whose membership is over need not sign anything. */
export function membersOfOlderWaiver(deps: ReadDeps): ReturnType<typeof signedOlder> {
  const present = presentWaiver(deps.desk)
  if (present === null) return []
  const now = deps.now()
  return signedOlder(deps.desk, present.version).filter(
    ({ memberId }) => memberStanding(entitlementsOfMember(deps.desk, memberId, now), now).standing !== 'ended',
  )
}

export function signWaiver(deps: DeskDeps, asked: Args<'members.signWaiver'>): Result<Reply<'members.signWaiver'>> {
  const { db, newId, operator } = deps.live
  const { id, version, as, strokes } = asked
  const person = personHere(deps, id)
  if (!person.ok) return person
  const present = presentWaiver(db)
  if (present === null) return refuse('wrong-state', refusals.none)
  if (present.version !== version) return refuse('wrong-state', refusals.other(present.version))
  const name = cleanName(asked.name)
  if (name === '') return refuse('bad-request', refusals.who)
  if (name.length > LONGEST_NAME) return refuse('bad-request', peopleRefusals.longName(LONGEST_NAME))
  const signer = signerOf(person.value.name, detailsOf(db, id), askedDetails(db), localDay(deps))
  if (signer.as !== as)
    return refuse(
      'wrong-state',
      as === 'person' ? refusals.guardian(person.value.name) : refusals.notMinor(person.value.name),
    )
  const fault = strokes === null ? null : signatureFault(strokes)
  if (fault !== null) return refuse('bad-request', fault === 'empty' ? refusals.empty : refusals.tooMuch)
  db.transaction(() => {
    const by = { id: newId(), origin: deps.deskId, operator }
    insertSigning(db, id, { version, at: deps.now(), as, name, strokes }, by)
    recordAction(deps, 'waiver-signed', id, { version, as, drawn: strokes !== null })
  }).immediate()
  deps.live.push('members', {})
  deps.live.push('signUps', {})
  return done({ ok: true })
}
