// ESP-RFID boxes over MQTT (docs/esp-rfid.md). The box decides by its own list, which knows days and no hours; we keep that
// list, and hear what happened. Acknowledgements say not which card, so only what the list shows counts as done.
import {
  type Change,
  type Device,
  type DeviceOptions,
  DeviceSilent,
  type HeldCard,
  type Wanted,
} from '../controller.ts'
import type { MqttPort } from '../mqtt-client.ts'
import { createEspNames, termsHeld, termsWanted, uidFor, userWith } from './esp-rfid-cards.ts'
import { type EspWaits, openEspLink } from './esp-rfid-link.ts'
import type { EspMessage, EspUser } from './esp-rfid-messages.ts'
import { createEspNews } from './esp-rfid-news.ts'
import { createEspWatch } from './esp-rfid-watch.ts'

/** Where more come, it drops what it has no memory for: at most two a second, in milliseconds from one to the next. */
const PACE = 500
/** Unacknowledged one after another: it is away. */
const MISSES = 3
const ROUNDS = 2
const EMPTIES = 3

export type EspRfidOptions = DeviceOptions & {
  mqtt: MqttPort
  /** Of this box alone. */
  topic: string
  /** Its IP address: it takes no order that bears another. */
  address: string
  waits?: EspWaits
  pause?(ms: number): Promise<void>
}

type Job = Change & { key: string; order: number }

export function openEspRfid(options: EspRfidOptions): Device {
  const { mqtt, topic, address, now, events } = options
  const pause = options.pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)))
  const { id: door = '', format = null } = options.doors[0] ?? {}
  const { written, cardOf } = createEspNames(format)
  const news = createEspNews(door, now, cardOf)
  const watch = createEspWatch({ mqtt, topic, address, now, events })
  /** By the name of the file on the box; right as far as we were told. */
  let known = new Map<string, EspUser>()
  let isRead = false
  let empties = 0
  let takenOver = false
  let ownOpenings = 0
  let orders = 0
  /** Which order for a card is the newest: one that waited longer is not carried out. */
  const newest = new Map<string, number>()
  let adds: Promise<unknown> = Promise.resolve()
  let addedAt = Number.NEGATIVE_INFINITY

  const link = openEspLink({
    mqtt,
    topic,
    address,
    waits: options.waits ?? { patience: 2_000, quiet: 500 },
    heard: {
      told(message) {
        if (message.kind === 'boot') isRead = false
        watch.told(message)
        if (isOpening(message) && ownOpenings > 0) ownOpenings -= 1
        else {
          const happened = news.take(message)
          if (happened.length > 0) events.happened(happened)
        }
      },
      otherOrder: watch.otherOrder,
      otherBox: watch.otherBox,
    },
  })

  /** What did not answer is away until it is heard again. */
  const asking = async <T>(work: () => Promise<T>): Promise<T> => {
    if (watch.isGone()) throw new DeviceSilent('It is away, as it said itself.')
    try {
      return await work()
    } catch (error) {
      if (error instanceof DeviceSilent) watch.silent()
      throw error
    }
  }

  /** Its messages are not acknowledged, and it was seen to stop half way (esp-rfid #388): what is missing is asked for again. */
  const readAll = async (urgent: boolean): Promise<void> => {
    const first = await link.list({ urgent })
    const missing = !isRead || [...known.keys()].some((uid) => !first.some((user) => user.uid === uid))
    const second = missing ? await link.list({ urgent }) : []
    const users = new Map([...first, ...second].map((user) => [user.uid, user]))
    // Of an empty list nothing is told at all, so that one which was not empty has to be silent again and again.
    empties = users.size === 0 ? empties + 1 : 0
    if (users.size === 0 && !(watch.isHere() && (known.size === 0 || empties >= EMPTIES)))
      throw new DeviceSilent('It told nothing when it was asked for its cards.')
    known = users
    isRead = true
  }

  const filesOf = (key: string) => [...known.values()].filter(({ uid }) => cardOf(uid) === key)
  const isNewest = ({ key, order }: Job) => newest.get(key) === order

  const remove = async (uid: string): Promise<boolean> => {
    const acked = await link.order({ cmd: 'deletuid', uid }, { urgent: true })
    if (acked) known.delete(uid)
    return acked
  }

  const add = ({ key, ...job }: Job, wanted: Wanted): Promise<boolean> => {
    const added = adds.then(async () => {
      const early = Math.min(Math.max(addedAt + PACE - now(), 0), PACE)
      if (early > 0) await pause(early)
      if (!isNewest({ key, ...job })) return true
      const [file, ...others] = filesOf(key)
      const user = userWith(file?.uid ?? uidFor(wanted.card, format), wanted, file)
      const acked = await link.order({ cmd: 'adduser', user }, { urgent: false })
      addedAt = now()
      for (const { uid } of others) await remove(uid)
      return acked
    })
    adds = added.catch(() => {})
    return added
  }

  const carryOut = async (job: Job): Promise<boolean> => {
    if (job.wanted !== null) return add(job, job.wanted)
    const files = filesOf(job.key).map(({ uid }) => uid)
    let all = true
    for (const uid of files.length > 0 ? files : [job.key]) all = (await remove(uid)) && all
    return all
  }

  const apply = async (changes: readonly Change[]): Promise<HeldCard[]> => {
    if (!takenOver) throw new Error('Nothing is written to a box that was not taken over.')
    const jobs = changes.map((change) => ({ ...change, key: cardOf(change.card), order: ++orders }))
    for (const { key, order } of jobs) newest.set(key, order)
    const urgent = jobs.every(({ wanted }) => wanted === null)
    if (!isRead) await readAll(urgent)
    let left: readonly Job[] = jobs
    for (let round = 0; round < ROUNDS && left.length > 0; round += 1) {
      let misses = 0
      for (const job of left) {
        misses = (await carryOut(job)) ? 0 : misses + 1
        if (misses === MISSES) throw new DeviceSilent('It does not acknowledge what it is ordered.')
      }
      await readAll(urgent)
      left = left.filter((job) => isNewest(job) && termsOfKey(job.key) !== termsFor(job.wanted))
    }
    watch.full(left.some(({ wanted }) => wanted !== null) && known.size >= 1_000)
    for (const job of jobs) if (isNewest(job)) newest.delete(job.key)
    return jobs.map(({ door: at, card, key }) => ({ door: at, card, terms: termsOfKey(key) }))
  }

  const termsOfKey = (key: string) => termsHeld(filesOf(key), options)
  const termsFor = (wanted: Wanted | null) => (wanted === null ? null : termsWanted(wanted, options))

  const open = (): Promise<void> =>
    asking(async () => {
      ownOpenings += 1
      const answered = await link.askNow({ cmd: 'opendoor' }, isOpening).catch((error) => {
        ownOpenings -= 1
        throw error
      })
      if (answered) return
      ownOpenings = Math.max(ownOpenings - 1, 0)
      throw new DeviceSilent('It did not acknowledge the order to open.')
    })

  return {
    keepsHours: false,
    written,
    termsOf: (_door, wanted) => termsWanted(wanted, options),
    read: () =>
      asking(async () => {
        await readAll(false)
        const keys = new Set([...known.keys()].map(cardOf))
        return {
          cards: [...keys].map((card) => ({ door, card, terms: termsOfKey(card) })),
          otherDesk: watch.otherDesk(),
          newest: null,
        }
      }),
    takeOver() {
      takenOver = true
    },
    apply: (changes) => asking(() => apply(changes)),
    open,
    // It knows no holding: its own short opening, again and again, is the most that can be had without storing anything.
    holdOpen: open,
    lock: async () => {},
    async close() {
      link.close()
      watch.close()
    },
  }
}

/** How it tells that it opened by an order. */
function isOpening(message: EspMessage): boolean {
  return message.kind === 'access' && message.uid === '' && message.username === 'MQTT'
}
