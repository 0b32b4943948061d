// How a device at a door is reached, as somebody gave it: parsed here, and nowhere else. Pure.
import { deviceRefusals as refusals } from './devices-en.ts'

export type DeviceConfig =
  /** `output` is the door of the board, 1 to 4; `listener` the port at which we hear of its swipes. */
  | { driver: 'uhppote'; host: string; port: number; serial: number; output: number; listener: number }
  /** `broker` is an address, or null for the desk's own, for which the box has a `password`; `ca` a certificate as PEM text.
   * The box speaks under `topic`, as its own `address`. */
  | {
      driver: 'esp-rfid'
      broker: string | null
      ca: string | null
      topic: string
      address: string
      password: string | null
    }
  | { driver: 'relay'; url: string }

export type DeviceDriver = DeviceConfig['driver']
export const DEVICE_DRIVERS = ['uhppote', 'esp-rfid', 'relay'] as const satisfies readonly DeviceDriver[]

export function isDeviceDriver(word: string): word is DeviceDriver {
  return (DEVICE_DRIVERS as readonly string[]).includes(word)
}

export type DeviceOptions = {
  address?: string | undefined
  serial?: number | undefined
  output?: number | undefined
  listener?: number | undefined
  broker?: string | undefined
  ca?: string | undefined
  topic?: string | undefined
  url?: string | undefined
}

const BOARD_PORT = 60_000
const LISTENER_PORT = 60_001

/** A sentence that says what to give where it cannot be used. `password` is for the desk's own broker. */
export function readDeviceConfig(
  driver: DeviceDriver,
  given: DeviceOptions,
  password: () => string,
): DeviceConfig | string {
  switch (driver) {
    case 'uhppote': {
      const at = hostAndPort(given.address)
      const { serial = 0, output = 1, listener = LISTENER_PORT } = given
      if (at === null) return refusals.boardAddress
      if (!Number.isInteger(serial) || serial < 1 || serial > 0xffff_ffff) return refusals.serial
      if (!Number.isInteger(output) || output < 1 || output > 4) return refusals.boardDoor
      if (!Number.isInteger(listener) || listener < 1 || listener > 65_535) return refusals.listener
      return { driver, ...at, serial, output, listener }
    }
    case 'esp-rfid': {
      const { broker = '', topic = '', address = '', ca = null } = given
      const own = broker === 'own'
      if (!own && !/^mqtts?:$/.test(addressOf(broker)?.protocol ?? '')) return refusals.broker
      if (!/^[^\s+#/]{1,64}$/.test(topic)) return refusals.topic
      if (!isIpv4(address)) return refusals.boxAddress
      if (ca !== null && !ca.includes('BEGIN CERTIFICATE')) return refusals.certificate
      return { driver, broker: own ? null : broker, ca, topic, address, password: own ? password() : null }
    }
    case 'relay': {
      const url = given.url?.trim() ?? ''
      return isRelay(url) ? { driver, url } : refusals.relayUrl
    }
  }
}

/** An ESP-RFID knows days and nothing finer; whatever asks us, or is opened by us, goes by all our rules. */
export function keepsHours({ driver }: DeviceConfig): boolean {
  return driver !== 'esp-rfid'
}

/** A relay opens and knows nobody: there is nothing on it to take over or to compare. */
export function holdsCards({ driver }: DeviceConfig): boolean {
  return driver !== 'relay'
}

/** What names the whole device: several doors may be on one board. */
export function deviceKey(config: DeviceConfig): string {
  switch (config.driver) {
    case 'uhppote':
      return `uhppote ${config.serial}`
    case 'esp-rfid':
      return `esp-rfid ${config.broker === null ? 'own' : withoutPassword(config.broker)} ${config.topic}`
    case 'relay':
      return `relay ${withoutPassword(config.url)}`
  }
}

/** As a person may see it: no password. */
export function sayDevice(config: DeviceConfig): string {
  switch (config.driver) {
    case 'uhppote':
      return `board ${config.serial} at ${config.host}:${config.port}, its door ${config.output}`
    case 'esp-rfid':
      return `${config.topic} at ${config.address}, by ${config.broker === null ? 'our own broker' : withoutPassword(config.broker)}`
    case 'relay':
      return withoutPassword(config.url)
  }
}

type Address = { protocol: string; user: string; password: string; rest: string }

/** PROTOCOL//USER:PASSWORD@HOST and what follows; null where it is no such address. */
function addressOf(text: string): Address | null {
  const match = /^([a-z]+:)\/\/(?:([^:@/?#\s]*)(?::([^@/?#\s]*))?@)?([A-Za-z0-9.[\]:-]+(?:[/?][^#\s]*)?)$/.exec(text)
  const [, protocol = '', user = '', password = '', rest = ''] = match ?? []
  return match === null ? null : { protocol, user, password, rest }
}

function withoutPassword(text: string): string {
  const address = addressOf(text)
  return address === null ? '' : `${address.protocol}//${address.rest}`
}

/** `?id=1` is which of its switches. */
function isRelay(text: string): boolean {
  const address = addressOf(text)
  if (address?.protocol !== 'http:' || !/^[\w.-]{0,32}$/.test(address.user)) return false
  if (!/^[^?]*(\?id=\d{1,2})?$/.test(address.rest)) return false
  return /^([^%]|%[0-9A-Fa-f]{2})*$/.test(address.password)
}

function hostAndPort(text = ''): { host: string; port: number } | null {
  const [, host = '', digits] = /^([A-Za-z0-9.-]{1,253})(?::(\d{1,5}))?$/.exec(text) ?? []
  const port = digits === undefined ? BOARD_PORT : Number(digits)
  return host !== '' && port >= 1 && port <= 65_535 ? { host, port } : null
}

function isIpv4(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255)
}
