// Brings what a device holds for one door into step with that door's list: what takes rights away goes first, everything is
// read back, and nothing is written before a manager has taken the device over.
import type { Device, HeldCard, Wanted } from '../../../hardware/controller.ts'
import { writtenBy } from '../../../hardware/controllers/written.ts'
import { onDevice } from '../domain/device-list.ts'
import { HOUR, MINUTE, type Ms, SECOND } from '../domain/time.ts'
import {
  beginDiffering,
  cardsGoneUntil,
  differencesOf,
  dropReceipts,
  noteHeld,
  noteRead,
  setHeld,
  setWanted,
  unwant,
} from '../store/device-cards.ts'
import type { StoredDevice, WithoutHours } from '../store/devices.ts'
import { textsAtDoor, textsEverAtDoor } from '../store/door-list.ts'
import { type Door, doorById } from '../store/doors.ts'
import type { ReadDb, WriteDb } from '../store/open.ts'
import { readRevision, readSettings } from '../store/settings.ts'
import { UNKNOWN_KEPT } from '../store/unknown-cards.ts'
import type { DoorLists } from './list.ts'

/** A device that has to show its whole list to prove a change shows it once for so many. */
const AT_A_TIME = 10
/** What a device did not take is tried again after this. */
const AGAIN = 30 * SECOND
/** A list that changes all the time, as in an import, is not made all the time. */
const LIST_AFTER = SECOND
/** Whoever stands at a board may change it: all that it holds is read anew. */
const READ_EVERY = HOUR

export type SyncDeps = { desk: ReadDb; access: WriteDb; now: () => Ms; lists: DoorLists }

export type DoorSync = {
  /** One round; true where there is more to do at once. Rejects with DeviceSilent. */
  run(stored: StoredDevice): Promise<boolean>
  /** The same for what has to go, beside it: nobody waits for a list to be made, or for a thousand renewals, whose card was
   * reported lost. */
  takeAway(): Promise<boolean>
  /** Everything is read anew in the next round. */
  readAgain(): void
  /** How the door writes a card that the device stores so. */
  textOf(card: string): string
}

export function createDoorSync({ desk, access, now, lists }: SyncDeps, device: Device, doorId: string): DoorSync {
  let readAt: Ms | null = null
  let droppedFrom = -1
  let builtFrom = -1
  let listedAt = 0
  /** What it was taken over with; null: it was not. */
  let takenWith: Pick<StoredDevice, 'replaces'> | null = null
  let wanted = new Map<string, Wanted>()
  let texts = new Map<string, string>()
  /** Cards that it did not take, and when to try again. */
  const refused = new Map<string, Ms>()

  function notedHeld(cards: readonly HeldCard[]): void {
    const at = now()
    access
      .transaction(() => {
        for (const { door, card, terms } of cards) noteHeld(access, door, card, terms, at)
      })
      .immediate()
  }

  async function readAll(isOurs: boolean): Promise<void> {
    const { cards, otherDesk, newest } = await device.read()
    const at = now()
    const held = new Map(cards.flatMap(({ door, card, terms }) => (door === doorId && terms ? [[card, terms]] : [])))
    access
      .transaction(() => {
        setHeld(access, doorId, held, at)
        noteRead(access, doorId, { readAt: at, otherDesk, newest: isOurs ? null : newest })
      })
      .immediate()
    readAt = at
  }

  /** Cards of another system that were taken away go like every number of a card that nobody has. */
  function dropForeign({ format }: Door, { config }: StoredDevice): void {
    const until = now() - UNKNOWN_KEPT
    const gone = cardsGoneUntil(access, doorId, until)
    if (gone.length === 0) return
    const ours = new Set(textsEverAtDoor(desk, format).map((text) => writtenBy(config.driver, text, format)))
    const theirs = gone.filter((card) => !ours.has(card))
    if (theirs.length > 0) access.transaction(() => dropReceipts(access, doorId, theirs, until)).immediate()
  }

  /** Cards that nobody holds any more come first: a list takes a while to be made. */
  function dropRevoked(door: Door, revision: number): void {
    if (revision === droppedFrom) return
    texts = new Map(textsAtDoor(desk, door.format).map((text) => [device.written(text), text]))
    access.transaction(() => unwant(access, doorId, (card) => !texts.has(card), now())).immediate()
    droppedFrom = revision
  }

  async function want(door: Door, hours: WithoutHours | null): Promise<void> {
    const revision = readRevision(desk)
    const age = now() - listedAt
    if (age >= 0 && age < (revision === builtFrom ? MINUTE : LIST_AFTER)) return
    const { timeZone } = readSettings(desk)
    const listed = await lists.entries(door)
    // A card that was taken back while the list was made is not given out again by it.
    dropRevoked(door, readRevision(desk))
    const entries = listed
      .filter(({ card, until }) => texts.has(device.written(card)) && until > now())
      .filter(({ windows }) => device.keepsHours || windows.length === 0 || hours === 'days-only')
      .map((entry) => onDevice(entry, timeZone))
    wanted = new Map(entries.map((entry) => [device.written(entry.card), entry]))
    const terms = new Map([...wanted].map(([card, entry]) => [card, device.termsOf(doorId, entry)]))
    access.transaction(() => setWanted(access, doorId, terms, now())).immediate()
    builtFrom = revision
    listedAt = now()
  }

  /** What takes rights away, or what gives and changes them: the one is not held up by the other. */
  async function mend(kind: 'away' | 'other'): Promise<boolean> {
    const rows = differencesOf(access, doorId, kind, AT_A_TIME + refused.size)
      .filter(({ card }) => (refused.get(card) ?? 0) <= now())
      .slice(0, AT_A_TIME)
    // What is to be given and is on no list of ours waits for the next list: only what has to go is ever taken away.
    const changes = rows.flatMap(({ card }) => {
      const entry = kind === 'away' ? null : wanted.get(card)
      return entry === undefined ? [] : [{ door: doorId, card, wanted: entry }]
    })
    if (changes.length === 0) return false
    const held = await device.apply(changes)
    notedHeld(held)
    for (const { card, wanted: terms } of rows)
      if (held.find((one) => one.card === card)?.terms === terms) refused.delete(card)
      else refused.set(card, now() + AGAIN)
    return true
  }

  return {
    readAgain() {
      readAt = null
    },
    textOf: (card) => texts.get(card) ?? card,
    async run(stored) {
      const door = doorById(desk, doorId)
      if (door === null) return false
      await want(door, stored.hours)
      if (stored.adoptedAt !== null && takenWith?.replaces !== stored.replaces) {
        device.takeOver(doorId, stored.replaces)
        const since = stored.adoptedAt
        access.transaction(() => beginDiffering(access, doorId, since)).immediate()
        takenWith = stored
      }
      if (readAt === null || now() - readAt >= READ_EVERY || now() < readAt) {
        await readAll(takenWith !== null)
        dropForeign(door, stored)
      }
      return takenWith !== null && (await mend('other'))
    },
    async takeAway() {
      const door = doorById(desk, doorId)
      if (door === null) return false
      dropRevoked(door, readRevision(desk))
      return takenWith !== null && (await mend('away'))
    },
  }
}
