// Opens the driver of a device by how it is reached; what several of them share, our own broker, is started once.
import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import type { Device, DeviceOptions } from '../../../hardware/controller.ts'
import type { Broker } from '../../../hardware/mqtt-broker.ts'
import type { MqttOptions } from '../../../hardware/mqtt-client.ts'
import type { DeviceConfig } from '../domain/device-config.ts'
import { allDevices } from '../store/devices.ts'
import type { ReadDb } from '../store/open.ts'
import { readRevision } from '../store/settings.ts'

type EspConfig = Extract<DeviceConfig, { driver: 'esp-rfid' }>

export type DeviceHub = {
  /** Rejects with a sentence where our own broker cannot be started. */
  open(config: DeviceConfig, options: DeviceOptions): Promise<Device>
  close(): Promise<void>
}

/** Who we are at our own broker. */
const DESK = 'latchkey-desk'

/** Drivers and their packages are loaded once a door needs them: most desks have none. `onBroker` is told where ours listens. */
export function createDeviceHub(
  desk: ReadDb,
  mqtt: { host: string; port: number },
  onBroker: (port: number) => void,
): DeviceHub {
  const password = randomBytes(24).toString('hex')
  let broker: Promise<Broker> | null = null

  let known: { revision: number; accounts: Map<string, string> } | null = null

  /** Each box is its topic, with the password that was shown when its door was made. Asked at every message. */
  function accounts(): Map<string, string> {
    const revision = readRevision(desk)
    if (known?.revision === revision) return known.accounts
    const boxes = allDevices(desk).flatMap(({ config }) =>
      config.driver === 'esp-rfid' && config.password !== null ? [[config.topic, config.password] as const] : [],
    )
    known = { revision, accounts: new Map([...boxes, [DESK, password]]) }
    return known.accounts
  }

  async function ownBroker(): Promise<Broker> {
    const { startBroker } = await import('../../../hardware/mqtt-broker.ts')
    broker ??= startBroker({ ...mqtt, accounts, desk: DESK })
      .then((started) => {
        onBroker(started.port)
        return started
      })
      .catch((error) => {
        broker = null
        throw error
      })
    return broker
  }

  async function reach({ broker: url, ca }: EspConfig): Promise<MqttOptions> {
    if (url === null) {
      const { port } = await ownBroker()
      const host = mqtt.host === '0.0.0.0' || mqtt.host === '::' ? '127.0.0.1' : mqtt.host
      return { url: `mqtt://${host.includes(':') ? `[${host}]` : host}:${port}`, username: DESK, password }
    }
    const { username, password: given } = new URL(url)
    const user = { username: decodeURIComponent(username), password: decodeURIComponent(given) }
    return { url, ...user, ...(ca === null ? {} : { ca }) }
  }

  return {
    async open(config, options) {
      switch (config.driver) {
        case 'relay': {
          const { openRelay } = await import('../../../hardware/controllers/relay.ts')
          return openRelay({ ...options, url: config.url })
        }
        case 'uhppote': {
          const { openUhppote } = await import('../../../hardware/controllers/uhppote.ts')
          const { host: address, port, serial, listener } = config
          const listen = { host: await ownAddressTowards(address, port), port: listener }
          return openUhppote({ ...options, address, port, serial, listen })
        }
        case 'esp-rfid': {
          const [{ openEspRfid }, { connectMqtt }] = await Promise.all([
            import('../../../hardware/controllers/esp-rfid.ts'),
            import('../../../hardware/mqtt-client.ts'),
          ])
          const connection = connectMqtt(await reach(config))
          const device = openEspRfid({ ...options, mqtt: connection, topic: config.topic, address: config.address })
          return {
            ...device,
            async close() {
              await device.close()
              await connection.close()
            },
          }
        }
      }
    },
    async close() {
      await (await broker)?.close()
    },
  }
}

/** The address of this computer that a board can send to: the one by which the system would send to it. */
function ownAddressTowards(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    socket.once('error', (error) => {
      socket.close()
      reject(error)
    })
    socket.connect(port, host, () => {
      resolve(socket.address().address)
      socket.close()
    })
  })
}
