// How many late payments are gone through: each with whom it is about; one that is not done says why, and never stops the
// others.
import type { Acted, NotActed } from '../../preload/shapes-late.ts'
import type { LateLine } from '../domain/lapsed-report.ts'
import { lateRefusals, notDone } from '../domain/late-actions-en.ts'
import { type Person, peopleBehind } from '../store/membership-seats.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { linesById } from './late-lines.ts'
import { done, type Result, refuse } from './result.ts'

export type AboutLine = { line: LateLine; person: Person }
/** Null: it was done. */
export type WhyNot = string | { sentence: string; again: boolean } | null

/** The oldest first. `undoable`: what is done can be taken back by the act's id. */
export function actOn(
  deps: DeskDeps,
  ids: readonly string[],
  undoable: boolean,
  work: (about: AboutLine, act: string) => WhyNot,
): Result<Acted> {
  if (ids.length === 0) return refuse('bad-request', lateRefusals.nobody)
  const act = deps.live.newId()
  const { found, not } = aboutLines(deps, ids)
  const acted: Acted = { act: null, done: [], not }
  for (const about of found) {
    const why = deps.live.db.transaction(() => work(about, act)).immediate()
    note(acted, about, why)
  }
  if (undoable && acted.done.length > 0) acted.act = act
  deps.live.push('members', {})
  return done(acted)
}

export function note(acted: Acted, { line, person }: AboutLine, why: WhyNot): void {
  const about = { line: line.id, member: { id: person.id, name: person.name } }
  if (why === null) acted.done.push(about)
  else acted.not.push({ ...about, ...(typeof why === 'string' ? { sentence: why, again: false } : why) })
}

/** Each line once, with whom it is about. */
export function aboutLines(deps: ReadDeps, ids: readonly string[]): { found: AboutLine[]; not: NotActed[] } {
  const lines = linesById(deps, ids)
  const memberships = lines.map(({ membershipId }) => membershipId)
  const people = peopleBehind(deps.desk, memberships)
  const known = new Set(lines.map(({ id }) => id))
  const nobody = { id: '', name: '' }
  const not = (line: string, sentence: string) => ({ line, member: nobody, sentence, again: false })
  return {
    found: lines.flatMap((line) => {
      const person = people.get(line.membershipId)
      return person === undefined ? [] : [{ line, person }]
    }),
    not: [
      ...lines.flatMap(({ id, membershipId }) => (people.has(membershipId) ? [] : [not(id, notDone.noPerson)])),
      ...[...new Set(ids)].filter((id) => !known.has(id)).map((id) => not(id, notDone.gone)),
    ],
  }
}
