// Random and mutated payloads, as an enemy at the broker or a broken box would send them; and what must hold for each.

import type { DeviceEvent } from '../../hardware/controller.ts'
import { openEspRfid } from '../../hardware/controllers/esp-rfid.ts'
import { readEsp } from '../../hardware/controllers/esp-rfid-messages.ts'
import type { MqttMessage, MqttPort } from '../../hardware/mqtt-client.ts'
import type { Random } from '../fuzz/random.ts'

/** As the firmware sends them. */
export const GOLDEN: readonly (readonly [path: string, text: string])[] = [
  ['send', '{"type":"boot","time":1764151200,"uptime":"0","ip":"192.168.1.50","hostname":"front"}'],
  ['send', '{"type":"heartbeat","time":1764151200,"uptime":999,"ip":"192.168.1.50","hostname":"front"}'],
  [
    'send',
    '{"uid":"1ea68671","pincode":"","username":"Ada","access":"Always","time":1764151200,"doorName":"front","type":"access","isKnown":"true","hostname":"front"}',
  ],
  [
    'send',
    '{"access":["Always","Disabled"],"doorName":["a","b"],"cmd":"log","uid":"4af68dac85a80","username":"Ada","time":1764151200,"type":"access","isKnown":"true"}',
  ],
  ['tag', '{"uid":"1ea68671","username":"Unknown","access":"Denied","time":1764151200}'],
  ['send', '{"uid":" ","username":"MQTT","access":"Always","time":1764151200,"type":"access","isKnown":"true"}'],
  [
    'send',
    '{"type":"WARN","src":"rfid","desc":"Unknown rfid tag is scanned","data":"1ea68671 MIFARE 1KB","time":1764151200,"cmd":"event"}',
  ],
  ['send', '{"type":"INFO","src":"door","desc":"Door Open","data":"","time":1764151200,"cmd":"event"}'],
  ['send', '{"type":"deletuid","ip":"192.168.1.50","hostname":"front"}'],
  [
    'send',
    '{"command":"userfile","uid":"1ea68671","user":"Ada","acctype":1,"acctype2":null,"validsince":0,"validuntil":2145916800}',
  ],
  [
    'send',
    '{"cmd":"adduser","doorip":"192.168.1.50","uid":"1ea68671","user":"Ada","acctype":"1","validsince":"0","validuntil":"2145916800"}',
  ],
  ['cmd', '{"cmd":"opendoor","doorip":"192.168.1.50"}'],
  ['avty', 'online'],
  ['io/door', 'ON'],
  ['', '{"type":"hearthbeat","time":1764151200}'],
]

const PATHS = ['', 'send', 'cmd', 'tag', 'avty', 'io/door', 'io/tamper', 'io/lock0', 'io/', 'sync', '../cmd']
const KEYS = [
  ...['type', 'cmd', 'command', 'uid', 'user', 'username', 'access', 'acctype', 'acctype2', 'pincode', 'doorip', 'ip'],
  ...[
    'time',
    'uptime',
    'validuntil',
    'validsince',
    'isKnown',
    'list',
    'src',
    'desc',
    'data',
    '__proto__',
    'constructor',
  ],
]
const WORDS = [
  ...['access', 'boot', 'heartbeat', 'adduser', 'userfile', 'Always', 'Admin', 'Denied', 'MQTT', 'Button', ' ', ''],
  ...['192.168.1.50', '1ea68671', '0', '-1', '99999999999', '1e999', 'NaN', '\u0000', '🚪', 'x'.repeat(5_000)],
]

export function randomPayload(random: Random): readonly [path: string, text: string] {
  const [path, text] = random.pick(GOLDEN)
  const at = random.below(4) === 0 ? random.pick(PATHS) : path
  switch (random.below(8)) {
    case 0:
      return [at, random.bytes(random.below(200)).toString('latin1')]
    case 1:
      return [at, text.slice(0, random.below(text.length))]
    case 2:
      return [at, JSON.stringify(anything(random, 3))]
    case 3: {
      const json = JSON.parse(text.startsWith('{') ? text : '{}') as Record<string, unknown>
      json[random.pick(KEYS)] = anything(random, 2)
      return [at, JSON.stringify(json)]
    }
    case 4:
      return [at, text + random.pick(GOLDEN)[1]]
    case 5:
      return [at, `${'['.repeat(random.below(3_000))}${text}`]
    default: {
      const bytes = Buffer.from(text)
      for (let count = 1 + random.below(3); count > 0; count -= 1) bytes[random.below(bytes.length)] = random.below(256)
      return [at, bytes.toString('utf8')]
    }
  }
}

function anything(random: Random, depth: number): unknown {
  switch (random.below(depth > 0 ? 7 : 5)) {
    case 0:
      return random.pick(WORDS)
    case 1:
      return random.below(2) === 0 ? random.below(2 ** 31) : -random.below(1_000) / 7
    case 2:
      return random.pick([null, true, false])
    case 3:
      return 1_764_151_200 + random.below(100)
    case 4:
      return random.hex(random.below(40))
    case 5:
      return Array.from({ length: random.below(12) }, () => anything(random, depth - 1))
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(8) }, () => [random.pick(KEYS), anything(random, depth - 1)]),
      )
  }
}

export type Storm = { payloads: number; understood: number; events: number }

/** Sends them to a driver too, over a connection that is none; throws where something is not as it must be. */
export async function storm(
  random: Random,
  payloads: number,
  progress: (sent: number) => void = () => {},
): Promise<Storm> {
  let clock = 1_764_151_200_000
  const counted: Storm = { payloads, understood: 0, events: 0 }
  let say: (message: MqttMessage) => void = () => {}
  const published: string[] = []
  const mqtt: MqttPort = {
    state: () => ({ kind: 'ready' }),
    onState(listener) {
      listener({ kind: 'ready' })
      return () => {}
    },
    subscribe(_root, listener) {
      say = listener
      return () => {}
    },
    publish: async (_topic, text) => void published.push(text),
    close: async () => {},
  }
  const device = openEspRfid({
    mqtt,
    topic: 'front',
    address: '192.168.1.50',
    doors: [{ id: 'front', output: 1, openMs: 3_000, format: null }],
    now: () => clock,
    wall: (at) => new Date(at).toISOString().slice(0, 19),
    fromWall: Date.parse,
    storedTo: 0,
    holidays: () => [],
    events: {
      heard: ({ clockOff }) => check(clockOff === undefined || Number.isSafeInteger(clockOff), clockOff),
      lost() {},
      asked: () => check(false, 'it never asks'),
      happened(events) {
        counted.events += events.length
        for (const event of events) check(isWellFormed(event, clock), event)
      },
      trouble: (sentence) => check(sentence === null || sentence.length < 600, sentence),
    },
  })
  for (let sent = 0; sent < payloads; sent += 1) {
    const [path, text] = randomPayload(random)
    if (readEsp(path, text) !== null) counted.understood += 1
    clock += random.below(4_000)
    say({ topic: `front${path && '/'}${path}`, text, retained: random.below(10) === 0 })
    progress(sent)
  }
  await device.close()
  // Whatever it hears, it answers nothing by itself.
  check(published.length === 0, published)
  return counted
}

function isWellFormed(event: DeviceEvent, now: number): boolean {
  const { door, n, at } = event
  if (door !== 'front' || n !== null || !Number.isSafeInteger(at) || at > now + 60_000) return false
  return (
    event.what !== 'swipe' || (event.card.length > 0 && event.card.length < 32 && typeof event.granted === 'boolean')
  )
}

function check(isSo: boolean, what: unknown): void {
  if (!isSo) throw new Error(`Not as it must be: ${JSON.stringify(what)}`)
}
