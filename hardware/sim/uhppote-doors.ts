// The four doors of a simulated UHPPOTE board: lock, sensor, exit button, and what can switch that button off.
import type { DoorMode } from '../controllers/uhppote-fields.ts'
import { REASON } from './uhppote-reasons.ts'

/** Which doors shut each other out, by the number of an interlock (uhppote-simulator, doors.go). */
const INTERLOCKS: readonly (readonly (readonly number[])[])[] = [
  [],
  [
    [1, 2],
    [3, 4],
  ],
  [
    [1, 3],
    [2, 4],
  ],
  [[1, 2, 3]],
  [[1, 2, 3, 4]],
]
const USUAL_DELAY = 5

type Door = { mode: DoorMode; delay: number; unlockedTo: number; isOpen: boolean }

/** What a test, or whoever steers it, can do at its doors, from 1 to 4. */
export type DoorHandles = {
  isUnlocked(door: number): boolean
  /** False: it did nothing, and nobody gets out. */
  pressExit(door: number): boolean
  /** Somebody pulls: opens where it is unlocked, and is forced where it is not. */
  openDoor(door: number): void
  /** Opened by a crowbar. */
  force(door: number): void
  closeDoor(door: number): void
  /** Nobody closes it. */
  leaveOpen(door: number): void
  fire(): void
}

export type SimDoors = DoorHandles & {
  /** False: it may not be opened now. */
  unlock(door: number): boolean
  control(door: number): Pick<Door, 'mode' | 'delay'> | null
  setControl(door: number, mode: DoorMode, delay: number): void
  setInterlock(interlock: number): boolean
  inputs(): { open: boolean[]; buttons: boolean[]; relays: number }
  powerOff(): void
}

export function createDoors(now: () => number, tell: (reason: number, door: number) => void): SimDoors {
  const doors = Array.from(
    { length: 4 },
    (): Door => ({ mode: 'controlled', delay: USUAL_DELAY, unlockedTo: 0, isOpen: false }),
  )
  let interlock = 0
  const at = (door: number) => doors[door - 1]

  const isUnlocked = (door: number) => {
    const { mode, unlockedTo } = at(door) ?? { mode: 'controlled', unlockedTo: 0 }
    return mode === 'normally-open' || now() < unlockedTo
  }

  function isBarred(door: number): boolean {
    const others = INTERLOCKS[interlock]?.find((some) => some.includes(door)) ?? []
    return at(door)?.mode === 'normally-closed' || others.some((other) => other !== door && at(other)?.isOpen)
  }

  function unlock(door: number): boolean {
    const one = at(door)
    if (one === undefined || isBarred(door)) return false
    one.unlockedTo = now() + one.delay * 1_000
    return true
  }

  function setOpen(door: number, isOpen: boolean): void {
    const one = at(door)
    if (one !== undefined) one.isOpen = isOpen
  }

  return {
    isUnlocked,
    unlock,
    pressExit(door) {
      const isFree = unlock(door)
      tell(isFree ? REASON.button : REASON.exitRefused, door)
      return isFree
    },
    openDoor(door) {
      setOpen(door, true)
      tell(isUnlocked(door) ? REASON.opened : REASON.forced, door)
    },
    force(door) {
      setOpen(door, true)
      tell(REASON.forced, door)
    },
    closeDoor(door) {
      setOpen(door, false)
      tell(REASON.closed, door)
    },
    leaveOpen(door) {
      setOpen(door, true)
      tell(REASON.openTooLong, door)
    },
    fire: () => tell(REASON.fire, 1),
    control: (door) => at(door) ?? null,
    setControl(door, mode, delay) {
      const one = at(door)
      if (one !== undefined) Object.assign(one, { mode, delay })
    },
    setInterlock(wanted) {
      if (INTERLOCKS[wanted] === undefined) return false
      interlock = wanted
      return true
    },
    inputs: () => ({
      open: doors.map(({ isOpen }) => isOpen),
      buttons: doors.map(() => false),
      relays: doors.reduce((bits, _, n) => bits | (isUnlocked(n + 1) ? 1 << n : 0), 0),
    }),
    powerOff() {
      for (const one of doors) one.unlockedTo = 0
    },
  }
}
