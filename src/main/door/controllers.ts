// The devices at doors that speak a language of their own: which there are by desk.db, each kept in step with its doors'
// lists, each swipe that one asks about answered by the same rules as any other.
import { type Device, type DeviceOptions, DeviceSilent } from '../../../hardware/controller.ts'
import { isCardForm } from '../domain/card-identity.ts'
import { type DeviceConfig, deviceKey } from '../domain/device-config.ts'
import type { DeviceOutcome, DeviceState } from '../domain/door-questions.ts'
import { fromWallClock, SECOND, toLocal, wallClock } from '../domain/time.ts'
import type { DecisionNotice } from '../store/access-log.ts'
import { storedTo } from '../store/device-cards.ts'
import { allDevices, type StoredDevice } from '../store/devices.ts'
import { orderAt } from '../store/door-orders.ts'
import { type Door, doorById } from '../store/doors.ts'
import { allHolidays } from '../store/schedules.ts'
import { readRevision, readSettings } from '../store/settings.ts'
import type { AnswerDeps, Answerer, DoorAnswer } from './answer.ts'
import { presentationOf, takeDeviceEvents } from './device-events.ts'
import { createDoorSync, type DoorSync } from './device-sync.ts'
import type { RecordedAnswer } from './link.ts'
import type { DoorLists } from './list.ts'

/** How soon a change at the desk is looked at. */
const LOOK_EVERY = 300
/** A hold is a lease of at most a minute at the device. */
const HOLD_EVERY = 15 * SECOND
/** How long a grant is tried to be carried out. */
const OPEN_TRIES = 3
/** What could not be opened, such as a port that another program uses, is tried again after this. */
const OPEN_AGAIN = 5 * SECOND

export type ControllerDeps = AnswerDeps & {
  lists: DoorLists
  answer: Answerer
  /** The driver of a configuration; it tells of itself by `options.events`. */
  openDevice(config: DeviceConfig, options: DeviceOptions): Promise<Device>
  onSeen(doorId: string): void
  onState(state: DeviceState): void
  onAnswer(recorded: RecordedAnswer): void
  onRows(rows: readonly DecisionNotice[]): void
  onFailure(what: string, error: unknown): void
}

export type Controllers = {
  /** Reads all that the device of a door holds, now. */
  read(doorId: string): Promise<DeviceOutcome>
  open(doorId: string): Promise<DeviceOutcome>
  /** A card shown at a reader of ours that belongs to a door. */
  present(doorId: string, canonical: string): Promise<DoorAnswer | null>
  close(): Promise<void>
}

type Running = {
  key: string
  /** What it was opened by; another one opens it anew. */
  by: string
  device: Device
  doors: Map<string, { sync: DoorSync; stored: StoredDevice; heldAt: number | null }>
  isOnline(): boolean
  round: Promise<DeviceOutcome> | null
}

export function startControllers(deps: ControllerDeps): Controllers {
  const { desk, access, now } = deps
  const running = new Map<string, Running>()
  const opening = new Map<string, Promise<void>>()
  let again: NodeJS.Timeout | undefined
  let seen = -1
  let closed = false

  function look(): void {
    try {
      const revision = readRevision(desk)
      if (revision !== seen) follow()
      seen = revision
    } catch (error) {
      deps.onFailure('Looking at the devices', error)
    }
    for (const one of running.values()) void work(one)
  }

  /** Opens, changes and closes what desk.db says. */
  function follow(): void {
    const stored = Map.groupBy(allDevices(desk), ({ config }) => deviceKey(config))
    for (const [key, one] of running) if (byOf(stored.get(key) ?? []) !== one.by) shut(one)
    for (const [key, devices] of stored) {
      const one = running.get(key)
      if (one === undefined && !opening.has(key))
        opening.set(
          key,
          open(key, devices).finally(() => opening.delete(key)),
        )
      else if (one === undefined) continue
      else for (const device of devices) one.doors.set(device.doorId, doorOf(one, device))
    }
  }

  function byOf(devices: readonly StoredDevice[]): string {
    const doors = devices.map(({ doorId, config }) => [doorId, config, doorById(desk, doorId)?.openMs])
    return JSON.stringify([readSettings(desk).timeZone, doors])
  }

  function doorOf(one: Running, stored: StoredDevice) {
    const known = one.doors.get(stored.doorId)
    return {
      sync: known?.sync ?? createDoorSync(deps, one.device, stored.doorId),
      stored,
      heldAt: known?.heldAt ?? null,
    }
  }

  async function open(key: string, devices: readonly StoredDevice[]): Promise<void> {
    const config = devices[0]?.config
    if (config === undefined) return
    const zone = readSettings(desk).timeZone
    const doors = devices.map(({ doorId, config: at }) => ({
      id: doorId,
      output: at.driver === 'uhppote' ? at.output : 1,
      openMs: doorById(desk, doorId)?.openMs ?? 3_000,
    }))
    let state: Omit<DeviceState, 'doorId'> = { online: false, trouble: null }
    const told = (change: Partial<Omit<DeviceState, 'doorId'>>) => {
      const before = JSON.stringify(state)
      state = { ...state, ...change }
      if (JSON.stringify(state) === before) return
      for (const { id } of doors) deps.onState({ doorId: id, ...state })
    }
    const one = () => running.get(key)
    try {
      const device = await deps.openDevice(config, {
        doors,
        now,
        wall: (at) => wallClock(at, zone),
        fromWall: (wall) => fromWallClock(wall, zone) ?? now(),
        storedTo: storedTo(access, key),
        holidays: () => holidaysFrom(zone),
        events: {
          heard(news) {
            if (!state.online) for (const { sync } of one()?.doors.values() ?? []) sync.readAgain()
            told({ ...news, online: true })
            for (const { id } of doors) deps.onSeen(id)
          },
          lost: () => told({ online: false }),
          trouble: (trouble) => told({ trouble }),
          asked: (swipe) => void asked(key, swipe),
          happened: (events) => deps.onRows(takeDeviceEvents(deps, key, events, textAt)),
        },
      })
      const whole: Running = {
        key,
        by: byOf(devices),
        device,
        doors: new Map(),
        isOnline: () => state.online,
        round: null,
      }
      running.set(key, whole)
      for (const stored of devices) whole.doors.set(stored.doorId, doorOf(whole, stored))
      // What changed meanwhile is looked at anew.
      seen = -1
      if (closed) shut(whole)
    } catch (error) {
      deps.onFailure(`Opening ${key}`, error)
      told({ trouble: error instanceof Error ? error.message : String(error) })
      again = setTimeout(() => {
        seen = -1
      }, OPEN_AGAIN)
    }
  }

  function shut(one: Running): void {
    running.delete(one.key)
    one.device.close().catch((error) => deps.onFailure(`Closing ${one.key}`, error))
  }

  function holidaysFrom(zone: string): string[] {
    const today = toLocal(now(), zone).day.date
    return allHolidays(desk)
      .map(({ day }) => day)
      .filter((day) => day >= today)
  }

  /** One round of a device at a time; at once another one as long as there is something to do. */
  function work(one: Running): Promise<DeviceOutcome> {
    if (closed) return Promise.resolve('none')
    one.round ??= roundOf(one)
      .then((more) => {
        if (more && running.get(one.key) === one) setImmediate(work, one)
        return 'done' as const
      })
      .catch((error) => {
        if (!(error instanceof DeviceSilent)) deps.onFailure(`Keeping ${one.key} in step`, error)
        return 'silent' as const
      })
      .finally(() => {
        one.round = null
      })
    return one.round
  }

  async function roundOf(one: Running): Promise<boolean> {
    let more = false
    for (const [doorId, door] of one.doors) {
      if (await door.sync.run(door.stored)) more = true
      if (door.stored.adoptedAt !== null) await hold(one, doorId, door)
    }
    return more
  }

  async function hold(one: Running, doorId: string, door: { heldAt: number | null }): Promise<void> {
    const isHeld = orderAt(desk, doorId, now())?.mode === 'held-open'
    if (!isHeld && door.heldAt === null) return
    if (isHeld && door.heldAt !== null && performance.now() - door.heldAt < HOLD_EVERY) return
    await (isHeld ? one.device.holdOpen(doorId) : one.device.lock(doorId))
    door.heldAt = isHeld ? performance.now() : null
  }

  async function asked(
    key: string,
    { door: doorId, card, n, at }: { door: string; card: string; n: number | null; at: number },
  ): Promise<void> {
    const one = running.get(key)
    const door = doorById(desk, doorId)
    if (one === undefined || door === null) return
    const presentation = { id: presentationOf(key, { n, at }), card: textAt(door, card), format: formOf(door) }
    await decide(one, door, presentation).catch((error) => deps.onFailure(`Answering at ${doorId}`, error))
  }

  /** Null where this presentation was answered before. */
  async function decide(one: Running, door: Door, presentation: Parameters<Answerer>[1]): Promise<DoorAnswer | null> {
    const answered = await deps.answer(door, presentation)
    if (answered.kind === 'conflict' || answered.recorded === null) return null
    deps.onAnswer({ door, answer: answered.answer, cardText: presentation.card, ...answered.recorded })
    if (answered.answer.grant) await openNow(one, door)
    return answered.answer
  }

  async function openNow(one: Running, door: Door): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await one.device.open(door.id, door.openMs)
      } catch (error) {
        if (!(error instanceof DeviceSilent) || tries === OPEN_TRIES) throw error
      }
    }
  }

  /** As the door writes it; a number that stands for nobody with the zeros that its form asks for. */
  function textAt(door: Door, card: string): string {
    const text = found(door.id)?.doors.get(door.id)?.sync.textOf(card) ?? card
    const digits = /^\dH(\d+)D$/.exec(door.format ?? '')?.[1]
    return digits !== undefined && /^\d+$/.test(text) ? text.padStart(Number(digits), '0') : text
  }

  function found(doorId: string): Running | undefined {
    return [...running.values()].find(({ doors }) => doors.has(doorId))
  }

  look()
  const timer = setInterval(look, LOOK_EVERY)
  /** One that is quiet by its nature is there all the same. */
  const lamp = setInterval(() => {
    for (const { isOnline, doors } of running.values()) if (isOnline()) for (const id of doors.keys()) deps.onSeen(id)
  }, 20 * SECOND)

  return {
    async read(doorId) {
      look()
      await Promise.all(opening.values())
      const one = found(doorId)
      const door = one?.doors.get(doorId)
      if (one === undefined || door === undefined) return 'none'
      await one.round
      door.sync.readAgain()
      return work(one)
    },
    async open(doorId) {
      const one = found(doorId)
      const door = doorById(desk, doorId)
      if (one === undefined || door === null) return 'none'
      try {
        await openNow(one, door)
        return 'done'
      } catch (error) {
        if (error instanceof DeviceSilent) return 'silent'
        throw error
      }
    },
    async present(doorId, canonical) {
      const one = found(doorId)
      const door = doorById(desk, doorId)
      if (one === undefined || door === null) return null
      return decide(one, door, {
        id: presentationOf(one.key, { n: null, at: now() }),
        card: canonical,
        format: 'canonical',
      })
    },
    async close() {
      closed = true
      clearInterval(timer)
      clearInterval(lamp)
      clearTimeout(again)
      await Promise.all(opening.values())
      await Promise.all([...running.values()].map(({ device }) => device.close().catch(() => {})))
    },
  }
}

function formOf(door: Door) {
  return door.format !== null && isCardForm(door.format) ? door.format : undefined
}
