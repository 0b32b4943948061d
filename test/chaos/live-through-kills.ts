// A whole desk under load, as `latchkey serve` runs it, of which again and again something is killed.
import { expect, onTestFinished } from 'vitest'
import { addPerson, type World, worldForTest } from '../door/world.ts'
import { until } from '../hardware/until.ts'
import { type Served, startServe } from '../serving.ts'
import { breakThread, type Fault } from './break-thread.ts'
import { clerkAt } from './clerk.ts'
import { type InsistentDoor, insistentDoor, type Told } from './insistent-door.ts'

/** `desk`: the whole process, by SIGKILL. */
export type Kill = 'desk' | Exclude<Fault, 'hang'>

const DOORS = 4
const PEOPLE = 12
/** How often each door must have been answered between two kills. */
const BETWEEN = 3
const LONG = 60_000

export type Lived = {
  answers: number
  events: number
  changes: number
  /** The longest silence that a door heard, for each kill, in milliseconds. */
  silent: { kill: Kill; ms: number }[]
}

/** `wait`: up to so many milliseconds, chosen anew each time, that load goes on before the next kill. */
export async function liveThrough(kills: readonly Kill[], wait: (n: number) => number): Promise<Lived> {
  const world = worldForTest()
  const doors = Array.from({ length: DOORS }, (_, n) => world.addDoor(`door-${n}`))
  const cards = Array.from({ length: PEOPLE }, () => addPerson(world.desk).card)
  const [counter, gate] = [addPerson(world.desk).card, world.addDoor('gate')]
  world.desk.close()

  let served = await start('0')
  onTestFinished(async () => void (await served.stop()))
  const { port } = new URL(served.ready.doors)
  const busy = doors.map((door) => insistentDoor(Number(port), door))
  const gateDoor = insistentDoor(Number(port), gate)
  const all = [...busy, gateDoor]
  for (const [n, door] of busy.entries()) door.work([...cards.slice(n * 2), 'em:0000000001', 'no card'])
  const clerk = clerkAt(world.dataDir, gateDoor, counter)

  function start(doorsPort: string): Promise<Served> {
    const faults = new URL('./faults.ts', import.meta.url)
    const env = { NODE_OPTIONS: `--import=${faults.href}` }
    return startServe(['--doors', `127.0.0.1:${doorsPort}`], { dataDir: world.dataDir, env })
  }

  async function underLoad(): Promise<void> {
    const before = all.map(({ told }) => told.length)
    const isSo = () => all.every(({ told }, n) => told.length >= (before[n] ?? 0) + BETWEEN)
    await until('every door is answered again', isSo, LONG)
  }

  const silent: Lived['silent'] = []
  await underLoad()
  for (const [n, kill] of kills.entries()) {
    await new Promise((resolve) => setTimeout(resolve, wait(n)))
    const killed = performance.now()
    if (kill === 'desk') {
      process.kill(served.ready.pid, 'SIGKILL')
      await served.stop()
      served = await start(port)
    } else {
      await breakThread(world.dataDir, kill)
      await until('a door heard of it', () => all.some(({ silences }) => (silences.at(-1)?.since ?? 0) > killed), LONG)
    }
    await underLoad()
    const since = all.flatMap(({ silences }) => silences.filter((silence) => silence.since > killed))
    silent.push({ kill, ms: Math.round(Math.max(...since.map(({ lasted }) => lasted))) })
  }

  await clerk.goHome()
  for (const door of all) await door.rest()
  expect(await served.stop()).toBe(0)
  expect([...clerk.faults, ...all.flatMap(({ faults }) => faults)]).toEqual([])
  const told = all.flatMap((door) => door.told)
  compare(
    world,
    told,
    all,
    [...doors, gate].map(({ id }) => id),
  )
  const events = all.reduce((sum, door) => sum + door.events(), 0)
  return { answers: told.length, events, changes: clerk.done(), silent }
}

/** The log holds what was answered and acknowledged, each once, and nothing else. */
function compare(world: World, told: readonly Told[], doors: readonly InsistentDoor[], ids: readonly string[]): void {
  const { rows, firstBad } = world.log()
  expect(firstBad).toBeNull()
  const presented = rows.filter(({ presentation_id: id }) => id !== null)
  const kept = presented.map((row) => `${row.door_id} ${row.presentation_id} ${row.card_text} ${row.answer}`)
  expect(kept.sort()).toEqual(told.map(({ door, id, card, text }) => `${door} ${id} ${card} ${text}`).sort())
  for (const { answer, receipt, granted } of presented)
    expect(JSON.parse(String(answer))).toMatchObject({ receipt, grant: granted === 1 })
  for (const [n, door] of doors.entries()) {
    const uploaded = rows.filter(({ door_id: id, presentation_id: asked }) => id === ids[n] && asked === null)
    const numbers = uploaded.map(({ inputs }) => JSON.parse(String(inputs)).n)
    expect(numbers).toEqual(Array.from({ length: door.events() }, (_, at) => at + 1))
  }
}
