// A whole desk on a made-up space, asked for reports. Arguments: members, rounds of questions. Prints where its door is; after each SIGUSR2 the
// figures of the next part: what is kept of the log is made; reports are asked for.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { startDesk } from '../../src/main/desk.ts'
import { answerCall, owner } from '../../src/main/host/dispatch.ts'
import type { Reply } from '../../src/preload/contract.ts'
import { figuresOf } from './figures.ts'
import { CARD, fill, PER_MEMBER } from './report-data.ts'

const people = Number(process.argv[2])
const main = path.resolve(import.meta.dirname, '../../src/main')
const dataDir = fs.mkdtempSync(path.join(process.env.LATCHKEY_BENCH_DIR ?? os.tmpdir(), 'latchkey-bench-'))
process.on('exit', () => fs.rmSync(dataDir, { recursive: true, force: true }))
// The door is asked until the very end.
process.on('SIGTERM', () => process.exit(0))
const migrations = path.join(main, 'store/migrations')
const say = (value: unknown) => console.log(JSON.stringify(value))
const told = () => new Promise<void>((resolve) => process.once('SIGUSR2', () => resolve()))

const began = performance.now()
const door = fill(dataDir, migrations, people)
const filled = performance.now() - began
const desk = await startDesk({
  version: '0.0.0-bench',
  dataDir,
  migrations,
  doorThread: path.join(main, 'door/thread.ts'),
  reportThread: path.join(main, 'report/thread.ts'),
  doors: { host: '127.0.0.1', port: 0 },
  mqtt: { host: '127.0.0.1', port: 0 },
  clockOffset: new SharedArrayBuffer(8),
  defaultZone: 'Europe/Berlin',
  stripe: { source: 'none', key: null, connect: () => Promise.reject(new Error('none')) },
  keepStripeKey: () => undefined,
  mailPassword: { get: () => null, set: () => undefined },
  webhook: { listening: false, secret: () => null, keep: () => undefined },
  computer: () => ({ free: 0, used: 0, folder: '/data', zone: 'Europe/Berlin' }),
  openRecording: () => ({ write: () => undefined, close: () => undefined }),
  demo: null,
  signIns: { link: () => '', endAll: () => undefined },
  log: (line, error) => console.error(line, error ?? ''),
})
const ask = (name: string, args: object) => answerCall(desk.deps, owner(), name, args, console.error)
const building = told()
say({ port: desk.doorsPort, door: door.id, key: door.key, card: CARD, filled })

await building
const from = performance.now()
for (;;) {
  const outcome = await ask('numbers.visits', {})
  if (outcome.ok) break
  if (outcome.refusal.code !== 'busy') throw new Error(outcome.refusal.sentence)
  await new Promise((resolve) => setTimeout(resolve, 250))
}
const sizes = ['desk', 'access', 'report'].map((name) => fs.statSync(path.join(dataDir, `${name}.db`)).size)
const asking = told()
say({ built: performance.now() - from, rows: people * PER_MEMBER.swipes, sizes })

await asking
/** As much as a page asks for, and how many rows a plain question of the same table brings. */
const QUESTIONS: [string, object, string][] = [
  ['report.lapsed', { currency: 'eur' }, "SELECT * FROM late_payment WHERE currency = 'eur' ORDER BY due_at"],
  ['report.rows', { currency: 'eur', list: 'open' }, "SELECT * FROM late_payment WHERE currency = 'eur' LIMIT 50"],
  [
    'report.rows',
    { currency: 'eur', list: 'failed', sort: 'name' },
    "SELECT * FROM late_payment WHERE currency = 'eur'",
  ],
  ['report.rows', { currency: 'eur', list: 'failed' }, "SELECT * FROM late_payment WHERE currency = 'eur'"],
  ['numbers.membership', {}, 'SELECT * FROM stripe_subscription'],
  ['numbers.membership', { plan: 'plan-1', months: 24 }, 'SELECT * FROM stripe_subscription'],
  ['numbers.visits', {}, 'SELECT * FROM visit_day ORDER BY day DESC LIMIT 100000'],
  ['worklists.weekend', {}, 'SELECT * FROM entitlement'],
  ['worklists.leaks', {}, 'SELECT * FROM entitlement'],
  ['worklists.expiring', {}, 'SELECT * FROM entitlement'],
]
const ROUNDS = Number(process.argv[3])
const bare = {
  desk: new Database(path.join(dataDir, 'desk.db'), { readonly: true }),
  report: new Database(path.join(dataDir, 'report.db'), { readonly: true }),
}
const measured = QUESTIONS.map(() => [] as number[])
// As somebody does who clicks about: each in turn, with a breath between.
for (let round = 0; round < ROUNDS; round++)
  for (const [n, [name, args]] of QUESTIONS.entries()) {
    const start = performance.now()
    const outcome = await ask(name, args)
    measured[n]?.push(performance.now() - start)
    if (!outcome.ok) throw new Error(outcome.refusal.sentence)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
/** A rule tried on ninety days of swipes, and what came of it. */
const TRIES = 5
const tried: { took: number; swipes: number; unknown: number; people: number }[] = []
for (let days = 3; days < 3 + TRIES; days++) {
  const start = performance.now()
  const outcome = await ask('whatIf.replay', { days: 90, change: { graceDays: { card: days } } })
  if (!outcome.ok) throw new Error(outcome.refusal.sentence)
  const { swipes, unknown, letIn, refused } = outcome.value as Reply<'whatIf.replay'>
  const people = letIn.people + refused.people
  tried.push({ took: performance.now() - start, swipes, unknown: unknown.count, people })
}
const figures = QUESTIONS.map(([name, args, query], n) => {
  const statement = bare[name === 'numbers.visits' ? 'report' : 'desk'].prepare(query)
  const plain = Array.from({ length: 5 }, () => {
    const start = performance.now()
    statement.all()
    return performance.now() - start
  })
  return {
    name: `${name} ${JSON.stringify(args)}`,
    ...figuresOf(measured[n] ?? []),
    first: measured[n]?.[0],
    bare: figuresOf(plain).p50,
  }
})
say({ figures, tried, maxRss: process.resourceUsage().maxRSS * 1_024 })
