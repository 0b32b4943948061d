// A hash chain over log rows: an edited, missing or reordered row breaks every hash after it.
import { hash } from 'node:crypto'

/** What the first row of a chain names as its predecessor. */
export const CHAIN_START = ''

/** Of a row, as SQLite keeps it. */
export type Field = string | number | null

/** What a row's hash is made of: the predecessor's hash and the row's fields in their fixed order, as JSON. */
export function chainText(previous: string, fields: readonly Field[]): string {
  return JSON.stringify([previous, ...fields.map(asStored)])
}

/** SHA-256 of it, lower-case hex. */
export function chainHash(text: string): string {
  return hash('sha256', text)
}

/** SQLite keeps UTF-8, which has no halves of surrogate pairs: hashed is what will be read back. */
function asStored(field: Field): Field {
  return typeof field === 'string' ? field.toWellFormed() : field
}

export type ChainRow = { seq: number; previous: string; hash: string; fields: readonly Field[] }

export type ChainVerdict = { rows: number; firstBad: number | null }

/** Walks a chain from its start; `firstBad` is the sequence number of the first row that does not fit, or null. */
export function verifyChain(rows: Iterable<ChainRow>): ChainVerdict {
  const walk = walkChain(rows)
  for (;;) {
    const { done, value } = walk.next()
    if (done) return value
  }
}

/** As long as a breath may be waited for: some ten milliseconds. */
const ROWS_AT_ONCE = 1_000

/** The same, for a log of any length beside other work. */
export async function verifyChainGently(rows: Iterable<ChainRow>, breathe: () => Promise<void>): Promise<ChainVerdict> {
  const walk = walkChain(rows)
  for (;;) {
    const { done, value } = walk.next()
    if (done) return value
    if (value % ROWS_AT_ONCE === 0) await breathe()
  }
}

/** Yields how many rows fitted so far. */
function* walkChain(rows: Iterable<ChainRow>): Generator<number, ChainVerdict> {
  let previous = CHAIN_START
  let count = 0
  for (const row of rows) {
    count += 1
    if (row.seq !== count || row.previous !== previous || row.hash !== chainHash(chainText(previous, row.fields))) {
      return { rows: count, firstBad: row.seq }
    }
    previous = row.hash
    yield count
  }
  return { rows: count, firstBad: null }
}
