// The only file that knows the package "aedes": a broker inside this program, for spaces that have no other.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { Duplex, pipeline, Transform } from 'node:stream'
import { Aedes } from 'aedes'

/** The firmware takes 2 KiB at most (esp-rfid, MAX_MQTT_BUFFER), and tells little more. */
const LONGEST_PACKET = 16_384
const MOST_CONNECTIONS = 100
const CONNECT_WITHIN = 5_000
/** What Home Assistant looks for: boxes that were set up for it publish there, and would be thrown out for it. */
const DISCOVERY = 'homeassistant/'

export type BrokerOptions = {
  host: string
  port: number
  /** By user; the user of a controller is also its topic. Asked at each step, so that who is taken out is out at once. */
  accounts(): ReadonlyMap<string, string>
  /** The user that may hear and say everything. */
  desk: string
}

export type Broker = { port: number; close(): Promise<void> }

/** Rejects with a sentence where the port cannot be had. */
export async function startBroker({ host, port, accounts, desk }: BrokerOptions): Promise<Broker> {
  const signedIn = new WeakMap<object, { user: string; password: string }>()
  const userOf = (client: object | null): string | null => {
    const held = client === null ? undefined : signedIn.get(client)
    return held !== undefined && accounts().get(held.user) === held.password ? held.user : null
  }
  const owns = (user: string | null, topic: string) =>
    user !== null && (user === desk || topic === user || topic.startsWith(`${user}/`))

  const broker = await Aedes.createBroker({
    connectTimeout: CONNECT_WITHIN,
    preConnect(_client, packet, done) {
      // What was ordered while a box was away must not be carried out when it comes back.
      packet.clean = true
      // Nobody can put another user out by taking its client id.
      if (packet.clientId) packet.clientId = `${packet.username ?? ''}/${packet.clientId}`.slice(0, 128)
      done(null, true)
    },
    authenticate(client, user, given, done) {
      const password = user === undefined || !isUser(user) ? undefined : accounts().get(user)
      if (user === undefined || password === undefined || !isSame(password, given?.toString() ?? ''))
        return done(Object.assign(new Error('wrong user or password'), { returnCode: 4 }), null)
      signedIn.set(client, { user, password })
      done(null, true)
    },
    authorizePublish(client, packet, done) {
      const user = userOf(client)
      const isDiscovery = user !== null && packet.topic.startsWith(DISCOVERY)
      if (isDiscovery) packet.retain = false
      if (!isDiscovery && !owns(user, packet.topic)) return done(new Error('not a topic of this user'))
      // Whether a box is there is all that may be kept: a kept order would be carried out at each start.
      if (packet.retain && !packet.topic.endsWith('/avty')) return done(new Error('nothing of this is kept'))
      done(null)
    },
    authorizeSubscribe(client, subscription, done) {
      const user = userOf(client)
      done(null, owns(user, subscription.topic) ? subscription : null)
    },
    authorizeForward: (client, packet) => (userOf(client) === null ? null : packet),
  })
  // Without a listener it would end the whole program.
  const emitter: EventEmitter = broker
  emitter.on('error', () => {})

  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    broker.handle(limited(socket))
  })
  server.maxConnections = MOST_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(whyNot(error, host, port))))
    server.listen(port, host, resolve)
  }).catch((error) => {
    broker.close()
    throw error
  })
  const at = server.address()

  return {
    port: at !== null && typeof at === 'object' ? at.port : port,
    async close() {
      const down = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => broker.close(resolve))
      await down
    },
  }
}

/** One level of a topic, and no pattern. */
function isUser(user: string): boolean {
  return /^[^\s$+#/][^\s+#/]{0,63}$/.test(user)
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

function whyNot({ code }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `Another program uses port ${port} at ${host}, perhaps a broker: stop it, or use it instead of the one in Latchkey.`
  return `The broker cannot listen at ${host}:${port} (${code}): choose an address of this computer and a free port.`
}

/** Ends a connection that announces a packet that is too long, before any of it is kept. MQTT 3.1.1, 2.2. */
function limited(socket: Socket): Duplex {
  let body = 0
  /** Bytes of the fixed header that were seen; the first says what the packet is, up to four more how long. */
  let seen = 0
  const guard = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      for (let at = 0; at < bytes.length; ) {
        if (seen === 0 && body > 0) {
          const step = Math.min(body, bytes.length - at)
          body -= step
          at += step
          continue
        }
        const byte = bytes[at++] ?? 0
        if (seen > 0) body += (byte & 0x7f) * 128 ** (seen - 1)
        seen = seen > 0 && byte < 0x80 ? 0 : seen + 1
        if (body > LONGEST_PACKET || seen > 4) return done(new Error('packet too long'))
      }
      done(null, bytes)
    },
  })
  pipeline(socket, guard, () => {})
  return Duplex.from({ readable: guard, writable: socket })
}
