// The command line's end of the contract, at a desk that goes away.
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { connectDesk } from '../../src/main/host/desk-client.ts'
import { takeLock } from '../../src/main/host/lock.ts'
import { removeRuntime, writeRuntime } from '../../src/main/host/runtime-file.ts'
import { until } from '../hardware/until.ts'
import { freshDir } from '../serving.ts'
import { MIGRATIONS } from '../store/folder.ts'
import { startTestDesk } from './test-desk.ts'

test('a call is told that the desk has stopped, whether it waits just then or comes later', async () => {
  const desk = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => desk.close())
  desk.on('connection', (socket) => {
    socket.send(JSON.stringify({ kind: 'hello' }))
    // Killed with the first question unanswered.
    socket.on('message', () => socket.terminate())
  })
  await until('it listens', () => desk.address() !== null)
  const { port } = desk.address() as { port: number }
  const dataDir = freshDir()
  writeRuntime(dataDir, { pid: 1, ui: `http://127.0.0.1:${port}`, doors: '', token: 'x' })
  const client = await connectDesk(dataDir, MIGRATIONS, 'test')
  expect(client.running).toBe(true)
  for (const when of ['waiting', 'later', 'later still'])
    expect(await client.call('desk.status', {}), when).toMatchObject({ ok: false, refusal: { code: 'not-running' } })
})

test('a desk that is there and does not answer is not called one that does not run', async () => {
  const { dataDir, stop } = await startTestDesk()
  await stop()
  // As one that is halted: its address is taken, nobody says hello, and the folder is its own.
  const halted = net.createServer().listen(0, '127.0.0.1')
  await once(halted, 'listening')
  onTestFinished(() => void halted.close())
  const { port } = halted.address() as net.AddressInfo
  writeRuntime(dataDir, { pid: 4711, ui: `http://127.0.0.1:${port}`, doors: '', token: 'x' })
  const lock = takeLock(dataDir)
  const client = await connectDesk(dataDir, MIGRATIONS, 'test')
  onTestFinished(() => client.close())
  expect(await client.call('desk.get', {})).toMatchObject({
    ok: false,
    refusal: {
      code: 'not-running',
      sentence: expect.stringMatching(/^Latchkey \(process 4711\) works with .* does not answer/),
    },
  })
  // One that has only just taken the folder has not said yet where it is.
  removeRuntime(dataDir)
  const starting = await connectDesk(dataDir, MIGRATIONS, 'test')
  onTestFinished(() => starting.close())
  expect(await starting.call('desk.get', {})).toMatchObject({
    ok: false,
    refusal: { sentence: expect.stringMatching(/^Latchkey is just starting on /) },
  })
  lock?.release()
  expect(await client.call('desk.get', {})).toMatchObject({
    ok: false,
    refusal: { code: 'not-running', sentence: expect.not.stringContaining('4711') },
  })
}, 20_000)

test('a lock that is no lock is said, and nothing is taken away', () => {
  const dataDir = freshDir()
  fs.writeFileSync(path.join(dataDir, 'desk.lock'), 'x'.repeat(5_000))
  expect(() => takeLock(dataDir)).toThrow(/desk\.lock is damaged and nobody holds it: delete it/)
  expect(fs.readdirSync(dataDir)).toEqual(['desk.lock'])
})
