// An ESP-RFID box without hardware, on a real connection to a broker: firmware 2 as its source has it (mqtt.esp, rfid.esp),
// its faults included. It ignores, drops and keeps silent where the real one does.
import { connectMqtt, type MqttPort } from '../mqtt-client.ts'
import { createEspList, type EspList } from './esp-rfid-list.ts'

/** MAX_MQTT_BUFFER. */
const LONGEST = 2_048
/** Orders to add that come sooner one after the other find no memory, in milliseconds by its own clock. */
const BUSY = 450

export type EspDeviceOptions = {
  url: string
  username: string
  password: string
  ca?: string
  topic: string
  address: string
  /** Its own clock, UTC milliseconds. */
  now(): number
  hostname?: string
  /** Set up for Home Assistant: it says whether it is there, and tells cards under `tag`. */
  homeAssistant?: boolean
  /** Set up to tell its log. */
  events?: boolean
  /** How long its relay pulls. */
  openMs?: number
  onOpen?(why: string): void
}

export type EspDevice = {
  port: MqttPort
  list: EspList
  /** Every order that bore its address, as it came. */
  orders: { cmd: string; text: string }[]
  /** How often its relay pulled since it was made. */
  opened(): number
  /** False: with no memory left it takes no order, and tells so. */
  memory(isLeft: boolean): void
  /** A card at its reader, as that writes it. */
  swipe(uid: string): string
  button(): void
  heartbeat(): void
  event(level: 'INFO' | 'WARN' | 'ERRO', src: string, desc: string, data?: string): void
  /** Anything, as if it came from it; `path` is what follows its topic. */
  say(path: string, text: string): void
  /** The power goes: no farewell. */
  cut(): Promise<void>
  close(): Promise<void>
}

/** It is switched on here. Everything in its list outlasts `cut`, if it is given to the next. */
export function startEspDevice(options: EspDeviceOptions, list: EspList = createEspList()): EspDevice {
  const { topic, address, now, hostname = 'esp-rfid', homeAssistant = true, events = true } = options
  const { url, username, password, ca } = options
  const begun = now()
  const orders: EspDevice['orders'] = []
  let opened = 0
  let hasMemory = true
  let addedAt = Number.NEGATIVE_INFINITY
  const presence = { topic: `${topic}/avty`, here: 'online', gone: 'offline' }
  const port = connectMqtt({ url, username, password, ...(ca && { ca }), ...(homeAssistant && { presence }) })

  const seconds = () => Math.floor(now() / 1_000)
  const say = (path: string, text: string) => void port.publish(`${topic}${path && '/'}${path}`, text).catch(() => {})
  const tell = (json: object) => say('send', JSON.stringify(json))
  const about = () => ({ time: seconds(), uptime: Math.floor((now() - begun) / 1_000), ip: address, hostname })
  const acknowledge = (cmd: string) => tell({ type: cmd, ip: address, hostname })
  const event: EspDevice['event'] = (type, src, desc, data = '') => {
    if (events) tell({ type, src, desc, data, time: seconds(), cmd: 'event', hostname })
  }

  const access = (isKnown: boolean, result: string, user: string, uid: string) => {
    const told = { uid, pincode: '', username: user, access: result, time: seconds(), doorName: 'door' }
    if (homeAssistant) say('tag', JSON.stringify(told))
    else tell({ ...told, type: 'access', isKnown: `${isKnown}`, hostname })
  }
  const open = (why: string) => {
    opened += 1
    options.onOpen?.(why)
    if (!homeAssistant) return
    say('io/lock0', 'UNLOCKED')
    setTimeout(say, options.openMs ?? 400, 'io/lock0', 'LOCKED').unref()
  }

  const carryOut = (order: { cmd: string; uid: string }, text: string) => {
    switch (order.cmd) {
      case 'getuserlist':
        for (const file of list.files()) say('send', file)
        return
      case 'opendoor':
        access(true, 'Always', 'MQTT', ' ')
        return open('MQTT')
      case 'deletuid':
        list.remove(order.uid)
        return acknowledge(order.cmd)
      case 'adduser': {
        const early = now() - addedAt < BUSY
        addedAt = now()
        if (early) return event('ERRO', 'mqtt', 'Dropping MQTT message, out of memory')
        // It acknowledges also what its file system did not take.
        list.add(order.uid, text)
        return acknowledge(order.cmd)
      }
      case 'deletusers':
        for (const uid of list.uids()) list.remove(uid)
        return acknowledge(order.cmd)
      case 'getconf':
        return tell({ type: order.cmd, ip: address, hostname, configfile: { general: { pswd: 'admin' } } })
    }
  }

  port.subscribe(topic, ({ topic: at, text }) => {
    if (at !== `${topic}/cmd` || text.length >= LONGEST) return
    const json = parse(text)
    if (json === null || json.doorip !== address || typeof json.cmd !== 'string') return
    orders.push({ cmd: json.cmd, text })
    if (!hasMemory) return event('ERRO', 'mqtt', 'Dropping MQTT message, out of memory')
    // What is longer than its field is cut off.
    const uid = typeof json.uid === 'string' ? json.uid.slice(0, 19) : ''
    carryOut({ cmd: json.cmd, uid }, text)
  })
  // It says so each time that it finds the broker.
  port.onState(({ kind }) => {
    if (kind !== 'ready') return
    tell({ type: 'boot', ...about(), uptime: '0' })
    tell({ type: 'heartbeat', ...about() })
  })

  return {
    port,
    list,
    orders,
    opened: () => opened,
    memory(isLeft) {
      hasMemory = isLeft
    },
    swipe(uid) {
      const { result, user, file } = list.decide(uid, seconds())
      if (file === null) event('WARN', 'rfid', 'Unknown rfid tag is scanned', `${uid} MIFARE 1KB`)
      access(file !== null, result, user, file ?? uid)
      if (result === 'Always' || result === 'Admin') open(user)
      return result
    },
    button() {
      access(true, 'Always', 'Button', ' ')
      open('Button')
    },
    heartbeat: () => tell({ type: 'heartbeat', ...about() }),
    event,
    say,
    cut: () => port.close(true),
    close: () => port.close(),
  }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? { ...json } : null
  } catch {
    return null
  }
}
