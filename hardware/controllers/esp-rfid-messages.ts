// What ESP-RFID boxes and we say to each other, as text: firmware 2 (README-MQTT.md of esp-rfid, branch dev, 2024), with the
// layouts of the older ones understood as well. Pure; whatever makes no sense is null.

/** Somebody on the box's list, under the name of the file that holds it there. */
export type EspUser = {
  uid: string
  user: string
  /** 0 disabled, 1 always, 99 admin. */
  acctype: number
  /** Epoch seconds. */
  since: number
  until: number
  /** What a rewritten record must not lose: other relays (`acctype2` to `acctype4`) and a PIN (`pincode`). */
  rest: Readonly<Record<string, string | number>>
}

/** Everything that we ever say. Deleting all, and asking for the configuration with its passwords, is not among it. */
export type EspOrder =
  | { cmd: 'getuserlist' }
  | { cmd: 'opendoor' }
  | { cmd: 'deletuid'; uid: string }
  | { cmd: 'adduser'; user: EspUser }

export type EspMessage =
  /** `results` is one word for each relay: Always, Admin, Disabled, Expired, Denied and others. */
  | { kind: 'access'; time: number | null; results: readonly string[]; username: string; uid: string }
  | { kind: 'boot' | 'heartbeat'; time: number | null; uptime: number | null; ip: string | null }
  | { kind: 'event'; time: number | null; src: string; desc: string; data: string }
  | { kind: 'users'; users: readonly EspUser[] }
  /** Which order, and not which card. */
  | { kind: 'ack'; of: string; ip: string | null }
  | { kind: 'presence'; here: boolean }
  | { kind: 'io'; what: string; on: boolean }
  /** Somebody's order to the box that has this address. */
  | { kind: 'order'; cmd: string; ip: string }

/** The firmware takes no more (MAX_MQTT_BUFFER); answers are shorter, but for the configuration that we never ask for. */
const LONGEST = 4_096
const LONGEST_UID = 31
/** The clock counts in 32 bits; below it was never set. */
const LATEST = 0xffff_ffff
const FIRST_SET = 1_000_000_000
const KEPT = ['acctype2', 'acctype3', 'acctype4', 'pincode']
const ACKED = ['adduser', 'deletuid', 'deletusers', 'deletlog', 'updateconf', 'getconf']

export function writeOrder(order: EspOrder, address: string): string {
  const head = { cmd: order.cmd, doorip: address }
  if (order.cmd === 'deletuid') return JSON.stringify({ ...head, uid: order.uid })
  if (order.cmd !== 'adduser') return JSON.stringify(head)
  const { uid, user, acctype, since, until, rest } = order.user
  const texts = { uid, user, acctype: `${acctype}`, ...rest, validsince: `${since}`, validuntil: `${until}` }
  return JSON.stringify({ ...head, ...texts })
}

/** `path` is what follows the box's own topic: '', 'send', 'cmd', 'tag', 'avty' or 'io/door'. */
export function readEsp(path: string, text: string): EspMessage | null {
  if (text.length > LONGEST) return null
  if (path === 'avty') return /^(on|off)line$/.test(text) ? { kind: 'presence', here: text === 'online' } : null
  if (path.startsWith('io/')) return readIo(path.slice(3), text)
  if (!['', 'send', 'cmd', 'tag'].includes(path)) return null
  const json = objectIn(text)
  if (json === null) return null
  // Old firmware is ordered about on the bare topic, too.
  if (path === 'cmd' || (path === '' && typeof json.doorip === 'string')) return readOrder(json)
  if (path === 'tag') return readAccess(json)
  // The list is told file by file, and a file is what once came in: from the box's own page, or as an order to add.
  if (json.command === 'userfile' || json.cmd === 'adduser') return usersIn([json])
  if (Array.isArray(json.list)) return usersIn(json.list)
  return readTold(json)
}

function readTold(json: Record<string, unknown>): EspMessage | null {
  const [time, type] = [timeIn(json.time), json.type]
  if (typeof type !== 'string') return null
  const ip = typeof json.ip === 'string' ? json.ip.slice(0, 64) : null
  switch (type) {
    case 'access':
      return readAccess(json)
    case 'boot':
      return { kind: 'boot', time, uptime: countIn(json.uptime), ip }
    case 'heartbeat':
    case 'hearthbeat': // As the firmware of 2019 spells it.
      return { kind: 'heartbeat', time, uptime: countIn(json.uptime), ip }
    case 'INFO':
    case 'WARN':
    case 'ERRO':
      return { kind: 'event', time, src: textIn(json.src), desc: textIn(json.desc), data: textIn(json.data) }
  }
  return ACKED.includes(type) ? { kind: 'ack', of: type, ip } : null
}

function readAccess(json: Record<string, unknown>): EspMessage | null {
  const results = Array.isArray(json.access) ? json.access : [json.access]
  if (typeof json.uid !== 'string' || !/^[\x20-\x7e]*$/.test(json.uid) || json.uid.length > LONGEST_UID) return null
  if (results.length > 8 || !results.every((word) => typeof word === 'string' && word.length <= 40)) return null
  const username = textIn(json.username)
  return { kind: 'access', time: timeIn(json.time), results: results as string[], username, uid: json.uid.trim() }
}

function readIo(what: string, text: string): EspMessage | null {
  if (!/^(door|tamper|doorbell|lock\d?)$/.test(what) || !/^(ON|OFF|LOCKED|UNLOCKED)$/.test(text)) return null
  return { kind: 'io', what, on: text === 'ON' || text === 'UNLOCKED' }
}

function readOrder({ cmd, doorip }: Record<string, unknown>): EspMessage | null {
  return typeof cmd === 'string' && typeof doorip === 'string'
    ? { kind: 'order', cmd: cmd.slice(0, 40), ip: doorip.slice(0, 64) }
    : null
}

/** One bad row is left out, and the rest is a list all the same. */
function usersIn(rows: readonly unknown[]): EspMessage | null {
  const users = rows.flatMap((row) => userIn(row) ?? [])
  return users.length > 0 || rows.length === 0 ? { kind: 'users', users } : null
}

/** What is missing counts as the firmware counts it: as 0, which opens nothing. */
function userIn(row: unknown): EspUser | null {
  if (typeof row !== 'object' || row === null) return null
  const json = row as Record<string, unknown>
  if (typeof json.uid !== 'string' || !/^[\x21-\x7e]+$/.test(json.uid) || json.uid.length > LONGEST_UID) return null
  const kept = KEPT.flatMap((name) => {
    const value = json[name]
    const isKept = (typeof value === 'string' && value.length <= 20) || countIn(value) !== null
    return isKept && value !== '' ? [[name, value as string | number] as const] : []
  })
  return {
    uid: json.uid,
    user: textIn(json.user).slice(0, 60),
    acctype: countIn(json.acctype) ?? 0,
    since: countIn(json.validsince) ?? 0,
    until: countIn(json.validuntil) ?? 0,
    rest: Object.fromEntries(kept),
  }
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : null
  } catch {
    return null
  }
}

/** A whole number, or digits that are one. */
function countIn(value: unknown): number | null {
  const text = typeof value === 'number' || typeof value === 'string' ? `${value}`.trim() : ''
  return /^\d{1,10}$/.test(text) && Number(text) <= LATEST ? Number(text) : null
}

function timeIn(value: unknown): number | null {
  const time = countIn(value)
  return time !== null && time >= FIRST_SET ? time : null
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 200) : ''
}
