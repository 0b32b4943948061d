// Readers on the way out: without one nobody is seen to leave, and whoever came in once could not come in again.
import { allDoors, type Door } from '../store/doors.ts'
import type { ReadDb } from '../store/open.ts'

/** Names of the doors that let nobody in twice and have no other way out than this one to go by. */
export function goBy(db: ReadDb, door: Door): string[] {
  const others = allDoors(db).filter(({ id }) => id !== door.id)
  if (door.direction !== 'out' || others.some(({ direction }) => direction === 'out')) return []
  return others.filter(({ antiPassback }) => antiPassback).map(({ name }) => name)
}
