// The text of a file of cards taken apart: its columns by their names in the first line, in whatever order.
import { CsvError, parse } from 'csv-parse/sync'
import { IMPORT_BYTES, IMPORT_LINES } from '../../preload/shapes-cards.ts'
import { type Column, columnNamed, separatorOf } from '../domain/card-file.ts'
import { importWords as words } from '../domain/card-file-en.ts'
import { done, type Result, refuse } from './result.ts'

/** Empty where the file says nothing. */
export type FileLine = { line: number; values: Partial<Record<Column, string>> }
export type CardFile = { lines: FileLine[]; unused: string[] }

type Record_ = { record: string[]; info: { lines: number } }

export function readCardFile(text: string): Result<CardFile> {
  if (new TextEncoder().encode(text).length > IMPORT_BYTES) return refuse('bad-request', words.tooLarge)
  // What no decoder of UTF-8 and no table writes.
  if (/[\uFFFD\0]/.test(text)) return refuse('bad-request', words.notText)
  const records = recordsOf(text)
  if (typeof records === 'string') return refuse('bad-request', records)
  const [first, ...rest] = records
  const columns = first?.record.map(columnNamed) ?? []
  if (!columns.includes('card')) return refuse('bad-request', words.noColumns)
  if (rest.length === 0) return refuse('bad-request', words.noLines)
  if (rest.length > IMPORT_LINES) return refuse('bad-request', words.tooLong)
  return done({
    lines: rest.map(({ record, info }) => ({ line: info.lines, values: valuesOf(columns, record) })),
    unused: first?.record.filter((name, n) => columns[n] === null && name !== '') ?? [],
  })
}

function recordsOf(text: string): Record_[] | string {
  try {
    return parse(text, {
      bom: true,
      delimiter: separatorOf(/^[^\r\n]*/.exec(text)?.[0] ?? ''),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: IMPORT_LINES + 2,
      trim: true,
    }) as unknown as Record_[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return words.quotes(Number(error.lines ?? 1))
  }
}

function valuesOf(columns: readonly (Column | null)[], record: readonly string[]): FileLine['values'] {
  const values: FileLine['values'] = {}
  for (const [n, column] of columns.entries()) {
    const value = record[n] ?? ''
    if (column !== null && value !== '') values[column] ??= value
  }
  return values
}
