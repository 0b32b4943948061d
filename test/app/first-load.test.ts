// A first load that a dead process leaves half done is gone on with, and nothing that was told meanwhile is lost.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../src/main/domain/time.ts'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import { readSyncState } from '../../src/main/store/billing-inbox.ts'
import { receiveEvents } from '../../src/main/stripe/read-changes.ts'
import { openNew } from '../store/folder.ts'
import { naiveStandings } from './naive-standing.ts'
import {
  type Backend,
  derived,
  differing,
  findPerson,
  mirrored,
  newDatabase,
  newFolder,
  openBackend,
  openDesk,
  portTo,
  type SyncedDesk,
  standings,
  syncedDesk,
} from './synced-desk.ts'

const truthOf = ({ sandbox }: Backend) => naiveStandings(sandbox.url, sandbox.key, sandbox.now())
const sync = (desk: SyncedDesk) => desk.runner.run({ full: false })

describe('a first load whose process is killed', () => {
  test('goes on with what it had not read, in a new process on the same files', async () => {
    const backend = await openBackend()
    const whole = await syncedDesk(backend)
    const folder = newFolder()
    const child = spawn(process.execPath, [
      path.join(import.meta.dirname, 'first-load-process.ts'),
      ...[backend.proxy.url, backend.sandbox.key, folder, String(backend.sandbox.now())],
    ])
    const ended = once(child, 'exit')
    let invoices = 0
    backend.proxy.fate = (line) => {
      if (line !== 'GET /v1/invoices' || ++invoices < 4) return 'pass'
      child.kill('SIGKILL')
      return 'cut'
    }
    expect(await ended).toEqual([null, 'SIGKILL'])
    backend.proxy.fate = () => 'pass'

    const desk = openDesk(backend, openNew(folder))
    const read = () => desk.db.prepare('SELECT id, fetched_at FROM stripe_invoice').raw().all() as [string, number][]
    const before = new Map(read())
    desk.runner.setStripe(portTo(backend))
    await sync(desk)
    // The page that the first one had stored is not asked for again, but for what an event tells of.
    expect(read().filter(([id, at]) => before.get(id) === at).length).toBeGreaterThan(90)
    expect(differing(mirrored(desk), mirrored(whole))).toEqual([])
    expect(derived(desk)).toEqual(derived(whole))
    await desk.runner.stop()
    desk.db.close()
  })

  test('misses no change that a webhook told of in between, though its page was read before', async () => {
    const backend = await openBackend()
    const db = newDatabase()
    const port = portTo(backend)
    const subscriptionsAreRead = () =>
      db.prepare("SELECT 1 FROM billing_range WHERE kind = 'subscription' AND done = 1").get() !== undefined
    let killed = () => {}
    const stopped = new Promise<void>((resolve) => {
      killed = resolve
    })
    const list: typeof port.list = async (kind, from) => {
      if (kind !== 'invoice') return port.list(kind, from)
      while (!subscriptionsAreRead()) await new Promise((resolve) => setImmediate(resolve))
      killed()
      return new Promise(() => undefined)
    }
    const first = openDesk(backend, db)
    first.runner.setStripe({ ...port, list })
    await stopped
    first.abandon()
    const { subscription, customer } = await findPerson(backend.stripe, SAMPLE.current.email)
    await backend.stripe.subscriptions.cancel(subscription.id)
    const told = await port.events({ createdFrom: backend.sandbox.now() - MINUTE })
    const { account = '' } = readSyncState(db)
    receiveEvents(db, told.data, { account, source: 'webhook', receivedAt: backend.sandbox.now() })

    const second = openDesk(backend, db)
    second.runner.setStripe(port)
    await sync(second)
    expect(standings(second).get(customer.id)).toBe('ended')
    expect(standings(second)).toEqual(await truthOf(backend))
  })
})
