// `latchkey sim esp-rfid`: a simulated ESP-RFID box that runs until it is told to end, for trying a desk's doors out.
import { type Lasting, text } from './command.ts'

export const SIM_ESP: Lasting = {
  words: 'sim esp-rfid',
  args: '--broker URL --topic T --address IP [--user U] [--password P]',
  about: 'a simulated ESP-RFID box at an MQTT broker; lines of input: swipe UID, state, quit',
  options: {
    broker: { type: 'string' },
    topic: { type: 'string' },
    address: { type: 'string' },
    user: { type: 'string' },
    password: { type: 'string' },
  },
  async start(values, { out, err, stdin }) {
    const broker = URL.parse(text(values.broker) ?? '')
    const topic = text(values.topic)
    const address = text(values.address)
    if (broker === null || !/^mqtts?:$/.test(broker.protocol))
      return { usage: '--broker is where the broker is: mqtt://HOST:PORT or mqtts://HOST:PORT.' }
    if (topic === undefined || !/^[^\s+#]{1,64}$/.test(topic))
      return { usage: '--topic is the topic of the box, without + and #.' }
    if (address === undefined || !/^\d{1,3}(\.\d{1,3}){3}$/.test(address))
      return { usage: '--address is the IP address that the box says it has, such as 192.168.1.50.' }
    const { runEspProcess } = await import('../../../hardware/sim/esp-rfid-process.ts')
    return runEspProcess({
      url: broker.href,
      username: text(values.user) ?? (decodeURIComponent(broker.username) || topic),
      password: text(values.password) ?? decodeURIComponent(broker.password),
      topic,
      address,
      now: Date.now,
      input: stdin,
      say: out,
      complain: err,
    })
  },
}
