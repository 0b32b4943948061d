// One box behind its topic: orders one at a time, what takes rights away before what gives them, and what is heard of it.
import { DeviceSilent } from '../controller.ts'
import type { MqttMessage, MqttPort } from '../mqtt-client.ts'
import { type EspMessage, type EspOrder, type EspUser, readEsp, writeOrder } from './esp-rfid-messages.ts'

/** In milliseconds. */
export type EspWaits = {
  /** For an acknowledgement, and for the first of a list. */
  patience: number
  /** A list is over when nothing more comes: it has no end mark, and every person in it is a message of its own. */
  quiet: number
}

export type EspHeard = {
  told(message: EspMessage): void
  /** An order that is none of ours; `retained` ones are carried out by the box at each start (esp-rfid #343). */
  otherOrder(order: { cmd: string; retained: boolean }): void
  /** A box with another address speaks under this topic. */
  otherBox(address: string): void
}

export type EspLink = {
  /** False where it did not acknowledge it. Rejects with DeviceSilent where it was not sent. */
  order(order: EspOrder, how: { urgent: boolean }): Promise<boolean>
  list(how: { urgent: boolean }): Promise<EspUser[]>
  /** At once, past everything that waits; false where nothing that fits comes in time. */
  askNow(order: EspOrder, isAnswer: (message: EspMessage) => boolean): Promise<boolean>
  close(): void
}

type LinkOptions = { mqtt: MqttPort; topic: string; address: string; waits: EspWaits; heard: EspHeard }

export function openEspLink({ mqtt, topic, address, waits, heard }: LinkOptions): EspLink {
  const turn = createTurns()
  const listeners = new Set<(message: EspMessage) => void>()
  /** What we sent and did not hear ourselves say yet. */
  let echoes: string[] = []
  /** Rises with each connection that ends, and each start of the box: what was being told is cut off. */
  let cuts = 0

  const hear = ({ topic: at, text, retained }: MqttMessage) => {
    const message = readEsp(at.slice(topic.length + 1), text)
    if (message === null) return
    if (message.kind === 'order') {
      if (message.ip !== address) return
      const own = echoes.indexOf(text)
      if (own < 0 || retained) heard.otherOrder({ cmd: message.cmd, retained })
      else echoes.splice(own, 1)
      return
    }
    // Whatever else a broker kept is old.
    if (retained && message.kind !== 'presence') return
    if ('ip' in message && message.ip !== null && message.ip !== address) return heard.otherBox(message.ip)
    if (message.kind === 'boot' || (message.kind === 'presence' && !message.here)) cuts += 1
    for (const listener of [...listeners]) listener(message)
    heard.told(message)
  }
  const unsubscribe = mqtt.subscribe(topic, hear)
  const unwatch = mqtt.onState(({ kind }) => {
    if (kind === 'ready') return
    cuts += 1
    echoes = []
  })

  const send = async (order: EspOrder) => {
    const text = writeOrder(order, address)
    echoes.push(text)
    try {
      await mqtt.publish(`${topic}/cmd`, text)
    } catch (error) {
      echoes = echoes.filter((echo) => echo !== text)
      throw new DeviceSilent(`The order ${order.cmd} was not sent: ${(error as Error).message}`)
    }
  }

  async function askNow(order: EspOrder, isAnswer: (message: EspMessage) => boolean): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const listener = (message: EspMessage) => {
      if (isAnswer(message)) resolve(true)
    }
    listeners.add(listener)
    let late: NodeJS.Timeout | undefined
    try {
      await send(order)
      late = setTimeout(resolve, waits.patience, false)
      return await promise
    } finally {
      clearTimeout(late)
      listeners.delete(listener)
    }
  }

  async function list(): Promise<EspUser[]> {
    const users = new Map<string, EspUser>()
    const before = cuts
    const { promise, resolve } = Promise.withResolvers<void>()
    let over: NodeJS.Timeout | undefined
    const listener = (message: EspMessage) => {
      if (message.kind !== 'users') return
      for (const user of message.users) users.set(user.uid, user)
      clearTimeout(over)
      over = setTimeout(resolve, waits.quiet)
    }
    listeners.add(listener)
    try {
      await send({ cmd: 'getuserlist' })
      over ??= setTimeout(resolve, waits.patience)
      await promise
    } finally {
      clearTimeout(over)
      listeners.delete(listener)
    }
    if (cuts !== before) throw new DeviceSilent('It was cut off while it told its cards.')
    return [...users.values()]
  }

  return {
    order: (order, { urgent }) =>
      turn(urgent, () => askNow(order, (message) => message.kind === 'ack' && message.of === order.cmd)),
    list: ({ urgent }) => turn(urgent, list),
    askNow,
    close() {
      unsubscribe()
      unwatch()
    },
  }
}

/** One piece of work at a time; urgent ones before all others that wait. */
function createTurns(): <T>(urgent: boolean, work: () => Promise<T>) => Promise<T> {
  const waiting = { urgent: [] as (() => Promise<void>)[], other: [] as (() => Promise<void>)[] }
  let isBusy = false
  const next = async () => {
    if (isBusy) return
    isBusy = true
    for (let job = take(); job !== undefined; job = take()) {
      await job()
      // Whoever waited for it may go on with something urgent.
      await new Promise(setImmediate)
    }
    isBusy = false
  }
  const take = () => waiting.urgent.shift() ?? waiting.other.shift()
  return (urgent, work) =>
    new Promise((resolve, reject) => {
      waiting[urgent ? 'urgent' : 'other'].push(() => work().then(resolve, reject))
      void next()
    })
}
