// One list engine for all kinds: newest first by (created, seq), filters, `created` ranges and both cursors.
import { invalid, missing } from './api-error.ts'
import { type Param, type Params, text, whole } from './params.ts'
import type { Row } from './state.ts'

export type Filters<T> = Record<string, (record: T, value: Param) => boolean>

/** Parameters of every list besides its own filters. */
export const LIST_PARAMS = {
  limit: true,
  starting_after: true,
  ending_before: true,
  expand: [true],
} as const

type Listed = { id: string; created: number }

export type Page<T> = { data: T[]; hasMore: boolean }

/** `visible` says what the list shows when nothing is asked for; cursors may point at anything that is there. */
export function listPage<T extends Listed>(
  rows: Iterable<Row<T>>,
  noun: string,
  params: Params,
  filters: Filters<T>,
  visible: (record: T) => boolean,
): Page<T> {
  const limit = whole(params, 'limit') ?? 10
  if (limit < 1 || limit > 100) {
    throw invalid(`Invalid limit: must be from 1 to 100, it is ${limit}.`, 'limit', 'parameter_invalid_integer')
  }
  const after = text(params, 'starting_after')
  const before = text(params, 'ending_before')
  if (after !== undefined && before !== undefined) {
    throw invalid('You can only use one of starting_after and ending_before.', 'ending_before')
  }
  const everything = Array.from(rows)
  const cursorId = after ?? before
  const cursor = cursorId === undefined ? undefined : everything.find(({ record }) => record.id === cursorId)
  if (cursorId !== undefined && cursor === undefined) {
    throw missing(noun, cursorId, after === undefined ? 'ending_before' : 'starting_after')
  }
  const wanted = Object.entries(filters).flatMap(([name, matches]) => {
    const value = params[name]
    return value === undefined ? [] : [(record: T) => matches(record, value)]
  })
  const found = everything
    .filter((row) => visible(row.record) && wanted.every((matches) => matches(row.record)))
    .toSorted(newestFirst)
  if (cursor === undefined) return cut(found, limit)
  if (before === undefined)
    return cut(
      found.filter((row) => newestFirst(cursor, row) < 0),
      limit,
    )
  const newer = found.filter((row) => newestFirst(row, cursor) < 0)
  return { data: newer.slice(-limit).map(({ record }) => record), hasMore: newer.length > limit }
}

function cut<T>(rows: Row<T>[], limit: number): Page<T> {
  return { data: rows.slice(0, limit).map(({ record }) => record), hasMore: rows.length > limit }
}

function newestFirst(a: Row<Listed>, b: Row<Listed>): number {
  return b.record.created - a.record.created || b.seq - a.seq
}

/** `created=N` or `created[gte]=N` and the like. */
export function inRange(value: number | null, param: Param, name: string): boolean {
  if (value === null) return false
  if (typeof param === 'string') return value === whole({ [name]: param }, name)
  const bound = (word: string) => whole(param, word)
  const [gt, gte, lt, lte] = [bound('gt'), bound('gte'), bound('lt'), bound('lte')]
  return (
    (gt === undefined || value > gt) &&
    (gte === undefined || value >= gte) &&
    (lt === undefined || value < lt) &&
    (lte === undefined || value <= lte)
  )
}
