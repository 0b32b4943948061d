// What presentations are found by in access.db (presentations.ts): its migrations call it too.
import { hash } from 'node:crypto'

/** A whole number of 48 bits; now and then two presentations have the same. */
export function presentationKey(doorId: string, presentationId: string): number {
  return hash('sha256', `${doorId} ${presentationId}`, 'buffer').readUIntBE(0, 6)
}
