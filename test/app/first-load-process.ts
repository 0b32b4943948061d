// A process that does nothing but a first load, for a test that kills it. Arguments: base, key, folder, now (UTC ms).
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { createSyncRunner } from '../../src/main/app/sync-runner.ts'
import { uuidv7 } from '../../src/main/domain/ids.ts'
import { openForWriting } from '../../src/main/store/open.ts'
import { createStripeClient } from '../../src/main/stripe/client.ts'
import { createLimiter } from '../../src/main/stripe/limiter.ts'

const [base, key, folder, began] = process.argv.slice(2) as [string, string, string, string]
const now = () => Number(began) + Math.floor(performance.now())
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const pace = { from: 1e9, to: 1e9, endpoint: null }
const limiter = createLimiter({ pace, now: () => performance.now(), random: Math.random, sleep })
const runner = createSyncRunner({
  db: openForWriting(folder, 'desk', path.resolve(import.meta.dirname, '../../src/main/store/migrations')),
  now,
  newId: () => uuidv7(now(), randomBytes(10)),
  origin: 'desk',
  sleep,
  log: () => undefined,
  onReport: () => undefined,
  onMembers: () => undefined,
})
runner.setStripe(createStripeClient({ key, base, limiter, sleep, now }))
