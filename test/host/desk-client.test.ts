// The command line's end of the contract, at a desk that goes away.
import { expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { connectDesk } from '../../src/main/host/desk-client.ts'
import { writeRuntime } from '../../src/main/host/runtime-file.ts'
import { until } from '../hardware/until.ts'
import { freshDir } from '../serving.ts'
import { MIGRATIONS } from '../store/folder.ts'

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
