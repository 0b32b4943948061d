// A broker, a simulated box and the driver before it, with a clock of their own.
import mqtt from 'mqtt'
import type { Change, DeviceEvent, DeviceNews } from '../../hardware/controller.ts'
import { type EspRfidOptions, openEspRfid } from '../../hardware/controllers/esp-rfid.ts'
import { startBroker } from '../../hardware/mqtt-broker.ts'
import { connectMqtt, type MqttOptions } from '../../hardware/mqtt-client.ts'
import { type EspDevice, type EspDeviceOptions, startEspDevice } from '../../hardware/sim/esp-rfid-device.ts'
import type { EspList } from '../../hardware/sim/esp-rfid-list.ts'
import { startMosquitto } from './mqtt-mosquitto.ts'
import { until } from './until.ts'

export const TOPIC = 'front'
export const ADDRESS = '192.168.1.50'
const USERS = { desk: 'a secret', front: 'another', keeper: 'a third' }
export const BROKERS = ['mosquitto', 'our own broker'] as const

export type World = Awaited<ReturnType<typeof createWorld>>
export type Desk = ReturnType<World['open']>

export async function createWorld(kind: (typeof BROKERS)[number]) {
  const cleanups: (() => Promise<unknown>)[] = []
  const clock = { at: Date.parse('2026-11-26T10:00:00Z') }
  const own = { host: '127.0.0.1', accounts: () => new Map(Object.entries(USERS)), desk: 'desk' }
  const broker = kind === 'mosquitto' ? await startMosquitto(USERS) : null
  let started = broker === null ? await startBroker({ ...own, port: 0 }) : null
  const url = broker?.url ?? `mqtt://127.0.0.1:${started?.port}`
  cleanups.push(async () => (broker === null ? started?.close() : broker.remove()))
  const now = () => clock.at

  return {
    url,
    clock,
    async stop() {
      if (broker !== null) return broker.stop()
      await started?.close()
    },
    async start() {
      if (broker !== null) return broker.start()
      started = await startBroker({ ...own, port: Number(new URL(url).port) })
    },
    /** Switched on, and at the broker. */
    async box(options: Partial<EspDeviceOptions> = {}, list?: EspList): Promise<EspDevice> {
      const at = { url, username: TOPIC, password: USERS.front, topic: TOPIC, address: ADDRESS, now }
      const box = startEspDevice({ ...at, ...options }, list)
      cleanups.push(() => box.close())
      await until('the box is there', () => box.port.state().kind === 'ready')
      // What it says at its start is at the broker before this is.
      await box.port.publish(`${TOPIC}/mark`, 'started')
      return box
    },
    open(options: Partial<EspRfidOptions> = {}, how: Partial<MqttOptions> = {}) {
      const port = connectMqtt({ url, username: 'desk', password: USERS.desk, ...how })
      const told = {
        heard: [] as DeviceNews[],
        lost: 0,
        troubles: [] as (string | null)[],
        events: [] as DeviceEvent[],
        paused: 0,
      }
      const device = openEspRfid({
        mqtt: port,
        topic: TOPIC,
        address: ADDRESS,
        doors: [{ id: 'door', output: 1, openMs: 3_000, format: null }],
        now,
        wall: (at) => new Date(at).toISOString().slice(0, 19),
        fromWall: (wall) => Date.parse(`${wall}Z`),
        storedTo: 0,
        holidays: () => [],
        events: {
          heard: (news) => void told.heard.push(news),
          lost: () => {
            told.lost += 1
          },
          asked: () => {
            throw new Error('It decides by itself.')
          },
          happened: (events) => void told.events.push(...events),
          trouble: (sentence) => void told.troubles.push(sentence),
        },
        waits: { patience: 1_000, quiet: 300 },
        pause: async (ms) => {
          told.paused += 1
          clock.at += ms
        },
        ...options,
      })
      cleanups.push(async () => {
        await device.close()
        await port.close()
      })
      const marks: string[] = []
      port.subscribe(TOPIC, ({ topic, text }) => {
        if (topic === `${TOPIC}/mark`) marks.push(text)
      })
      /** All that the box said before is heard when this returns. */
      const caughtUp = async (box: EspDevice) => {
        const mark = `${marks.length + 1}`
        box.say('mark', mark)
        await until('all of it is heard', () => marks.includes(mark))
      }
      const isHeard = () => until('the box is heard', () => told.heard.length > 0)
      return { device, port, told, isHeard, caughtUp }
    },
    /** Another program at the same broker, which hears everything and may say anything. */
    async other() {
      const client = await mqtt.connectAsync(url, { username: 'desk', password: USERS.desk, reconnectPeriod: 0 })
      cleanups.push(() => client.endAsync(true))
      const seen: { topic: string; text: string; retained: boolean }[] = []
      client.on('error', () => {})
      client.on('message', (topic, payload, { retain }) => {
        seen.push({ topic, text: payload.toString(), retained: retain })
      })
      await client.subscribeAsync('#', { qos: 1 })
      const orders = () => seen.filter(({ topic }) => topic === `${TOPIC}/cmd`)
      return { client, seen, orders }
    },
    async end() {
      for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
    },
  }
}

/** 2026-12-31, to the end of the day. */
export const UNTIL = Date.parse('2027-01-01T00:00:00Z')
export const TERMS = 'until 2026-12-31T23:59:59'

export function give(card: string, until = UNTIL): Change {
  return { door: 'door', card, wanted: { card, until, lastDay: '2026-12-31', hours: [] } }
}
export function take(card: string): Change {
  return { door: 'door', card, wanted: null }
}
/** Cards of eight hex digits, without any 0. */
export function cardNo(n: number): string {
  const digit = (of: number) => '123456789abcdef'.charAt(Math.floor(n / of) % 15)
  return `a1b2${digit(3_375)}${digit(225)}${digit(15)}${digit(1)}`
}
