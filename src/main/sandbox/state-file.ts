// The sandbox's state on disk: one JSON file, written whole beside the old one and renamed over it.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { random } from './random.ts'
import type { Kind } from './records.ts'
import { emptyWorld, type Row, type World } from './state.ts'

/** What is kept: `offset` in milliseconds, the random state instead of the generator, tables as lists. */
type Saved = {
  version: 1
  offset: number
  random: number
  world: Omit<World, 'chance' | 'tables' | 'events' | 'purses' | 'replies' | 'request' | 'changes'>
  tables: Record<Kind, Row<never>[]>
  events: [string, never][]
  purses: [string, never][]
  replies: [string, never][]
}

/** Throws one plain sentence when it cannot be written. */
export function saveState(file: string, world: World, offset: number): void {
  const { at, eventsFrom, seq, agenda, chance, tables, events, purses, replies } = world
  const text = JSON.stringify({
    version: 1,
    offset,
    random: chance.state(),
    world: { at, eventsFrom, seq, agenda },
    tables: Object.fromEntries(Object.entries(tables).map(([kind, table]) => [kind, [...table.values()]])),
    events: [...events],
    purses: [...purses],
    replies: [...replies],
  })
  try {
    const beside = `${file}.new`
    writeDurably(beside, text)
    renameSync(beside, file)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`The sandbox's state cannot be written to ${file}: ${why}`, { cause: error })
  }
}

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, 'w', 0o600)
  try {
    writeFileSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Null when there is no file yet. Throws one plain sentence when it is there and cannot be used. */
export function loadState(file: string): { world: World; offset: number } | null {
  if (!existsSync(file)) return null
  try {
    return restore(JSON.parse(readFileSync(file, 'utf8')) as Saved)
  } catch (error) {
    throw new Error(
      `The sandbox's state in ${file} cannot be read; delete that file to begin anew, or put a good copy in its place.`,
      { cause: error },
    )
  }
}

function restore(saved: Saved): { world: World; offset: number } {
  const { at, eventsFrom, seq, agenda } = saved.world
  const numbers = [saved.offset, saved.random, at, eventsFrom, seq]
  if (saved.version !== 1 || !numbers.every(Number.isFinite) || !Array.isArray(agenda)) throw new Error('wrong shape')
  const world = emptyWorld(at, eventsFrom, random(saved.random))
  for (const kind of Object.keys(world.tables) as Kind[]) {
    const table = world.tables[kind] as Map<string, Row<{ id: string }>>
    for (const row of saved.tables[kind] as Row<{ id: string }>[]) table.set(row.record.id, row)
  }
  return {
    offset: saved.offset,
    world: {
      ...world,
      seq,
      agenda,
      events: new Map(saved.events),
      purses: new Map(saved.purses),
      replies: new Map(saved.replies),
    },
  }
}
