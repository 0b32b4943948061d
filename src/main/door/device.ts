// One device at work: its doors are kept in step with their lists, holds are renewed, and what it asks is answered by the same
// rules as any other swipe.
import { type Device, type DeviceOptions, DeviceSilent } from '../../../hardware/controller.ts'
import { type DeviceConfig, holdsCards } from '../domain/device-config.ts'
import type { DeviceOutcome, DeviceState } from '../domain/door-questions.ts'
import { fromWallClock, SECOND, toLocal, wallClock } from '../domain/time.ts'
import type { DecisionNotice } from '../store/access-log.ts'
import { storedTo } from '../store/device-cards.ts'
import type { StoredDevice } from '../store/devices.ts'
import { orderAt } from '../store/door-orders.ts'
import { type Door, doorById, formOf } from '../store/doors.ts'
import { allHolidays } from '../store/schedules.ts'
import { readSettings } from '../store/settings.ts'
import type { AnswerDeps, Answerer, DoorAnswer, Presentation } from './answer.ts'
import { presentationOf, takeDeviceEvents } from './device-events.ts'
import { createDoorSync, type DoorSync } from './device-sync.ts'
import type { RecordedAnswer } from './link.ts'
import type { DoorLists } from './list.ts'

/** A hold is a lease of at most a minute at the device. */
const HOLD_EVERY = 15 * SECOND

export type DeviceDeps = AnswerDeps & {
  lists: DoorLists
  answer: Answerer
  /** The driver of a configuration; it tells of itself by `options.events`. Rejects with a sentence. */
  openDevice(config: DeviceConfig, options: DeviceOptions): Promise<Device>
  onState(state: DeviceState): void
  onAnswer(recorded: RecordedAnswer): void
  onRows(rows: readonly DecisionNotice[]): void
  onFailure(what: string, error: unknown): void
}

export type RunningDevice = {
  serves(doorId: string): boolean
  isOnline(): boolean
  /** What desk.db says of its doors now. */
  follow(devices: readonly StoredDevice[]): void
  /** One round; at once another one as long as there is something to do. */
  work(): Promise<DeviceOutcome>
  /** A round in which all that it holds is read anew. */
  readAgain(doorId: string): Promise<DeviceOutcome>
  open(door: Door): Promise<DeviceOutcome>
  present(door: Door, canonical: string): Promise<DoorAnswer | null>
  close(): Promise<void>
}

type AtDoor = { sync: DoorSync; stored: StoredDevice; heldAt: number | null }

/** `key` names the device in the log. Rejects where it cannot be opened, having told why. */
export async function runDevice(
  deps: DeviceDeps,
  key: string,
  devices: readonly [StoredDevice, ...StoredDevice[]],
): Promise<RunningDevice> {
  const { desk, access, now } = deps
  const zone = readSettings(desk).timeZone
  const doors = new Map<string, AtDoor>()
  let state: Omit<DeviceState, 'doorId'> = { online: false, trouble: null }
  let closed = false

  const told = (change: Partial<typeof state>) => {
    const before = JSON.stringify(state)
    state = { ...state, ...change }
    if (JSON.stringify(state) === before) return
    for (const { doorId } of devices) deps.onState({ doorId, ...state })
  }

  const device = await deps
    .openDevice(devices[0].config, {
      doors: devices.map(({ doorId, config }) => {
        const { openMs = 3_000, format = null } = doorById(desk, doorId) ?? {}
        return { id: doorId, output: config.driver === 'uhppote' ? config.output : 1, openMs, format }
      }),
      now,
      wall: (at) => wallClock(at, zone),
      fromWall: (wall) => fromWallClock(wall, zone) ?? now(),
      storedTo: storedTo(access, key),
      holidays: () => {
        const today = toLocal(now(), zone).day.date
        return allHolidays(desk).flatMap(({ day }) => (day >= today ? [day] : []))
      },
      events: {
        heard(news) {
          if (!state.online) for (const { sync } of doors.values()) sync.readAgain()
          told({ ...news, online: true })
        },
        lost: () => told({ online: false }),
        trouble: (trouble) => told({ trouble }),
        asked: ({ door: id, card, ...event }) => {
          const door = doorById(desk, id)
          if (door !== null)
            void asked(door, { id: presentationOf(key, event), card: textAt(door, card), format: formOf(door) })
        },
        happened: (events) => deps.onRows(takeDeviceEvents(deps, key, events, textAt)),
      },
    })
    .catch((error) => {
      told({ trouble: error instanceof Error ? error.message : String(error) })
      throw error
    })

  /** One at a time; at once another one as long as there is something to do. */
  function lane(work: (doorId: string, door: AtDoor) => Promise<boolean>) {
    let turn: Promise<DeviceOutcome> | null = null
    const each = async () => {
      let more = false
      for (const [doorId, door] of doors) if (await work(doorId, door)) more = true
      return more
    }
    const lane = {
      now: () => turn,
      work(): Promise<DeviceOutcome> {
        if (closed) return Promise.resolve('none')
        turn ??= each()
          .then((more) => {
            if (more) setImmediate(lane.work)
            return 'done' as const
          })
          .catch((error) => {
            if (!(error instanceof DeviceSilent)) deps.onFailure(`Keeping ${key} in step`, error)
            return 'silent' as const
          })
          .finally(() => {
            turn = null
          })
        return turn
      },
    }
    return lane
  }

  const away = lane(async (_doorId, { stored, sync }) => holdsCards(stored.config) && sync.takeAway())
  const round = lane(async (doorId, door) => {
    const more = holdsCards(door.stored.config) && (await door.sync.run(door.stored))
    if (door.stored.adoptedAt !== null) await hold(doorId, door)
    return more
  })

  async function hold(doorId: string, door: AtDoor): Promise<void> {
    const isHeld = orderAt(desk, doorId, now())?.mode === 'held-open'
    if (!isHeld && door.heldAt === null) return
    if (isHeld && door.heldAt !== null && performance.now() - door.heldAt < HOLD_EVERY) return
    await (isHeld ? device.holdOpen(doorId) : device.lock(doorId))
    door.heldAt = isHeld ? performance.now() : null
  }

  function asked(door: Door, presentation: Presentation): Promise<unknown> {
    return decide(door, presentation).catch((error) => deps.onFailure(`Answering at ${door.id}`, error))
  }

  /** Null where this presentation was answered before. */
  async function decide(door: Door, presentation: Presentation): Promise<DoorAnswer | null> {
    const answered = await deps.answer(door, presentation, (answer) => answer)
    if (answered.kind === 'conflict' || answered.recorded === null) return null
    deps.onAnswer({ door, answer: answered.answer, cardText: presentation.card, ...answered.recorded })
    if (answered.answer.grant) await device.open(door.id, door.openMs)
    return answered.answer
  }

  /** As the door writes it; a number that stands for nobody with the zeros that its form asks for. */
  function textAt(door: Door, card: string): string {
    const text = doors.get(door.id)?.sync.textOf(card) ?? card
    const digits = /^\dH(\d+)D$/.exec(door.format ?? '')?.[1]
    return digits !== undefined && /^\d+$/.test(text) ? text.padStart(Number(digits), '0') : text
  }

  const running: RunningDevice = {
    serves: (doorId) => doors.has(doorId),
    isOnline: () => state.online,
    follow(stored) {
      for (const one of stored) {
        const known = doors.get(one.doorId)
        const sync = known?.sync ?? createDoorSync(deps, device, one.doorId)
        doors.set(one.doorId, { sync, stored: one, heldAt: known?.heldAt ?? null })
      }
    },
    work() {
      void away.work()
      return round.work()
    },
    async readAgain(doorId) {
      await round.now()
      doors.get(doorId)?.sync.readAgain()
      return round.work()
    },
    async open(door) {
      try {
        await device.open(door.id, door.openMs)
        return 'done'
      } catch (error) {
        if (error instanceof DeviceSilent) return 'silent'
        throw error
      }
    },
    present: (door, card) =>
      decide(door, { id: presentationOf(key, { n: null, at: now() }), card, format: 'canonical' }),
    async close() {
      closed = true
      await device.close()
    },
  }
  running.follow(devices)
  return running
}
