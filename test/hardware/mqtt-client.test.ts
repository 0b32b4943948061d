// Our end of MQTT before a real mosquitto: states and their sentences, and what must never be sent.
import mqtt from 'mqtt'
import { afterEach, expect, test } from 'vitest'
import { connectMqtt, type MqttMessage, type MqttOptions, sentenceOf } from '../../hardware/mqtt-client.ts'
import { type Mosquitto, makeCertificates, startMosquitto } from './mqtt-mosquitto.ts'
import { until } from './until.ts'

const USERS = { desk: 'a secret', front: 'another' }
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function broker(...args: Parameters<typeof startMosquitto>): Promise<Mosquitto> {
  const made = await startMosquitto(...args)
  cleanups.push(() => made.remove())
  return made
}
function connect(options: Partial<MqttOptions> & { url: string }) {
  const port = connectMqtt({ username: 'desk', password: USERS.desk, ...options })
  const states: string[] = []
  const sentences: string[] = []
  port.onState((state) => {
    states.push(state.kind)
    if (state.kind === 'down') sentences.push(state.sentence)
  })
  cleanups.push(() => port.close())
  const isReady = () => port.state().kind === 'ready'
  return { port, states, sentences, isReady, isDown: () => port.state().kind === 'down' }
}
/** Another program at the same broker, by the package itself. */
async function other(url: string) {
  const client = await mqtt.connectAsync(url, { username: 'front', password: USERS.front, reconnectPeriod: 0 })
  cleanups.push(() => client.endAsync(true))
  const seen: { topic: string; text: string; retained: boolean }[] = []
  client.on('message', (topic, payload, { retain }) => seen.push({ topic, text: payload.toString(), retained: retain }))
  await client.subscribeAsync('#', { qos: 1 })
  return { client, seen }
}

test('what is said under a topic is heard, with the bare topic, and nothing of its neighbours', async () => {
  const { url } = await broker(USERS)
  const { port, isReady, states } = connect({ url })
  const heard: MqttMessage[] = []
  const stop = port.subscribe('front', (message) => heard.push(message))
  await until('it is ready', isReady)
  const { client } = await other(url)
  for (const topic of ['frontier/send', 'front', 'front/send']) await client.publishAsync(topic, topic, { qos: 1 })
  await until('both are heard', () => heard.length === 2)
  expect(heard).toEqual(['front', 'front/send'].map((topic) => ({ topic, text: topic, retained: false })))
  stop()
  const later: string[] = []
  port.subscribe('front', ({ text }) => later.push(text))
  await client.publishAsync('front/send', 'again', { qos: 1 })
  await until('the other listener hears it', () => later.length === 1)
  expect(heard).toHaveLength(2)
  expect(states).toEqual(['connecting', 'ready'])
})

test('there is no way to publish what a broker keeps', async () => {
  const { url } = await broker(USERS)
  const { port, isReady } = connect({ url })
  await until('it is ready', isReady)
  const { seen } = await other(url)
  const publish = port.publish as (...args: unknown[]) => Promise<void>
  await publish('front/cmd', 'open', { retain: true, qos: 1 })
  await publish('front/cmd', 'open', true)
  await until('it arrived', () => seen.length === 2)
  expect(seen.map(({ retained }) => retained)).toEqual([false, false])
  const late = await other(url)
  await port.publish('front/send', 'last')
  await until('somebody who came later hears what follows', () => late.seen.length > 0)
  expect(late.seen.map(({ text }) => text)).toEqual(['last'])
  const presence = { topic: 'front/cmd', here: 'open', gone: 'open' }
  expect(() => connectMqtt({ url, username: '', password: '', presence })).toThrow('may be kept')
})

test('a wrong password, and an address where nobody is, have a sentence each, without the password', async () => {
  const { url } = await broker(USERS)
  const wrong = connect({ url: url.replace('//', '//desk:hidden@'), password: 'wrong-word' })
  const nobody = connect({ url: 'mqtt://127.0.0.1:9' })
  await until('both are told', () => wrong.isDown() && nobody.isDown())
  const host = new URL(url).host
  expect(wrong.sentences).toEqual([
    `The broker at ${host} does not take this user and password. Correct them; Latchkey tries again every second.`,
  ])
  expect(nobody.sentences).toEqual([
    'No broker answers at 127.0.0.1:9. Start it, or correct the address; Latchkey looks again every second.',
  ])
  await expect(wrong.port.publish('front/cmd', 'x')).rejects.toThrow('does not take this user')
})

test.each(['', 'broker', 'http://127.0.0.1:1883', 'mqtt://'])('"%s" is a state, not a crash', async (url) => {
  const { isDown, sentences } = connect({ url })
  await until('it is told', isDown)
  expect(sentences[0]).toMatch(/^(The address of the broker is none|No broker answers)/)
})

test('TLS: trusted by its authority or as itself, and otherwise told', async () => {
  const made = makeCertificates()
  const signed = await broker(USERS, made)
  const own = await broker(USERS, { certFile: made.ownFile, keyFile: made.ownKeyFile })
  const good = connect({ url: signed.url, ca: made.ca })
  // "some box" is no name of 127.0.0.1.
  const pinned = connect({ url: own.url, ca: made.own })
  const unknown = connect({ url: signed.url })
  const another = connect({ url: own.url, ca: made.ca })
  const broken = connect({ url: signed.url, ca: 'no certificate' })
  const plain = connect({ url: signed.url.replace('mqtts', 'mqtt') })
  await until('all are told', () => [unknown, another, broken, plain].every(({ isDown }) => isDown()))
  await until('the trusted ones are ready', () => good.isReady() && pinned.isReady())
  const host = (url: string) => new URL(url.replace('mqtts', 'http')).host
  const untrusted = (url: string) =>
    `The certificate of the broker at ${host(url)} is not trusted. Give Latchkey the certificate of whoever signed it.`
  expect([unknown.sentences[0], another.sentences[0]]).toEqual([untrusted(signed.url), untrusted(own.url)])
  expect(broken.sentences[0]).toContain('BEGIN CERTIFICATE')
  expect(plain.sentences[0]).toContain('TLS where the address says mqtts')
  await good.port.publish('front/cmd', 'by TLS')
})

test('TLS at a port without it, and a name that does not fit, have a sentence each', async () => {
  const plain = await broker(USERS)
  const { isDown, sentences } = connect({ url: plain.url.replace('mqtt:', 'mqtts:') })
  await until('it is told', isDown)
  expect(sentences[0]).toMatch(/does not speak TLS there|closed the connection/)
  const misnamed = Object.assign(new Error('x'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  expect(sentenceOf('mqtts://broker', misnamed)).toContain('made out to another name')
})

test('after the broker was gone it is found again, hears again, and sends nothing that was meant for before', async () => {
  const made = await broker(USERS)
  const { port, isReady, isDown, states } = connect({ url: made.url })
  const heard: string[] = []
  port.subscribe('front', ({ text }) => heard.push(text))
  await until('it is ready', isReady)
  await made.stop()
  await until('it is told', isDown)
  await expect(port.publish('front/cmd', 'stale')).rejects.toThrow(
    `The broker at ${new URL(made.url).host} closed the connection.`,
  )
  await made.start()
  const { client, seen } = await other(made.url)
  await until('it is ready again', isReady)
  await client.publishAsync('front/send', 'hello', { qos: 1 })
  await port.publish('front/cmd', 'fresh')
  await until('all is heard', () => heard.length === 2 && seen.length === 2)
  expect(heard).toEqual(['hello', 'fresh'])
  expect(states).toEqual(['connecting', 'ready', 'down', 'ready'])
})

test('whether somebody is there is kept by the broker: at once, after a farewell, and when the power goes', async () => {
  const { url } = await broker(USERS)
  const { port, isReady } = connect({ url })
  const heard: string[] = []
  await until('it is ready', isReady)
  const presence = { topic: 'front/avty', here: 'online', gone: 'offline' }
  const box = connect({ url, presence })
  await until('the box is ready', box.isReady)
  port.subscribe('front', ({ text, retained }) => heard.push(`${text} ${retained}`))
  await until('it is told what is kept', () => heard.length === 1)
  await box.port.close(true)
  await until('its last will is told', () => heard.length === 2)
  expect(heard).toEqual(['online true', 'offline false'])
})

test('closed, it calls nobody any more', async () => {
  const { url } = await broker(USERS)
  const early = connect({ url })
  await early.port.close()
  const { port, isReady, states } = connect({ url })
  const heard: string[] = []
  port.subscribe('front', ({ text }) => heard.push(text))
  await until('it is ready', isReady)
  await port.close()
  await port.close()
  const { client, seen } = await other(url)
  await client.publishAsync('front/send', 'hello', { qos: 1 })
  await until('another hears it', () => seen.length === 1)
  expect([heard, states, early.states]).toEqual([[], ['connecting', 'ready'], ['connecting']])
  await expect(port.publish('front/cmd', 'x')).rejects.toThrow()
})
