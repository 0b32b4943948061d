// What presentations are found by in access.db (presentations.ts): its migrations call it too.
import { hash } from 'node:crypto'

const BYTES = 6

/** So many keys there are. */
export const KEYS = 2 ** (8 * BYTES)

/** A whole number below KEYS; now and then two presentations have the same. */
export function presentationKey(doorId: string, presentationId: string): number {
  return hash('sha256', `${doorId} ${presentationId}`, 'buffer').readUIntBE(0, BYTES)
}
