// Whom another rule would treat differently, as a file that spreadsheets open.
import type { Args, Reply } from '../../preload/contract.ts'
import type { WhatIfRow } from '../../preload/shapes-what-if.ts'
import { type CsvColumn, csvOf } from '../domain/csv.ts'
import { whatIfColumns as columns } from '../domain/what-if-en.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result } from './result.ts'
import { replaySwipes } from './what-if-replay.ts'

export async function whatIfCsv(deps: ReadDeps, asked: Args<'whatIf.csv'>): Promise<Result<Reply<'whatIf.csv'>>> {
  const replayed = await replaySwipes(deps, asked, Number.POSITIVE_INFINITY)
  if (!replayed.ok) return replayed
  return done({ name: 'what-if.csv', csv: csvOf(replayed.value.rows, CELLS) })
}

const said = ({ grant, words }: WhatIfRow['was']) => `${grant ? 'let in' : 'refused'}: ${words}`

const CELLS: readonly CsvColumn<WhatIfRow>[] = [
  [columns.name, ({ member }) => member.name],
  [columns.door, ({ door }) => door.name],
  [columns.first, ({ first }) => first],
  [columns.last, ({ last }) => last],
  [columns.count, ({ count }) => count],
  [columns.was, ({ was }) => said(was)],
  [columns.would, ({ would }) => said(would)],
  [columns.sentence, ({ sentence }) => sentence],
]
