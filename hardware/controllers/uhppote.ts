// A UHPPOTE board (UT0311-L0x) with up to four doors. It asks us about every swipe while we live ("PC control"), and goes by
// its own cards 30 s after we fall silent; so these are kept as they should be. Until it is taken over it is only read.
import type { Change, Device, DeviceOptions } from '../controller.ts'
import { createCards } from './uhppote-cards.ts'
import { createEvents } from './uhppote-events.ts'
import type { EventRecord, Status } from './uhppote-frames.ts'
import { naive } from './uhppote-meaning.ts'
import { createProfiles } from './uhppote-profiles.ts'
import { hearPushes } from './uhppote-pushes.ts'
import { addDays, opensAt } from './uhppote-rights.ts'
import { createUpkeep, isOther, nameOf } from './uhppote-upkeep.ts'
import { openWire } from './uhppote-wire.ts'
import { writtenBy } from './written.ts'

export type UhppoteOptions = DeviceOptions & {
  address: string
  port: number
  serial: number
  /** Where this computer hears of swipes: what the board is told. 0.0.0.0 is whichever of its addresses the board sees. */
  listen: { host: string; port: number }
  pace?: Partial<Pace>
}

/** Milliseconds between two statuses and before a question is repeated, and how often it is asked. */
export type Pace = { poll: number; retry: number; tries: number }

const USUAL: Pace = { poll: 1_000, retry: 300, tries: 10 }
/** A status is asked for less often than anything else, and so many in a row without a reply mean that it is gone: about
 * five seconds. */
const STATUS_TRIES = 5
const GONE = 3

type About = 'port' | 'serial' | 'other-desk' | 'set-up' | 'clock' | 'full'

/** What is said to the whole board is said when the first of its doors is taken over; at the others its own cards decide
 * until they are, too. */
export function openUhppote(options: UhppoteOptions): Device {
  const { address, port, serial, listen, doors, now, wall, events } = options
  const pace = { ...USUAL, ...options.pace }
  // Two ways, so that nobody at a door waits for a long list to be read.
  const wire = openWire({ address, port, serial, ...pace })
  const urgent = openWire({ address, port, serial, ...pace })
  const troubles = new Map<About, string>()
  const taken = new Set<string>()
  let isOnline = false
  let missed = 0
  let version: string | null = null
  let boards = ''
  let closedLately: readonly string[] = []
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let polling: Promise<void> | null = null
  let isUrged = false
  let turn: Promise<unknown> = Promise.resolve()

  const trouble = (about: About, sentence: string | null) => {
    const before = [...troubles.values()][0] ?? null
    if (sentence === null) troubles.delete(about)
    else troubles.set(about, sentence)
    const first = [...troubles.values()][0] ?? null
    if (first !== before && !closed) events.trouble(first)
  }

  const today = () => wall(now()).slice(0, 10)
  const profiles = createProfiles(wire)
  const cards = createCards({
    wire,
    profiles,
    doors,
    today,
    holidays: closedDays,
    onFull: (sentence) => trouble('full', sentence),
  })
  const ours = async () => ({
    address: listen.host === '0.0.0.0' ? (await wire.ends()).ours : listen.host,
    port: listen.port,
  })
  const ourDoors = () => doors.filter(({ id }) => taken.has(id))
  const upkeep = createUpkeep({ doors: ourDoors, now, wall, wire, ours, trouble })
  const happenings = createEvents({
    ...options,
    wire,
    doors: ourDoors,
    lastDay: async (number) => (cards.known(number) ?? (await cards.get(number)))?.to,
    foreign: (swipe) => void letIn(swipe).catch(() => {}),
    forgot: upkeep.forgot,
  })
  const pushes = hearPushes(listen.host, listen.port, {
    serial,
    hear: heard,
    trouble: (sentence) => trouble('port', sentence),
  })

  function heard(push: Status, from: string): void {
    if (taken.size === 0 || closed || from !== boards) return
    happenings.pushed(push)
    pollSoon()
  }

  /** Yesterday's count too: what would have begun then would run on into this morning. */
  function closedDays(): readonly string[] {
    const yesterday = addDays(today(), -1)
    closedLately = [...closedLately.filter((day) => day === yesterday), ...options.holidays()]
    return closedLately
  }

  /** At a door that is not ours its own cards decide, as they did before. */
  async function letIn({ number, door, at }: EventRecord): Promise<void> {
    const record = await cards.get(number)
    if (record !== null && opensAt(await cards.rightAt(record, door), at)) await urgent.order('open-door', { door })
  }

  async function answered(told: Status): Promise<void> {
    if (!isOnline) upkeep.forgot()
    isOnline = true
    missed = 0
    trouble('serial', null)
    boards = (await wire.ends()).boards
    version ??= (await wire.ask('get-device', {})).version
    const clockOff = told.clock === '' ? {} : { clockOff: naive(told.clock) - naive(wall(now())) }
    events.heard({ firmware: `${Number(version.slice(0, 2))}.${version.slice(2)}`, ...clockOff })
    if (taken.size === 0) return
    happenings.told(told)
    await upkeep.keep(told)
  }

  async function unanswered(): Promise<void> {
    missed += 1
    if (missed % GONE > 0 || closed) return
    if (missed === GONE) events.lost()
    isOnline = false
    version = null
    const there = await wire.whoIsThere().catch(() => serial)
    if (there !== serial)
      trouble(
        'serial',
        `At ${address}:${port} is board ${there}, not ${serial}. Correct its serial number or its address.`,
      )
  }

  async function poll(): Promise<void> {
    const told = await wire.ask('get-status', {}, { tries: STATUS_TRIES }).catch(() => null)
    await (told === null ? unanswered() : answered(told))
  }

  function pollSoon(): void {
    clearTimeout(timer)
    isUrged = polling !== null
    if (closed || isUrged) return
    polling = poll()
      .catch(() => {})
      .finally(() => {
        polling = null
        // What did not answer is asked again at once, until it is clear that it is gone.
        const isSoon = isUrged || (missed > 0 && missed < GONE)
        if (!closed) timer = setTimeout(pollSoon, isSoon ? 0 : pace.poll)
      })
  }

  /** What reads or changes cards is done one after another. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work)
    turn = result.catch(() => {})
    return result
  }

  function outputOf(id: string): number {
    const door = doors.find((one) => one.id === id)
    if (door === undefined || !taken.has(id)) throw new Error(`The door ${id} was not taken over.`)
    return door.output
  }

  const open = async (id: string) => urgent.order('open-door', { door: outputOf(id) })

  pollSoon()
  return {
    keepsHours: true,
    written: (card) => writtenBy('uhppote', card, null),
    termsOf: (_, wanted) => cards.termsOf(wanted),
    read: () =>
      inTurn(async () => {
        const mine = await ours()
        const set = await wire.ask('get-listener', {})
        const isOurs = nameOf(set) === nameOf(mine)
        return {
          cards: await cards.read(),
          otherDesk: !isOurs && isOther(set) ? nameOf(set) : null,
          newest: (await wire.ask('get-status', {})).index,
        }
      }),
    takeOver(door, replaces) {
      taken.add(door)
      upkeep.takeOver(replaces)
      pollSoon()
    },
    apply: (changes: readonly Change[]) =>
      inTurn(async () => {
        const held = []
        for (const change of changes) {
          outputOf(change.door)
          held.push(await cards.apply(change))
        }
        return held
      }),
    open,
    async holdOpen(id) {
      await upkeep.beginHold(outputOf(id))
      await open(id)
    },
    async lock(id) {
      await upkeep.endHold(outputOf(id))
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await Promise.all([wire.close(), urgent.close(), pushes.close()])
      await polling
    },
  }
}
