// The card doctor: what a card is, who has it, and what each door would make of it now.

import type { Reply } from '../../preload/contract.ts'
import type { DoorExam, Suspicion } from '../../preload/shapes-card-doctor.ts'
import { atDoorWords, suspicionWords } from '../domain/card-doctor-en.ts'
import { CARD_FORMS, isLossy, readCard, writtenIn } from '../domain/card-identity.ts'
import { cardRefusals } from '../domain/cards-en.ts'
import { withoutFirstByte } from '../domain/copied-card.ts'
import { credentialsProjectingTo } from '../store/credentials.ts'
import { textAtDoor } from '../store/door-list.ts'
import { allDoors, type Door, formOf } from '../store/doors.ts'
import { memberById } from '../store/members.ts'
import { alikeAt } from './card-collisions.ts'
import { cardRow } from './card-text.ts'
import type { ReadDeps } from './deps.ts'
import { shortOneOf } from './enrol-card.ts'
import { explain } from './explain.ts'
import { onDevice } from './on-device.ts'

export function examineCard(deps: ReadDeps, canonical: string): Reply<'cards.examine'> {
  const { desk } = deps
  const lossy = isLossy(canonical)
  const short = shortOneOf(deps, canonical)
  const others = CARD_FORMS.filter((form) => form !== 'canonical')
  return {
    card: cardRow(deps, canonical),
    forms: Object.fromEntries(
      others.flatMap((form) => [[form, writtenIn(canonical, form)]]).filter(([, text]) => text),
    ),
    lossy,
    mayBe: lossy ? credentialsProjectingTo(desk, canonical).map((one) => cardRow(deps, one.canonical)) : [],
    sameAs:
      short?.member == null ? null : { card: short, sentence: cardRefusals.sameCard(short.member.name, short.short) },
    doors: allDoors(desk).map((door) => atDoor(deps, door, canonical)),
    suspicions: twinsOf(deps, canonical),
  }
}

function atDoor(deps: ReadDeps, door: Door, canonical: string): DoorExam {
  const { id, name, format } = door
  const form = formOf(door)
  const shows = textAtDoor(canonical, format) ?? null
  const about = { id, name, form: form ?? null, shows, part: false, alike: [], device: null }
  const no = { grant: false, reason: null }
  if (shows === null) return { ...about, ...no, sentence: atDoorWords.shownNothing(name, format ?? '') }
  const read = readCard(shows, form)
  const part = read.ok && read.canonical !== canonical
  const alike = alikeAt(deps.desk, format, canonical, deps.now()).map((one) => {
    const member = memberById(deps.desk, one.memberId)
    return { canonical: one.canonical, member: member && { id: member.id, name: member.name } }
  })
  const exam = { ...about, part, alike, device: onDevice(deps, door, shows) }
  const asked = explain(deps, { door: id, card: shows })
  if (!asked.ok) return { ...exam, ...no, sentence: asked.refusal.sentence }
  const { grant, reason, sentence } = asked.value
  const unknownByPart = part && reason === 'unknown-card' && cardRow(deps, canonical).member !== null
  const instead =
    alike.length > 0
      ? atDoorWords.alike(
          name,
          alike.map(({ member }) => member?.name ?? 'somebody'),
        )
      : atDoorWords.partOnly(name)
  return { ...exam, grant, reason, sentence: unknownByPart ? instead : sentence }
}

/** Cards that were ever ours and differ from this one in the first byte alone. */
function twinsOf(deps: ReadDeps, canonical: string): Suspicion[] {
  return twinCards(deps, canonical).flatMap((twin) => {
    const { member } = cardRow(deps, twin)
    return member === null
      ? []
      : [{ kind: 'first-byte' as const, at: null, sentence: suspicionWords.twinKnown(twin, member.name) }]
  })
}

export function twinCards({ desk }: ReadDeps, canonical: string): string[] {
  const rest = withoutFirstByte(canonical)
  const alike = rest === null ? [] : credentialsProjectingTo(desk, rest)
  return alike.map((one) => one.canonical).filter((one) => one !== canonical && withoutFirstByte(one) === rest)
}
