// Takes a file of cards in: looked at line by line first, then whatever can be done, under one import that can be undone.

import type { Args } from '../../preload/contract.ts'
import type { ImportLine, ImportPreview, ImportReceipt } from '../../preload/shapes-cards.ts'
import { insertImport } from '../store/card-imports.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { addFact } from './enrol-card.ts'
import { type Planned, planCardFile, plannedLine } from './plan-card-file.ts'
import { readCardFile } from './read-card-file.ts'
import { recordAction } from './record-action.ts'
import { refreshSearch } from './refresh-search.ts'
import { done, type Result } from './result.ts'

/** Lines at a time: nobody else at the desk waits longer than for these. */
const AT_A_TIME = 100

export const breath = () => new Promise<void>((resolve) => setImmediate(resolve))

export async function previewImport(
  deps: ReadDeps,
  { text }: Args<'cards.previewImport'>,
): Promise<Result<ImportPreview>> {
  const file = readCardFile(text)
  if (!file.ok) return file
  const planOf = planCardFile(deps)
  const lines: ImportLine[] = []
  for (const some of inParts(file.value.lines)) {
    lines.push(...some.map((line) => plannedLine(line, planOf(line))))
    await breath()
  }
  return done({ lines, unused: file.value.unused })
}

export async function importCards(
  deps: DeskDeps,
  { name, text }: Args<'cards.import'>,
): Promise<Result<ImportReceipt>> {
  const file = readCardFile(text)
  if (!file.ok) return file
  const { db, newId, operator, push } = deps.live
  const id = newId()
  const planOf = planCardFile(deps)
  const receipt: ImportReceipt = { id: null, given: 0, stocked: 0, refused: [] }
  for (const some of inParts(file.value.lines)) {
    db.transaction(() => {
      const touched = new Set<string>()
      for (const line of some) {
        // Looked at again: others at the desk go on meanwhile.
        const planned = planOf(line)
        if (!planned.ok) {
          receipt.refused.push(plannedLine(line, planned))
          continue
        }
        if (receipt.id === null) insertImport(db, { id, at: deps.now(), origin: deps.deskId, operator, name })
        receipt.id = id
        takeIn(deps, planned.value, id)
        for (const who of [planned.value.member?.id, planned.value.former]) if (who != null) touched.add(who)
        receipt[planned.value.member === null ? 'stocked' : 'given'] += 1
      }
      // Once a person: a file may give somebody very many cards.
      for (const who of touched) refreshSearch(db, who, deps.now())
    }).immediate()
    await breath()
  }
  push('members', {})
  return done(receipt)
}

function takeIn(deps: DeskDeps, { canonical, member, loaner, stock, label }: Planned, importId: string): void {
  const at = deps.now()
  if (stock) addFact(deps, canonical, { kind: 'stocked', at, loaner }, importId)
  if (label !== undefined) addFact(deps, canonical, { kind: 'labelled', at, label }, importId)
  if (member !== null) {
    const given = { memberId: member.id, validFrom: null, validUntil: null, dueAt: null }
    addFact(deps, canonical, { kind: 'enrolled', at, ...given }, importId)
  }
  recordAction(deps, 'card-imported', canonical, { member: member?.id ?? null, import: importId })
}

export function* inParts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += AT_A_TIME) yield rows.slice(from, from + AT_A_TIME)
}
