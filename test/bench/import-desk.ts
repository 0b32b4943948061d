// A whole desk with its door thread that reads a Stripe for the first time, from when it is told to (SIGUSR2), and answers
// at its door until SIGTERM. Arguments: base, key, whose pace ("test", "live" or "free"). Prints where its door is; then the
// figures of the import.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startDesk } from '../../src/main/desk.ts'
import { answerCall, owner } from '../../src/main/host/dispatch.ts'
import { insertPlan } from '../../src/main/store/plans.ts'
import { createStripeClient } from '../../src/main/stripe/client.ts'
import { createLimiter, LIVE_PACE, TEST_PACE } from '../../src/main/stripe/limiter.ts'

const PACES = { free: { from: 1e9, to: 1e9, endpoint: null }, test: TEST_PACE, live: LIVE_PACE }
const [base, key, pace] = process.argv.slice(2) as [string, string, keyof typeof PACES]
const main = path.resolve(import.meta.dirname, '../../src/main')
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-bench-'))
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const limiter = createLimiter({
  pace: PACES[pace],
  now: () => performance.now(),
  random: Math.random,
  sleep,
})

const desk = await startDesk({
  version: '0.0.0-bench',
  dataDir,
  migrations: path.join(main, 'store/migrations'),
  doorThread: new URL('../../src/main/door/thread.ts', import.meta.url),
  reportThread: new URL('../../src/main/report/thread.ts', import.meta.url),
  doors: { host: '127.0.0.1', port: 0 },
  mqtt: { host: '127.0.0.1', port: 0 },
  clockOffset: new SharedArrayBuffer(8),
  defaultZone: 'Europe/Berlin',
  stripe: { source: 'none', key: null, connect: () => Promise.reject(new Error('not yet')) },
  keepStripeKey: () => undefined,
  mailPassword: { get: () => null, set: () => undefined },
  webhook: { listening: false, secret: () => null, keep: () => undefined },
  computer: () => ({ free: 0, used: 0, folder: '/data', zone: 'Europe/Berlin' }),
  openRecording: () => ({ write: () => undefined, close: () => undefined }),
  demo: null,
  signIns: { link: () => '', endAll: () => undefined },
  log: (line, error) => error !== undefined && console.error(line, error),
})

// biome-ignore lint/suspicious/noExplicitAny: each call answers its own shape
const ask = async (name: string, args: unknown): Promise<any> => {
  const outcome = await answerCall(desk.deps, owner(), name, args, console.error)
  if (!outcome.ok) throw new Error(outcome.refusal.sentence)
  return outcome.value
}
const { live } = desk.deps
insertPlan(live.db, { id: 'bench', name: 'Bench', at: Date.now() })
const { member } = await ask('members.create', { name: 'Bench', emails: [], phone: null })
const today = new Date().toISOString().slice(0, 10)
await ask('memberships.addManual', {
  member: member.id,
  plan: 'bench',
  method: 'cash',
  from: today,
  until: '2099-12-31',
})
await ask('cards.add', { member: member.id, card: 'em:6F00000010' })
const door = await ask('doors.add', { id: 'front', driver: 'native' })
process.once('SIGUSR2', async () => {
  const began = performance.now()
  const cpu = process.cpuUsage()
  let read = 0
  const port = createStripeClient({ key, base, limiter, sleep, now: Date.now })
  live.sync.setStripe({
    ...port,
    async list(...args) {
      const page = await port.list(...args)
      read += page.data.length
      return page
    },
  })
  await live.sync.run({ full: false })
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(cpu)
  const members = (await ask('desk.status', {})).members.total
  const maxRss = process.resourceUsage().maxRSS * 1_024
  const asked = performance.now()
  await ask('inbox.list', {})
  const inboxMs = performance.now() - asked
  console.log(JSON.stringify({ ms, objects: read, members, maxRss, cpuMs: (user + system) / 1_000, inboxMs }))
})
// Its door answers until then.
process.once('SIGTERM', async () => {
  await desk.stop()
  fs.rmSync(dataDir, { recursive: true, force: true })
})
// Only now: whoever reads it may tell us to begin.
console.log(JSON.stringify({ port: desk.doorsPort, door: door.id, doorKey: door.key, card: '6F00000010' }))
