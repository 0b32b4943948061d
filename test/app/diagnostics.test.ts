// Each line of Diagnostics: well, or with what to do.
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { WebhookFigures } from '../../src/main/app/receive-webhook.ts'
import type { SyncReport } from '../../src/main/app/sync-runner.ts'
import { writeSyncState } from '../../src/main/store/billing-inbox.ts'
import type { Permission, StripePort } from '../../src/main/stripe/port.ts'
import { freshDir } from '../serving.ts'
import { openWholeDesk, type WholeDesk } from './whole-desk.ts'

let desk: WholeDesk
beforeAll(async () => {
  desk = await openWholeDesk()
  await desk.ask('doors.add', { id: 'front', driver: 'native' })
})
afterAll(async () => {
  await desk.stop()
  expect(desk.failures).toEqual([])
})

const lineOf = async (id: string) => (await desk.ask('diagnostics.get', {})).lines.find((line) => line.id === id)

/** For this one test something of the running desk is otherwise. */
function instead<T extends object, K extends keyof T>(part: T, name: K, value: T[K]): void {
  const before = part[name]
  part[name] = value
  onTestFinished(() => {
    part[name] = before
  })
}

test('diagnostics tell each permission of the key, and what to do where something is not well', async () => {
  const { lines } = await desk.ask('diagnostics.get', {})
  const line = (id: string) => lines.find((one) => one.id === id)
  expect(line('key')).toMatchObject({ state: 'good', says: 'A test key, from the demo.' })
  for (const what of ['account', 'customer', 'subscription', 'invoice', 'event', 'dispute'])
    expect(line(`may-${what}`), what).toMatchObject({ state: 'good' })
  expect(line('sync')).toMatchObject({ state: 'good' })
  expect(line('disk')).toMatchObject({ state: 'good' })
  expect(line('clock')).toMatchObject({ state: 'good' })
  expect(line('reader')).toMatchObject({ state: 'look', todo: expect.stringContaining('reader add') })
  expect(line('door-front')).toMatchObject({ state: 'bad', says: 'Never heard of.' })
  for (const { state, todo, id } of lines) expect(state === 'bad' ? todo : 'fine', id).not.toBeNull()
})

test('where Stripe cannot be reached nobody waits for its answers, and no permission is said to be missing', async () => {
  const { sync } = desk.desk.deps.live
  let asked = 0
  const port = sync.stripe() as StripePort
  instead(sync, 'stripe', () => ({
    ...port,
    permissions: async () => {
      asked += 1
      return [
        { what: 'invoice', may: null, says: 'Stripe cannot be reached.' },
        { what: 'customer', may: false, says: 'The Stripe key may not read the customers.' },
        { what: 'dispute', may: false, says: 'The Stripe key may not read the disputes.' },
      ]
    },
  }))
  expect(await lineOf('may-invoice')).toMatchObject({ state: 'unknown', todo: null })
  expect(await lineOf('may-customer')).toMatchObject({ state: 'bad', todo: expect.stringContaining('permission') })
  expect(await lineOf('may-dispute')).toMatchObject({ state: 'look', todo: expect.stringContaining('Disputes') })
  expect(asked).toBe(3)
  const offline: SyncReport = { phase: 'offline', error: 'x', offlineSince: 1, gapDays: null, progress: null }
  instead(sync, 'report', () => offline)
  expect(await lineOf('may')).toMatchObject({ state: 'unknown', says: expect.stringContaining('Not asked') })
  expect(await lineOf('key')).toMatchObject({ state: 'unknown' })
  expect(asked).toBe(3)
})

test.each<[string, (all: Permission[]) => Permission[], string, RegExp, RegExp | null]>([
  ['may read all that is needed', (all) => all, 'good', /^A test key, from the demo\.$/, null],
  ['may not read what nothing hangs on', (all) => deny(all, ['dispute', 'account']), 'good', /^A test key/, null],
  [
    'may not read invoices',
    (all) => deny(all, ['invoice', 'dispute']),
    'bad',
    /It may not read invoices\.$/,
    /permission/,
  ],
  [
    'is accepted by nobody',
    (all) =>
      deny(
        all,
        all.map(({ what }) => what),
      ),
    'bad',
    /Stripe does not accept it/,
    /right one/,
  ],
  [
    'could not be asked about',
    (all) => all.map((one) => ({ ...one, may: null, says: 'x' })),
    'unknown',
    /^A test key/,
    null,
  ],
])('a key that %s is told as it is', async (_, change, state, says, todo) => {
  const { sync } = desk.desk.deps.live
  const port = sync.stripe() as StripePort
  instead(sync, 'stripe', () => ({ ...port, permissions: async () => change(await port.permissions()) }))
  expect(await lineOf('key')).toMatchObject({
    state,
    says: expect.stringMatching(says),
    todo: todo === null ? null : expect.stringMatching(todo),
  })
})

const deny = (all: Permission[], which: Permission['what'][]): Permission[] =>
  all.map((one) => (which.includes(one.what) ? { ...one, may: false, says: 'no' } : one))

test.each([
  ['off', { listening: false, secret: false }, 'good', /^Off/],
  ['without a secret', { listening: true, secret: false }, 'bad', /no signing secret/],
  ['on, before the first', { listening: true, secret: true }, 'good', /None has come/],
  ['on', { listening: true, secret: true, received: 3, lastAt: Date.now() }, 'good', /^3 received, the last today/],
  ['sent by others', { listening: true, secret: true, refused: 2 }, 'look', /2 refused/],
] as const)('webhooks that are %s', async (_, change, state, says) => {
  const figures: WebhookFigures = { received: 0, refused: 0, lastAt: null, ...change }
  instead(desk.desk.deps.live.webhooks, 'figures', () => figures)
  const line = await lineOf('webhook')
  expect(line).toMatchObject({ state, says: expect.stringMatching(says) })
  expect(line?.todo === null).toBe(state === 'good')
})

test('a silence of a month, drift and a comparison that is overdue are told', async () => {
  const { db, sync } = desk.desk.deps.live
  const now = desk.desk.deps.now()
  expect(await lineOf('compared')).toMatchObject({ state: 'good', todo: null })
  writeSyncState(db, { drift: 4 })
  expect(await lineOf('compared')).toMatchObject({ state: 'look', says: expect.stringContaining('4 things differed') })
  writeSyncState(db, { drift: 0, invoicesAt: now - 4 * 86_400_000 })
  expect(await lineOf('compared')).toMatchObject({ state: 'look', todo: expect.stringContaining('sync --full') })
  writeSyncState(db, { invoicesAt: now })
  const silent: SyncReport = { phase: 'syncing', error: null, offlineSince: null, gapDays: 34, progress: null }
  instead(sync, 'report', () => silent)
  expect(await lineOf('sync')).toMatchObject({ state: 'look', says: expect.stringContaining('silent for 34 days') })
})

test('the disk, the time zone and the age of the last backup are looked at', async () => {
  const { live } = desk.desk.deps
  expect(await lineOf('backup')).toMatchObject({ state: 'look', says: 'None was made yet.' })
  await desk.ask('backup.make', { file: `${freshDir()}/copy` })
  expect(await lineOf('backup')).toMatchObject({ state: 'good', says: expect.stringContaining('today') })
  await live.demo?.advance(40 * 86_400_000)
  expect(await lineOf('backup')).toMatchObject({ state: 'look', todo: expect.stringContaining('latchkey backup') })
  instead(live, 'computer', () => ({ free: 5e7, used: 1e6, folder: '/data', zone: 'America/Lima' }))
  expect(await lineOf('disk')).toMatchObject({ state: 'bad', says: '50 MB free; Latchkey uses 1 MB.' })
  expect(await lineOf('zone')).toMatchObject({
    state: 'look',
    says: 'Days end as in Europe/Berlin; this computer is set to America/Lima.',
  })
})
