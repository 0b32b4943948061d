// What an ESP-RFID box tells of itself, as events of a device: each once, though it may come by two topics or twice by one.
import type { DeviceEvent, DeviceKind, SwipeWhy } from '../controller.ts'
import type { EspMessage } from './esp-rfid-messages.ts'

/** The same again within this is the same: a reader rests for 2 s after each card (rfid.esp, "cooldown"). */
const SAME = 2_000
/** And longer where it bears the same second: what was delivered twice. */
const SAME_SECOND = 10_000
/** A clock that is further off is not to be believed. */
const CLOCK = 60_000
/** How far a start may seem to move that was none: the box counts seconds, and messages take their time. */
const START = 30_000

const WHY: Readonly<Record<string, SwipeWhy>> = {
  Always: 'opened',
  Admin: 'opened',
  Expired: 'expired',
  Denied: 'unknown-card',
}
const TOLD: Readonly<Record<string, DeviceKind>> = {
  'door Door Open': 'opened',
  'door Door Closed': 'closed',
  'tamper Door was tampered!': 'forced',
  "tamper Door wasn't closed within max open time!": 'open-too-long',
}

export type EspNews = {
  /** What is new of it; events bear the door. */
  take(message: EspMessage): DeviceEvent[]
}

export function createEspNews(door: string, now: () => number, cardOf: (uid: string) => string): EspNews {
  const recent = new Map<string, { at: number; within: number }>()
  let isOpen = false
  /** When it last began, as far as we were there. */
  let startedAt = now()

  const isRecent = (what: string): boolean => {
    for (const [key, { at, within }] of recent) if (Math.abs(now() - at) >= within) recent.delete(key)
    return recent.has(what)
  }
  const note = (what: string, within = SAME) => void recent.set(what, { at: now(), within })
  const when = (time: number | null) =>
    time !== null && Math.abs(time * 1_000 - now()) <= CLOCK ? time * 1_000 : now()
  const happened = (what: DeviceKind, at: number): DeviceEvent[] => {
    if (isRecent(what)) return []
    note(what)
    if (what === 'opened' || what === 'forced') recent.delete('closed')
    if (what === 'closed') for (const other of ['opened', 'forced', 'open-too-long']) recent.delete(other)
    if (what === 'opened' || what === 'closed') isOpen = what === 'opened'
    return [{ door, n: null, at, what }]
  }
  const swiped = (uid: string, result: string, time: number | null): DeviceEvent[] => {
    const why = WHY[result] ?? 'no-right'
    const card = cardOf(uid)
    const [same, sameSecond] = [`${card} ${why}`, `${card} ${why} ${time}`]
    if (isRecent(same) || (time !== null && isRecent(sameSecond))) return []
    note(same)
    note(sameSecond, SAME_SECOND)
    return [{ door, n: null, at: when(time), what: 'swipe', card, granted: why === 'opened', why }]
  }

  return {
    take(message) {
      switch (message.kind) {
        case 'access': {
          const { uid, username, time, results } = message
          if (uid !== '') return swiped(uid, results[0] ?? '', time)
          // A press of its own button, and an order over the network, are told as a card without a number.
          if (username === 'Button') return happened('button', when(time))
          return username === 'MQTT' ? happened('remote-open', when(time)) : []
        }
        case 'event': {
          const { src, desc, data, time } = message
          const [uid] = /^[\x21-\x7e]{1,31}(?= |$)/.exec(data) ?? []
          if (src === 'rfid' && /^Unknown rfid tag/.test(desc) && uid !== undefined) return swiped(uid, 'Denied', time)
          const told = TOLD[`${src} ${desc}`]
          return told === undefined ? [] : happened(told, when(time))
        }
        case 'io':
          if (message.what === 'door') return happened(message.on ? 'opened' : 'closed', now())
          // One signal for two things: a door that stands open was not forced just now.
          if (message.what !== 'tamper' || !message.on || isRecent('forced')) return []
          return happened(isOpen ? 'open-too-long' : 'forced', now())
        case 'heartbeat': {
          if (message.uptime === null) return []
          // It says "boot" whenever it finds the broker again; that it really began anew is told by how long it is up.
          const started = now() - message.uptime * 1_000
          if (started <= startedAt + START) return []
          startedAt = started
          return happened('power-on', started)
        }
        default:
          return []
      }
    },
  }
}
