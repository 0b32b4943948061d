// What somebody without a key may cost the doors: connections, requests in one breath, memory.
import http from 'node:http'
import net from 'node:net'
import v8 from 'node:v8'
import vm from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import { requestSignature } from '../../hardware/sim/door-link-crypto.ts'
import { createDoorServer, type LinkDeps } from '../../src/main/door/link.ts'
import { MOST_STRANGERS } from '../../src/main/door/strangers.ts'
import { until } from '../hardware/until.ts'
import { connect } from './controller.ts'
import { addPerson, worldForTest } from './world.ts'

async function space() {
  const world = worldForTest()
  const front = world.addDoor('front')
  const { card } = addPerson(world.desk)
  await world.start()
  return { world, front, card, port: world.port }
}

/** A connection that is let go when the test is over. */
async function dial(port: number): Promise<net.Socket> {
  const socket = net.connect(port, '127.0.0.1').on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  await new Promise((resolve) => socket.once('connect', resolve))
  return socket
}

function answersOn(socket: net.Socket): () => number {
  let heard = ''
  socket.on('data', (part) => {
    heard += part.toString('latin1')
  })
  return () => heard.split('HTTP/1.1 ').length - 1
}

test('whoever holds many connections and says nothing loses the oldest of them, and no controller loses its own', async () => {
  const { world, front, card, port } = await space()
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  const before = await connect(port, front, { agent })
  await before.check(card)
  const own = () => Object.values(agent.freeSockets).flatMap((sockets) => sockets?.map((one) => one.localPort) ?? [])
  const held = own()
  expect(held).toHaveLength(1)

  const sockets: net.Socket[] = []
  for (let n = 0; n < MOST_STRANGERS + 100; n += 1) {
    const socket = await dial(port)
    if (n % 2 === 0) socket.write('POST /door/v1/check HTTP/1.1\r\nHost: x\r\nContent-Le')
    sockets.push(socket)
  }
  await until('those that are too many are closed', () => sockets.slice(0, 100).every(({ closed }) => closed))
  expect(await before.check(card)).toMatchObject({ status: 200, json: { grant: true }, signed: true })
  expect(own()).toEqual(held)
  const side = world.addDoor('side')
  expect(await (await connect(port, side)).check(card)).toMatchObject({ status: 200, json: { grant: true } })
})

const OPENING = JSON.stringify({ door: 'front', client_nonce: 'a'.repeat(32) })

test.each([
  ['without a body', 'GET /door/v1/time HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['with one', `POST /door/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: ${OPENING.length}\r\n\r\n${OPENING}`],
])('a stranger who asks thousands of things in one breath, %s, is hung up on; a few are answered', async (_, ask) => {
  const { port } = await space()
  const modest = await dial(port)
  const answered = answersOn(modest)
  modest.write(ask.repeat(10))
  await until('ten answers came', () => answered() === 10)
  const greedy = await dial(port)
  const heard = answersOn(greedy)
  greedy.write(ask.repeat(2_000))
  await until('it is closed', () => greedy.closed)
  expect(heard()).toBeLessThan(1_000)
  modest.write(ask)
  await until('the other is answered as before', () => answered() === 11)
})

test('who has signed may ask as much at once as it likes', async () => {
  const { front, port } = await space()
  const session = await connect(port, front)
  const signed = (seq: number) => {
    const about = { seq: String(seq), method: 'GET', path: '/door/v1/time', body: '' }
    const signature = requestSignature(session.key, about)
    const headers = `Latchkey-Session: ${session.id}\r\nLatchkey-Seq: ${seq}\r\nLatchkey-Signature: ${signature}`
    return `GET ${about.path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n`
  }
  const socket = await dial(port)
  const answered = answersOn(socket)
  socket.write(signed(1))
  await until('the first is answered', () => answered() === 1)
  socket.write(Array.from({ length: 500 }, (_, n) => signed(n + 2)).join(''))
  await until('all are answered', () => answered() === 501)
})

test('a body that comes byte by byte takes no more memory than its bytes', async () => {
  v8.setFlagsFromString('--expose-gc')
  const collect = vm.runInNewContext('gc') as () => void
  const taken = () => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  // No request comes to its end here, so that nothing is asked of the desk.
  const server = createDoorServer({ monotonic: () => 0 } as LinkDeps)
  onTestFinished(() => void server.close().closeAllConnections())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  let arrived = 0
  server.on('request', (request) => request.on('data', () => (arrived += 1)))
  const { port } = server.address() as net.AddressInfo
  const sockets = await Promise.all(Array.from({ length: 4 }, () => dial(port)))
  const before = taken()
  const bytes = 60_000
  for (const socket of sockets)
    socket.write(
      `POST /door/v1/check HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(bytes)}`,
    )
  await until('all has arrived', () => arrived === sockets.length * bytes)
  expect(taken() - before).toBeLessThan(8_000_000)
})
