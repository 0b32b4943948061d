// Keeps a UHPPOTE board that was taken over as it has to be: it tells us of swipes and asks, its clock is right, and its
// doors are locked until somebody is let in. Everything is said again until the board has acknowledged it.
import type { DeviceDoor, DeviceOptions } from '../controller.ts'
import type { Status } from './uhppote-frames.ts'
import { naive } from './uhppote-meaning.ts'
import type { Wire } from './uhppote-wire.ts'

/** Its clock may be wrong by so many milliseconds; it tells whole seconds. */
const CLOCK_MAY_BE_OFF = 3_000
/** So many statuses in a row with a wrong clock mean that it cannot be set. */
const CLOCK_TRIES = 3
/** So often in a row it may fail to do what it is told. */
const SET_UP_TRIES = 3
const NOT_SET_UP = 'The board does not do what it is told. Switch it off and on again.'
const OTHER_DESK = 'Another desk hears of the swipes of this board. Switch it off, and take the door over again.'
/** After so many statuses, of which there is one a second, it is looked at whether somebody changed anything. */
const LOOK_EVERY = 30
/** What nobody repeats ends by itself: so long a door stays unlocked by one order of a hold. */
const HOLD_SECONDS = 30
/** A hold that is not repeated is over after this many milliseconds. */
const HOLD_LASTS = 60_000

export type Listener = { address: string; port: number }

export type UpkeepOptions = Pick<DeviceOptions, 'now' | 'wall'> & {
  wire: Wire
  /** Those that were taken over. */
  doors(): readonly DeviceDoor[]
  ours(): Promise<Listener>
  trouble(about: 'clock' | 'other-desk' | 'set-up', sentence: string | null): void
}

export type Upkeep = {
  /** A manager said so; `replaces` is another desk that hears of swipes and may be put aside. */
  takeOver(replaces: string | null): void
  /** It may have forgotten what it was told. */
  forgot(): void
  /** With every status. May reject with DeviceSilent, and goes on with the next. */
  keep(status: Status): Promise<void>
  /** Stays unlocked for half a minute from each time somebody is let in. */
  beginHold(output: number): Promise<void>
  endHold(output: number): Promise<void>
}

export function createUpkeep({ doors, now, wall, wire, ours, trouble }: UpkeepOptions): Upkeep {
  let replaceable: string | null = null
  let isArmed = false
  let looks = 0
  let wrongClock = 0
  let inVain = 0
  const heldTo = new Map<number, number>()

  async function setClock(status: Status): Promise<void> {
    const off = status.clock === '' ? Number.NaN : naive(status.clock) - naive(wall(now()))
    wrongClock = Math.abs(off) <= CLOCK_MAY_BE_OFF ? 0 : wrongClock + 1
    trouble(
      'clock',
      wrongClock > CLOCK_TRIES ? 'The clock of the board cannot be set. Have its battery changed.' : null,
    )
    if (wrongClock > 0) await wire.ask('set-time', { at: wall(now()) })
  }

  /** True where nobody else hears of its swipes. */
  async function setListener(): Promise<boolean> {
    const mine = await ours()
    const set = await wire.ask('get-listener', {})
    if (set.address === mine.address && set.port === mine.port) return true
    if (isOther(set) && nameOf(set) !== replaceable) return false
    await wire.order('set-listener', { ...mine, interval: 0 })
    const kept = await wire.ask('get-listener', {})
    return kept.address === mine.address && kept.port === mine.port
  }

  async function setDoor(door: number, openMs: number): Promise<void> {
    const fits = (reply: { door: number }) => reply.door === door
    const set = await wire.ask('get-door-control', { door }, { fits })
    // Looked at only now: a hold may have begun or ended meanwhile.
    const isHeld = (heldTo.get(door) ?? 0) > now()
    const wanted = { door, mode: 'controlled', delay: isHeld ? HOLD_SECONDS : secondsOf(openMs) } as const
    if (set.mode === wanted.mode && set.delay === wanted.delay) return
    await wire.ask('set-door-control', wanted, {
      fits: (reply) => fits(reply) && reply.mode === wanted.mode && reply.delay === wanted.delay,
    })
  }

  const setOne = async (output: number) => {
    for (const door of doors()) if (door.output === output) await setDoor(output, door.openMs)
  }

  /** The most needed first: what a board does not know at all holds up only what comes after. */
  async function arm(): Promise<void> {
    inVain += 1
    trouble('set-up', inVain > SET_UP_TRIES ? NOT_SET_UP : null)
    const isOurs = await setListener()
    trouble('other-desk', isOurs ? null : OTHER_DESK)
    await wire.order('set-pc-control', { on: true })
    for (const { output, openMs } of doors()) await setDoor(output, openMs)
    await wire.order('record-special-events', { on: true })
    isArmed = true
    inVain = 0
    trouble('set-up', null)
  }

  return {
    takeOver(replaces) {
      replaceable = replaces
      isArmed = false
    },
    forgot() {
      isArmed = false
    },
    async keep(status) {
      // Where it is not acknowledged, the next status tells.
      await setClock(status).catch(() => {})
      looks = isArmed ? (looks + 1) % LOOK_EVERY : 0
      if (looks === 0) await arm()
    },
    async beginHold(output) {
      heldTo.set(output, now() + HOLD_LASTS)
      await setOne(output)
    },
    async endHold(output) {
      heldTo.delete(output)
      await setOne(output)
    },
  }
}

/** One that is set to hear of swipes and is not us. */
export function isOther({ address, port }: Listener): boolean {
  return address !== '0.0.0.0' && port !== 0
}

export function nameOf({ address, port }: Listener): string {
  return `${address}:${port}`
}

function secondsOf(openMs: number): number {
  return Math.min(255, Math.max(1, Math.ceil(openMs / 1_000)))
}
