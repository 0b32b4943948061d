// One list engine for all kinds: newest first by (created, seq), filters, `created` ranges and both cursors.
import { invalid, missing } from './api-error.ts'
import { type Param, type Params, text, whole } from './params.ts'
import type { Shelf } from './shelf.ts'

export type Filters<T> = Record<string, (record: T, value: Param) => boolean>

type Listed = { id: string; created: number }

export type Page<T> = { data: T[]; hasMore: boolean }

/** Walks from the cursor, or from the end of the `created` range, and stops when the page is full. */
export function listPage<T extends Listed>(
  shelf: Shelf<T>,
  noun: string,
  params: Params,
  wanted: (record: T) => boolean,
): Page<T> {
  const { limit, after, before } = cursors(params)
  const [from, to] = range(shelf, params.created)
  const place = (id: string, name: string) => {
    const row = shelf.get(id)
    if (row === undefined) throw missing(noun, id, name)
    return shelf.position(row)
  }
  if (before === undefined) {
    const start = after === undefined ? to : Math.min(to, place(after, 'starting_after'))
    return walk(shelf, start - 1, from - 1, -1, limit, wanted)
  }
  const start = Math.max(from, place(before, 'ending_before') + 1)
  const page = walk(shelf, start, to, 1, limit, wanted)
  return { ...page, data: page.data.toReversed() }
}

function walk<T extends Listed>(
  shelf: Shelf<T>,
  from: number,
  end: number,
  step: 1 | -1,
  limit: number,
  wanted: (record: T) => boolean,
): Page<T> {
  const data: T[] = []
  for (let position = from; (end - position) * step > 0; position += step) {
    const record = shelf.at(position)
    if (record === undefined || !wanted(record)) continue
    if (data.length === limit) return { data, hasMore: true }
    data.push(record)
  }
  return { data, hasMore: false }
}

/** A page of what hangs on another object and stands in an order of its own. */
export function nestedPage<T extends { id: string }>(items: readonly T[], noun: string, params: Params): Page<T> {
  const { limit, after, before } = cursors(params)
  const place = (id: string, name: string) => {
    const position = items.findIndex((item) => item.id === id)
    if (position < 0) throw missing(noun, id, name)
    return position
  }
  if (before !== undefined) {
    const end = place(before, 'ending_before')
    return { data: items.slice(Math.max(0, end - limit), end), hasMore: end > limit }
  }
  const start = after === undefined ? 0 : place(after, 'starting_after') + 1
  return { data: items.slice(start, start + limit), hasMore: items.length > start + limit }
}

/** Throws what Stripe refuses. */
export function cursors(params: Params): { limit: number; after: string | undefined; before: string | undefined } {
  const limit = whole(params, 'limit') ?? 10
  if (limit < 1 || limit > 100) {
    const how =
      limit < 1
        ? 'This value must be greater than or equal to 1.'
        : 'This value must be less than or equal to 100 (the limit).'
    throw invalid(`Invalid integer: ${limit}. ${how}`, 'limit', 'parameter_invalid_integer')
  }
  const [after, before] = [text(params, 'starting_after'), text(params, 'ending_before')]
  if (after !== undefined && before !== undefined) {
    throw invalid('You can only use one of starting_after and ending_before.', 'ending_before')
  }
  return { limit, after, before }
}

/** Positions from which and up to which the rows lie in the `created` range. */
function range<T extends Listed>(shelf: Shelf<T>, created: Param | undefined): [from: number, to: number] {
  if (created === undefined) return [0, shelf.size]
  const { least, most } = bounds(created, 'created')
  return [shelf.before(least), shelf.before(most + 1)]
}

/** `created=N` or `created[gte]=N` and the like, in whole seconds, both ends included. */
export function bounds(param: Param, name: string): { least: number; most: number } {
  if (typeof param === 'string') {
    const only = whole({ [name]: param }, name) ?? 0
    return { least: only, most: only }
  }
  const bound = (word: string, shift: number, none: number) => (whole(param, word) ?? none) + shift
  return {
    least: Math.max(bound('gte', 0, Number.NEGATIVE_INFINITY), bound('gt', 1, Number.NEGATIVE_INFINITY)),
    most: Math.min(bound('lte', 0, Number.POSITIVE_INFINITY), bound('lt', -1, Number.POSITIVE_INFINITY)),
  }
}

export function inRange(value: number | null, param: Param, name: string): boolean {
  const { least, most } = bounds(param, name)
  return value !== null && value >= least && value <= most
}
