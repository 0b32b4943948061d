// Whether an ESP-RFID box is there, and what is wrong with it or around it, in sentences.
import type { DeviceEvents } from '../controller.ts'
import type { MqttPort } from '../mqtt-client.ts'
import type { EspMessage } from './esp-rfid-messages.ts'

/** It tells of itself every 180 s (mqttInterval); two that fail to come, and it is away. */
const SILENCE = 400_000
const LOOK_EVERY = 10_000
/** A clock that is further off lets cards in after their last day, or not before. */
const CLOCK = 60_000

type WatchOptions = { mqtt: MqttPort; topic: string; address: string; now(): number; events: DeviceEvents }

export type EspWatch = {
  told(message: EspMessage): void
  otherOrder(order: { cmd: string; retained: boolean }): void
  otherBox(address: string): void
  otherDesk(): string | null
  /** It did not answer. */
  silent(): void
  full(isFull: boolean): void
  /** By its last will. */
  isGone(): boolean
  /** By its own word, or because it was heard not long ago. */
  isHere(): boolean
  close(): void
}

export function createEspWatch({ mqtt, topic, address, now, events }: WatchOptions): EspWatch {
  /** In the order in which they are told. */
  const troubles = new Map<'broker' | 'kept' | 'address' | 'clock' | 'full', string>()
  let told: string | null = null
  let presence: boolean | null = null
  let heardAt: number | null = null
  let isThere = false
  let otherDesk: string | null = null

  const trouble = (what: Parameters<typeof troubles.set>[0], sentence: string | null) => {
    if (sentence === null) troubles.delete(what)
    else troubles.set(what, sentence)
    const first = troubles.values().next().value ?? null
    if (first !== told) events.trouble(first)
    told = first
  }
  const lose = () => {
    if (isThere) events.lost()
    isThere = false
  }
  const heard = (clockOff: number | null) => {
    heardAt = now()
    isThere = true
    events.heard(clockOff === null ? {} : { clockOff })
  }

  const clock = (time: number | null, isBeat: boolean): number | null => {
    const off = time === null ? null : time * 1_000 - now()
    // Just started it has not asked for the time yet.
    if (isBeat && off === null) trouble('clock', `The clock of ${topic} was never set: ${SET_CLOCK}`)
    else if (off !== null && Math.abs(off) <= CLOCK) trouble('clock', null)
    else if (off !== null && isBeat) trouble('clock', `The clock of ${topic} is ${sayOff(off)}: ${SET_CLOCK}`)
    return off
  }

  const unwatch = mqtt.onState((state) => {
    if (state.kind === 'ready') return trouble('broker', null)
    if (state.kind === 'down') trouble('broker', state.sentence)
    presence = null
    lose()
  })
  const timer = setInterval(() => {
    if (heardAt !== null && Math.abs(now() - heardAt) > SILENCE && presence !== true) lose()
  }, LOOK_EVERY)
  timer.unref()

  return {
    told(message) {
      if (message.kind === 'presence') {
        presence = message.here
        if (message.here) heard(null)
        else lose()
        return
      }
      if (message.kind === 'boot') {
        // It was away, perhaps unnoticed: what it holds has to be read again.
        lose()
        return heard(clock(message.time, false))
      }
      if ('ip' in message && message.ip === address) trouble('address', null)
      heard(message.kind === 'heartbeat' ? clock(message.time, true) : null)
    },
    otherOrder({ cmd, retained }) {
      otherDesk = `another program that sends orders to ${topic}`
      if (retained)
        trouble(
          'kept',
          `The broker keeps the order "${cmd}" for ${topic}, which is carried out at each start of the box: delete the kept message at ${topic}/cmd.`,
        )
    },
    otherBox(other) {
      trouble(
        'address',
        `The box that speaks as ${topic} says that its address is ${other}, not ${address}: correct the address here, or give each box a topic of its own.`,
      )
    },
    otherDesk: () => otherDesk,
    silent: lose,
    full(isFull) {
      trouble('full', isFull ? `${topic} holds a thousand people and takes no more: remove some of them.` : null)
    },
    isGone: () => presence === false,
    isHere: () => presence === true || (heardAt !== null && isThere && Math.abs(now() - heardAt) <= SILENCE),
    close() {
      unwatch()
      clearInterval(timer)
    },
  }
}

const SET_CLOCK = 'give it a time server that it can reach, on the page of the box.'

function sayOff(off: number): string {
  const minutes = Math.round(Math.abs(off) / 60_000)
  const amount = minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`
  return `${amount} ${off > 0 ? 'fast' : 'slow'}`
}
