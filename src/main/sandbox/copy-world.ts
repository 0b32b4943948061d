// A copy of the world in which something is done to see what would come of it.
import { random } from './random.ts'
import type { Shelf } from './shelf.ts'
import { emptyWorld, type World } from './state.ts'

/** Records are never changed in place, so the copy may share them. */
export function copyOf(world: World): World {
  const copy = { ...world, ...emptyWorld(world.at, Number.POSITIVE_INFINITY, random(world.chance.state())) }
  for (const [kind, table] of Object.entries(world.tables)) {
    const target = copy.tables[kind as keyof typeof copy.tables] as unknown as Shelf<{ id: string; created: number }>
    for (const [id, row] of table as unknown as typeof target) target.set(id, row)
  }
  return {
    ...copy,
    seq: world.seq,
    invoicesOf: new Map(Array.from(world.invoicesOf, ([id, invoices]) => [id, [...invoices]])),
    agendas: Object.fromEntries(Object.entries(world.agendas).map(([clock, tasks]) => [clock, [...tasks]])),
    purses: new Map(world.purses),
    rules: world.rules,
    onClock: world.onClock,
  }
}
