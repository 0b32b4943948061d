// What a line of a file of cards will do, by the same rules as one card at the desk; or why it does nothing.
import type { ImportLine } from '../../preload/shapes-cards.ts'
import { yesOrNo } from '../domain/card-file.ts'
import { importWords as words } from '../domain/card-file-en.ts'
import { readCard } from '../domain/card-identity.ts'
import { cardRefusals } from '../domain/cards-en.ts'
import { type Member, normaliseName } from '../domain/member.ts'
import { textAtDoor } from '../store/door-list.ts'
import { allDoors } from '../store/doors.ts'
import { allMembers, memberById } from '../store/members.ts'
import { LONGEST_LABEL, mayStock } from './card-stock.ts'
import { cardFromText, cardRow } from './card-text.ts'
import type { ReadDeps } from './deps.ts'
import { findMember, mayEnrol } from './enrol-card.ts'
import type { FileLine } from './read-card-file.ts'
import { done, type Result, refuse } from './result.ts'

/** `stock`: it is put into stock first, or only. `former`: who had it last. */
export type Planned = {
  canonical: string
  member: Member | null
  former: string | null
  loaner: boolean
  stock: boolean
  label: string | undefined
}

/** Lines in the order of the file: a card that one has is not there for the next. */
export type Planner = (line: FileLine) => Result<Planned>

export function planCardFile(deps: ReadDeps): Planner {
  const findPerson = personFinder(deps)
  const lineOf = new Map<string, number>()
  const formats = allDoors(deps.desk).flatMap(({ name, format }) => (format === null ? [] : [{ name, format }]))
  return ({ line, values }) => {
    if (values.card === undefined) return refuse('bad-request', words.noCard)
    const card = cardFromText(values.card, values.form)
    if (!card.ok) return card
    const canonical = card.value
    const before = lineOf.get(canonical)
    if (before !== undefined) return refuse('taken', words.twice(before))
    const person = findPerson(values)
    if (!person.ok) return person
    const loaner = yesOrNo(values.loaner ?? '')
    if (loaner === null) return refuse('bad-request', words.yesOrNo(values.loaner ?? ''))
    const planned = plan(deps, { canonical, member: person.value, loaner, label: values.label })
    if (!planned.ok) return planned
    const marks = [canonical]
    // Who gets a card: one in stock opens nothing.
    for (const { name, format } of planned.value.member === null ? [] : formats) {
      const text = textAtDoor(canonical, format)
      const alike = text === undefined ? undefined : lineOf.get(`${name} ${text}`)
      if (alike !== undefined) return refuse('taken', words.alike(name, alike))
      if (text !== undefined) marks.push(`${name} ${text}`)
    }
    for (const mark of marks) lineOf.set(mark, line)
    return planned
  }
}

function plan(deps: ReadDeps, line: Omit<Planned, 'stock' | 'former'>): Result<Planned> {
  const { canonical, member, loaner, label } = line
  if (label !== undefined && label.length > LONGEST_LABEL) return refuse('bad-request', cardRefusals.longLabel)
  const now = cardRow(deps, canonical)
  // A loaner that lies in stock already is only lent.
  const stock = member === null || (loaner && !(now.loaner && now.member === null))
  if (stock) {
    const may = mayStock(deps, canonical, { loaner, label })
    if (!may.ok) return may
  }
  if (member !== null) {
    const may = mayEnrol(deps, member.id, canonical, { lend: loaner })
    if (!may.ok && may.refusal.detail !== undefined)
      return refuse(may.refusal.code, words.question(may.refusal.sentence))
    if (!may.ok) return may
  }
  return done({ ...line, stock, former: now.member?.id ?? null })
}

export function plannedLine({ line, values }: FileLine, planned: Result<Planned>): ImportLine {
  const card = values.card ?? ''
  const sentence = planned.ok ? sentenceOf(planned.value) : planned.refusal.sentence
  const read = planned.ok || values.form !== undefined ? null : readCard(card)
  const forms = read === null || read.ok ? [] : read.readings.map(({ form }) => form)
  return { line, card, fits: planned.ok, sentence, forms }
}

function sentenceOf({ member, loaner, label }: Planned): string {
  if (member !== null) return words.labelled(loaner ? words.lends(member.name) : words.gives(member.name), label)
  return words.labelled(loaner ? words.stocksLoaner : words.stocks, label)
}

/** By id, email or name, whichever the line says; nobody where it says none. */
function personFinder(deps: ReadDeps): (values: FileLine['values']) => Result<Member | null> {
  const named = new Map<string, Member[]>()
  for (const member of allMembers(deps.desk)) {
    const key = normaliseName(member.name)
    named.set(key, [...(named.get(key) ?? []), member])
  }
  return ({ id, email, member, name }) => {
    const text = id ?? email ?? member ?? name
    if (text === undefined) return done(null)
    if (text.includes('@') || memberById(deps.desk, text) !== null) return findMember(deps.desk, text)
    const [only, ...others] = named.get(normaliseName(text)) ?? []
    if (only === undefined) return refuse('not-found', words.nobody(text))
    return others.length === 0 ? done(only) : refuse('ambiguous', words.several(text))
  }
}
