// What a simulated controller has in its flash: the list, its numbers and what waits to be told, in one file.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import type { KeptList } from './held-list.ts'
import type { KeptNumbers } from './kept-events.ts'

export type Remembered = { list: KeptList | null; events: KeptNumbers }

export type DoorMemory = {
  /** Null where there is nothing yet, or it was under another key. */
  load(): Remembered | null
  save(remembered: Remembered): void
}

type Stored = Remembered & { version: 1; door: string; key: string }

/** Throws an Error with a sentence for people where the file is none of this door's. */
export function openDoorMemory(file: string, { id, key }: { id: string; key: string }): DoorMemory {
  // Enough to tell two keys apart, of no use for making either.
  const keyMark = createHash('sha256').update(`latchkey-memory|${id}|${key}`).digest('hex').slice(0, 16)

  const memory: DoorMemory = {
    load() {
      const stored = read(file)
      if (stored !== null && stored.door !== id)
        throw new Error(`The state in ${file} is of the door "${stored.door}": give "${id}" a file of its own.`)
      return stored?.key === keyMark ? stored : null
    },
    save(remembered) {
      const stored: Stored = { version: 1, door: id, key: keyMark, ...remembered }
      write(file, JSON.stringify(stored))
    },
  }
  const before = memory.load()
  if (before !== null) return memory
  memory.save({ list: null, events: { last: 0, counted: false, lostTo: 0, events: [] } })
  return memory
}

function read(file: string): Stored | null {
  let text: string
  try {
    text = fs.readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Error(`The state file ${file} cannot be read: ${(error as Error).message}.`)
  }
  try {
    const stored = JSON.parse(text) as Stored
    if (stored.version === 1 && typeof stored.door === 'string' && Array.isArray(stored.events.events)) return stored
  } catch {}
  throw new Error(`The file ${file} is no state of a simulated door: name another, or remove it.`)
}

/** Whole or not at all, and on the disk before anything that stands on it happens. */
function write(file: string, text: string): void {
  const fresh = `${file}.new`
  try {
    const handle = fs.openSync(fresh, 'w', 0o600)
    try {
      fs.writeFileSync(handle, text)
      fs.fsyncSync(handle)
    } finally {
      fs.closeSync(handle)
    }
    fs.renameSync(fresh, file)
  } catch (error) {
    throw new Error(`The state file ${file} cannot be written: ${(error as Error).message}.`)
  }
}
