// The only file that knows the package "mqtt": one connection to a broker, made anew for as long as it is wanted.
import { X509Certificate } from 'node:crypto'
import { Socket } from 'node:net'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import type { IClientOptions, MqttClient } from 'mqtt'

/** A broker that is not there, or does not take us, is tried again this often, in milliseconds. */
const RETRY = 1_000
const CONNECT_WITHIN = 5_000
/** What the broker has not acknowledged by then counts as not sent. */
const PUBLISH_WITHIN = 2_000
/** In seconds: how soon a connection that died without a word is noticed. */
const KEEPALIVE = 15

export type MqttState = { kind: 'connecting' } | { kind: 'ready' } | { kind: 'down'; sentence: string }

/** `retained`: it was said before we were there, and the broker kept it. */
export type MqttMessage = { topic: string; text: string; retained: boolean }

/** There is no way to publish a message that the broker keeps: a kept order would be carried out at each start of a box. */
export type MqttPort = {
  state(): MqttState
  /** Called at once with how it stands, and at each change; gives back what ends that. */
  onState(listener: (state: MqttState) => void): () => void
  /** Hears `root` and everything beneath it, also after the connection was made anew. */
  subscribe(root: string, listener: (message: MqttMessage) => void): () => void
  /** At least once. Rejects where the broker has not taken it, and then it is not sent later either. */
  publish(topic: string, text: string): Promise<void>
  /** `abruptly`: without a farewell, as when the power goes. */
  close(abruptly?: boolean): Promise<void>
}

export type MqttOptions = {
  /** mqtt://HOST:PORT or mqtts://HOST:PORT */
  url: string
  username: string
  password: string
  /** Certificates as PEM text: of whoever signed the broker's, or the broker's own, which then may bear any name. */
  ca?: string
  /** Kept by the broker, as a controller tells that it is there: `gone` is its last will. */
  presence?: { topic: string; here: string; gone: string }
}

/** Never throws for what is amiss with the broker: that arrives as a state. After `close` nothing is called any more. */
export function connectMqtt({ presence, ...options }: MqttOptions): MqttPort {
  if (presence !== undefined && !presence.topic.endsWith('/avty'))
    throw new Error('Only whether somebody is there may be kept by a broker.')
  const states = new Set<(state: MqttState) => void>()
  const hearers = new Map<(message: MqttMessage) => void, string>()
  let state: MqttState = { kind: 'connecting' }
  let client: MqttClient | null = null
  let closed = false
  let wake = () => {}

  const tell = (next: MqttState) => {
    if (closed || JSON.stringify(next) === JSON.stringify(state)) return
    state = next
    for (const listener of [...states]) listener(next)
  }
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, closed ? 0 : ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const hear = (topic: string, payload: Uint8Array, retained: boolean) => {
    const message = { topic, text: Buffer.from(payload).toString('utf8'), retained }
    for (const [listener, root] of [...hearers])
      if (!closed && (topic === root || topic.startsWith(`${root}/`))) listener(message)
  }

  /** One life of one client, and why it ended. A new one each time: the package sends again what an old one kept. */
  const life = async (): Promise<string> => {
    const { connect } = await import('mqtt')
    const made = connect(bareUrl(options.url), {
      ...clientOptions(options),
      ...(presence && { will: { topic: presence.topic, payload: Buffer.from(presence.gone), qos: 1, retain: true } }),
    })
    client = made
    // Orders are short and answers are waited for: none must wait to be sent together with the next.
    if (made.stream instanceof Socket) made.stream.setNoDelay(true)
    const { sentence } = await new Promise<{ sentence: string }>((resolve) => {
      let why: string | null = null
      made.on('error', (error) => {
        why ??= sentenceOf(options.url, error)
      })
      made.on('message', (topic, payload, { retain }) => hear(topic, payload, retain))
      made.on('connect', () => {
        if (presence) made.publish(presence.topic, presence.here, { qos: 1, retain: true })
        const roots = [...new Set(hearers.values())]
        if (roots.length === 0) return tell({ kind: 'ready' })
        made.subscribe(filters(roots), { qos: 1 }, (error, granted) => {
          if (!error && granted?.every(({ qos }) => qos < 128)) return tell({ kind: 'ready' })
          why ??= `The broker at ${hostOf(options.url)} lets this user hear nothing of ${roots.join(', ')}. Give the user of the desk all topics.`
          made.end(true)
        })
      })
      made.on('close', () => resolve({ sentence: why ?? ended(options.url) }))
    })
    client = null
    made.end(true)
    return sentence
  }

  const run = async () => {
    while (!closed) {
      const sentence = await life().catch((error: Error) => sentenceOf(options.url, error))
      tell({ kind: 'down', sentence })
      await pause(RETRY)
    }
  }
  const running = Promise.resolve().then(run)

  return {
    state: () => state,
    onState(listener) {
      states.add(listener)
      listener(state)
      return () => void states.delete(listener)
    },
    subscribe(root, listener) {
      const isNew = ![...hearers.values()].includes(root)
      hearers.set(listener, root)
      // One that fails is asked for again with the next connection, and told then.
      if (isNew && client?.connected) client.subscribe(filters([root]), { qos: 1 }, () => {})
      return () => void hearers.delete(listener)
    },
    publish(topic, text) {
      const made = client
      if (closed || !made?.connected || state.kind !== 'ready')
        return Promise.reject(new Error(state.kind === 'down' ? state.sentence : 'The broker is not reached yet.'))
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          reject(new Error(`The broker at ${hostOf(options.url)} does not answer.`))
          made.end(true)
        }, PUBLISH_WITHIN)
        made.publish(topic, text, { qos: 1, retain: false }, (error) => {
          clearTimeout(late)
          if (error) reject(error)
          else resolve()
        })
      })
    },
    async close(abruptly = false) {
      closed = true
      wake()
      const made = client
      if (made !== null && !abruptly && made.connected) {
        await Promise.race([made.endAsync(false), new Promise((resolve) => setTimeout(resolve, 500))])
      }
      made?.end(true)
      await running
    },
  }
}

const filters = (roots: readonly string[]) => roots.map((root) => `${root}/#`)

/** Without user and password: those are given apart, and the package would take them from here as they are encoded. */
function bareUrl(text: string): string {
  const url = new URL(text)
  if (!/^mqtts?:$/.test(url.protocol)) throw new Error('not mqtt')
  url.username = ''
  url.password = ''
  return url.href
}

function clientOptions({ username, password, ca }: MqttOptions): IClientOptions {
  const pinned = ca === undefined ? [] : certificatesIn(ca)
  return {
    username,
    password,
    clientId: '',
    clean: true,
    keepalive: KEEPALIVE,
    connectTimeout: CONNECT_WITHIN,
    reconnectPeriod: 0,
    resubscribe: false,
    ...(ca !== undefined && {
      ca,
      allowPartialTrustChain: true,
      // Small brokers sign for themselves, under names that nobody looks up: the very certificate is better than its name.
      checkServerIdentity: (host: string, certificate: PeerCertificate) =>
        pinned.some((own) => own.equals(certificate.raw)) ? undefined : checkServerIdentity(host, certificate),
    }),
  }
}

function certificatesIn(pem: string): Buffer[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (blocks.length === 0) throw new Error('no certificate')
  return blocks.map((block) => new X509Certificate(block).raw)
}

/** What went wrong, by the codes of MQTT 3.1.1 (3.2.2.3), of TLS and of the system. */
export function sentenceOf(url: string, error: Error & { code?: unknown }): string {
  const host = hostOf(url)
  const { code, message } = error
  if (/^(Invalid URL|not mqtt)$/.test(message))
    return `The address of the broker is none: write mqtt://HOST:1883, or mqtts://HOST:8883 for TLS.`
  if (message === 'no certificate' || /PEM|asn1|X509/i.test(message))
    return 'The certificate for the broker cannot be read: paste the text that begins with BEGIN CERTIFICATE.'
  if (code === 4 || code === 5)
    return `The broker at ${host} does not take this user and password. Correct them; Latchkey tries again every second.`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `The certificate of the broker at ${host} is made out to another name. Use the name that stands in it, or give Latchkey that very certificate.`
  if (/SELF_SIGNED|UNABLE_TO|CERT_|CERTIFICATE/.test(String(code)))
    return `The certificate of the broker at ${host} is not trusted. Give Latchkey the certificate of whoever signed it.`
  if (/WRONG_VERSION|EPROTO|ERR_SSL/.test(String(code)))
    return `The broker at ${host} does not speak TLS there. Use its TLS port, usually 8883.`
  // Somebody took the call, and hung up or said what is no MQTT.
  if (/^(ECONNRESET|EPIPE)$/.test(String(code)) || /header|packet|protocol/i.test(message)) return ended(url)
  return `No broker answers at ${host}. Start it, or correct the address; Latchkey looks again every second.`
}

function ended(url: string): string {
  return `The broker at ${hostOf(url)} closed the connection. If it goes on so, see that it is an MQTT broker, and TLS where the address says mqtts; Latchkey tries again every second.`
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'that address'
}
