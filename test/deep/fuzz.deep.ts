// A million requests by an enemy on the wire; LATCHKEY_FUZZ and LATCHKEY_SEED choose others.
import net from 'node:net'
import { expect, test } from 'vitest'
import { worldForTest } from '../door/world.ts'
import { randomFrom } from '../fuzz/random.ts'
import { besiege } from '../fuzz/siege.ts'

const REQUESTS = Number(process.env.LATCHKEY_FUZZ ?? 1_000_000)
const SEED = Number(process.env.LATCHKEY_SEED ?? 1)
const memory = () => Math.round(process.memoryUsage().rss / 1_048_576)

test(`${REQUESTS} random and mutated requests open nothing, break nothing and hold nobody up`, {
  timeout: 4 * 3_600_000,
}, async () => {
  const began = performance.now()
  const every = Math.max(1_000, REQUESTS / 20)
  let next = every
  const siege = await besiege(worldForTest(), randomFrom(SEED), REQUESTS, (sent) => {
    if (sent < next) return
    next += every
    console.log(`${sent} requests, ${Math.round((performance.now() - began) / 1_000)} s, ${memory()} MiB`)
  })
  console.log(`Seed ${SEED}: ${JSON.stringify(siege)}`)
})

test.each([
  ['a head that is never finished', 'POST /door/v1/check HTTP/1.1\r\nHost: x\r\nLatchkey-S'],
  ['a body that is never finished', 'POST /door/v1/check HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{}'],
  ['somebody who says nothing', ''],
])('%s is waited for no longer than it is written', async (_, said) => {
  const world = worldForTest()
  await world.start()
  const began = performance.now()
  await new Promise((resolve) => {
    const socket = net.connect(world.port, '127.0.0.1', () => socket.write(said))
    socket.on('close', resolve).resume()
  })
  expect(performance.now() - began).toBeLessThan(25_000)
})
