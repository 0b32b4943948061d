// The sandbox's state on disk: one JSON file, written whole beside the old one and renamed over it.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { random } from './random.ts'
import type { EventRecord, Kind, Records } from './records.ts'
import { emptyWorld, NO_REQUEST, putRow, type World } from './state.ts'

/**
 * What is kept: `offset` in milliseconds, the random state instead of the generator, maps as lists under `map`. Each record
 * stands once in `records`, for one object may be a row and part of several events; rows and events hold its number.
 */
type Saved = {
  version: 2
  offset: number
  random: number
  world: Omit<World, 'chance' | 'tables' | 'events' | 'invoicesOf' | 'request' | 'changes'>
  records: unknown[]
  tables: { [K in Kind]?: [seq: number, record: number][] }
  events: { seq: number; event: Omit<EventRecord, 'before' | 'after'>; before: number | null; after: number }[]
}

/** Throws one plain sentence when it cannot be written. */
export function saveState(file: string, world: World, offset: number): void {
  const { chance, tables, events, invoicesOf, request, changes, ...rest } = world
  const numbers = new Map<unknown, number>()
  const numberOf = (record: unknown): number => {
    const number = numbers.get(record) ?? numbers.size
    numbers.set(record, number)
    return number
  }
  const savedTables = Object.entries(tables).map(([kind, table]) => {
    return [kind, [...table.values()].map(({ seq, record }) => [seq, numberOf(record)])]
  })
  const savedEvents = Array.from(events.values(), ({ seq, record: { before, after, ...event } }) => {
    return { seq, event, before: before && numberOf(before), after: numberOf(after) }
  })
  const saved = {
    version: 2,
    offset,
    random: chance.state(),
    world: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, packed(value)])),
    records: [...numbers.keys()],
    tables: Object.fromEntries(savedTables),
    events: savedEvents,
  }
  const text = JSON.stringify(saved)
  try {
    const beside = `${file}.new`
    mkdirSync(dirname(file), { recursive: true })
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

function packed(value: unknown): unknown {
  return value instanceof Map ? { map: [...value] } : value
}

function unpacked(value: unknown): unknown {
  const isMap = typeof value === 'object' && value !== null && 'map' in value && Array.isArray(value.map)
  return isMap ? new Map(value.map as [unknown, unknown][]) : value
}

function restore(saved: Saved): { world: World; offset: number } {
  const { at, eventsFrom, seq } = saved.world
  const numbers = [saved.offset, saved.random, at, eventsFrom, seq]
  if (saved.version !== 2 || !numbers.every(Number.isFinite)) throw new Error('wrong shape')
  const empty = emptyWorld(at, eventsFrom, random(saved.random))
  const kept = Object.fromEntries(Object.entries(saved.world).map(([name, value]) => [name, unpacked(value)]))
  const world: World = { ...empty, ...kept, request: NO_REQUEST }
  for (const kind of Object.keys(world.tables) as Kind[]) fill(world, kind, saved)
  const record = (number: number) => saved.records[number] as Records[Kind]
  for (const { seq, event, before, after } of saved.events) {
    const told = { ...event, before: before === null ? null : record(before), after: record(after) }
    world.events.set(event.id, { seq, record: told })
  }
  return { offset: saved.offset, world }
}

function fill<K extends Kind>(world: World, kind: K, { tables, records }: Saved): void {
  for (const [seq, number] of tables[kind] ?? []) putRow(world, kind, { seq, record: records[number] as Records[K] })
}
